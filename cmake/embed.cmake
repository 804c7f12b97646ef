# Puts text files into C++ sources.

# vernier_sha256(VARIABLE FILE): the file's SHA-256 as "sha256-" and base64, the form that a
# Content-Security-Policy wants.
function(vernier_sha256 variable file)
  set(letters "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  file(SHA256 ${file} hex)
  # 64 digits are 10 groups of three bytes and two bytes more.
  string(APPEND hex "00")
  set(text "")
  foreach(group RANGE 0 60 6)
    string(SUBSTRING ${hex} ${group} 6 digits)
    foreach(shift 18 12 6 0)
      math(EXPR index "(0x${digits} >> ${shift}) & 63")
      string(SUBSTRING ${letters} ${index} 1 letter)
      string(APPEND text ${letter})
    endforeach()
  endforeach()
  string(SUBSTRING ${text} 0 43 text)
  set(${variable} "sha256-${text}=" PARENT_SCOPE)
endfunction()

# vernier_embed_page(FOLDER OUTPUT): makes OUTPUT from FOLDER/page.cc.in, report.css and report.js,
# anew whenever one of them changes.
function(vernier_embed_page folder output)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
               ${folder}/report.css ${folder}/report.js)
  file(READ ${folder}/report.css style)
  file(READ ${folder}/report.js script)
  vernier_sha256(style_hash ${folder}/report.css)
  vernier_sha256(script_hash ${folder}/report.js)
  configure_file(${folder}/page.cc.in ${output} @ONLY)
endfunction()

# vernier_embed_text(TARGET NAME FILE): adds a source to the target that defines
# `std::string_view vernier::embedded_NAME()`, the bytes of FILE (UTF-8 text, below 64 KiB).
function(vernier_embed_text target name file)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(READ ${file} text)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/embedded_${name}.cc)
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT [=[
// Made from @file@
#include <string_view>

namespace vernier {
std::string_view embedded_@name@() {
  return R"_(@text@)_";
}
}  // namespace vernier
]=])
  target_sources(${target} PRIVATE ${source})
endfunction()
