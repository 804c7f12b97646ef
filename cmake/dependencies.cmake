# Everything here is a Debian package (scripts/install-dependencies.sh); nothing is downloaded.
find_package(Threads REQUIRED)
find_package(ICU 72 REQUIRED COMPONENTS uc i18n)
find_package(fmt 9 REQUIRED)
find_package(simdjson REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tomlplusplus 3.3 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(PNG REQUIRED)
find_package(JPEG REQUIRED)
find_package(GIF REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(WEBP REQUIRED IMPORTED_TARGET libwebp libwebpdemux)

# libstemmer ships neither a CMake nor a pkg-config file.
find_path(STEMMER_INCLUDE_DIR libstemmer.h REQUIRED)
find_library(STEMMER_LIBRARY stemmer REQUIRED)
add_library(vernier_stemmer INTERFACE)
target_include_directories(vernier_stemmer SYSTEM INTERFACE ${STEMMER_INCLUDE_DIR})
target_link_libraries(vernier_stemmer INTERFACE ${STEMMER_LIBRARY})

# Optional: without it all works but --judge-url.
find_package(CURL QUIET)

# Optional: without it all works but mpirun.
set(MPI_CXX_SKIP_MPICXX TRUE)  # the C interface will do
find_package(MPI QUIET COMPONENTS CXX)
