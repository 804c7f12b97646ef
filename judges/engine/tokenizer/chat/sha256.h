// SHA-256 (FIPS 180-4): names chat templates by what they say.
#pragma once

#include <string>
#include <string_view>

namespace vernier::engine {

/// The digest as 64 lower-case hexadecimal digits. For short texts: nothing is streamed.
std::string sha256(std::string_view bytes);

}  // namespace vernier::engine
