# Flags that every target of the project shares: link to vernier_options.
add_library(vernier_options INTERFACE)
function(vernier_cxx_options)
  target_compile_options(vernier_options INTERFACE $<BUILD_INTERFACE:$<$<COMPILE_LANGUAGE:CXX>:${ARGN}>>)
endfunction()
vernier_cxx_options(-Wall;-Wextra;-Wpedantic;-Wshadow;-Wconversion;-Wno-sign-conversion)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 sees overlapping copies in std::string's operator+ (GCC bug 105651).
  vernier_cxx_options(-Wno-restrict)
endif()
# Contraction of a*b+c into one rounding would change last digits between machines.
vernier_cxx_options(-ffp-contract=off)
# The device's code: nvcc writes C++ of its own for the host, which is not to be warned about.
target_compile_options(vernier_options INTERFACE $<BUILD_INTERFACE:$<$<COMPILE_LANGUAGE:CUDA>:-Xcompiler=-Wall>>)
if(VERNIER_WERROR)
  vernier_cxx_options(-Werror)
  target_compile_options(vernier_options INTERFACE $<BUILD_INTERFACE:$<$<COMPILE_LANGUAGE:CUDA>:-Werror=all-warnings>>)
endif()
target_include_directories(vernier_options INTERFACE $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>)
if(VERNIER_SANITIZE)
  target_compile_options(vernier_options INTERFACE -fsanitize=${VERNIER_SANITIZE}
                                                   -fno-omit-frame-pointer)
  target_link_options(vernier_options INTERFACE -fsanitize=${VERNIER_SANITIZE})
  if(VERNIER_SANITIZE MATCHES "undefined")
    target_compile_options(vernier_options INTERFACE -fno-sanitize-recover=undefined)
  endif()
endif()

if(VERNIER_FUZZ)
  # Coverage counters in the libraries; the targets in tests/fuzz add libFuzzer's main().
  target_compile_options(vernier_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

if(VERNIER_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${VERNIER_CCACHE})
endif()
