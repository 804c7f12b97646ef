# make install: the program, the libraries with their headers, find_package(vernier), pkg-config.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(vernier_include_dir ${CMAKE_INSTALL_INCLUDEDIR}/vernier)
set(vernier_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/vernier)
set(vernier_libraries vernier_metrics vernier_datasets vernier_judges vernier_results vernier_base)

install(TARGETS vernier RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS ${vernier_libraries} vernier_options vernier_stemmer
        EXPORT vernier-targets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
        INCLUDES DESTINATION ${vernier_include_dir})
if(TARGET vernier_mpi)
  install(TARGETS vernier_mpi LIBRARY DESTINATION lib/vernier)
endif()
if(TARGET vernier_http)
  install(TARGETS vernier_http LIBRARY DESTINATION lib/vernier)
endif()
if(TARGET vernier_cuda_plugin)
  install(TARGETS vernier_cuda_plugin LIBRARY DESTINATION lib/vernier)
endif()
foreach(room base metrics datasets judges results)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/${room} DESTINATION ${vernier_include_dir}
          FILES_MATCHING PATTERN "*.h" PATTERN "samples" EXCLUDE)
endforeach()
if(EXISTS ${PROJECT_BINARY_DIR}/share/vernier)
  install(DIRECTORY ${PROJECT_BINARY_DIR}/share/vernier DESTINATION ${CMAKE_INSTALL_DATADIR}
          PATTERN "default-model" EXCLUDE)
endif()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/judges/model/default/
        DESTINATION ${CMAKE_INSTALL_DATADIR}/vernier/default-model)
install(EXPORT vernier-targets NAMESPACE vernier:: DESTINATION ${vernier_package_dir})
configure_package_config_file(cmake/vernier-config.cmake.in
  ${PROJECT_BINARY_DIR}/vernier-config.cmake INSTALL_DESTINATION ${vernier_package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/vernier-config-version.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/vernier-config.cmake
              ${PROJECT_BINARY_DIR}/vernier-config-version.cmake
        DESTINATION ${vernier_package_dir})
file(RELATIVE_PATH vernier_pc_to_prefix "/p/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/p")
configure_file(cmake/vernier.pc.in ${PROJECT_BINARY_DIR}/vernier.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/vernier.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
