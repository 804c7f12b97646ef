# Included where VERNIER_CUDA is on: compiles the kernels for the architectures that are wanted.
find_package(CUDAToolkit REQUIRED)

file(GLOB_RECURSE cuda_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/*.cu
                                                 ${CMAKE_CURRENT_LIST_DIR}/*.cc)
set(cuda_plugin ${CMAKE_CURRENT_LIST_DIR}/plugin/cuda_plugin.cc)
list(REMOVE_ITEM cuda_sources ${cuda_plugin})
add_library(vernier_cuda STATIC ${cuda_sources})
set_target_properties(vernier_cuda PROPERTIES CUDA_ARCHITECTURES "${VERNIER_CUDA_ARCHITECTURES}")
target_include_directories(vernier_cuda PRIVATE ${CMAKE_CURRENT_LIST_DIR}/device/instructions)
target_link_libraries(vernier_cuda PUBLIC vernier_options vernier_judges CUDA::cudart_static)

# The runtime's library is inside, the driver's is opened by it.
add_library(vernier_cuda_plugin MODULE ${cuda_plugin})
target_link_libraries(vernier_cuda_plugin PRIVATE vernier_cuda)
set_target_properties(vernier_cuda_plugin PROPERTIES PREFIX "" OUTPUT_NAME vernier_cuda LIBRARY_OUTPUT_DIRECTORY
                                                     ${PROJECT_BINARY_DIR}/lib/vernier)
