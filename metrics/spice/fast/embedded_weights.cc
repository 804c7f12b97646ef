#include "metrics/spice/fast/weights.h"

// The file becomes part of the program as it is: no compiler has to read megabytes of numbers.
__asm__(
    ".section .rodata\n"
    ".balign 64\n"
    "vernier_fast_parser_weights_begin:\n"
    ".incbin \"" VERNIER_FAST_PARSER_WEIGHTS
    "\"\n"
    "vernier_fast_parser_weights_end:\n"
    ".previous\n");

extern const char begin[] __asm__("vernier_fast_parser_weights_begin");
extern const char end[] __asm__("vernier_fast_parser_weights_end");

namespace vernier::spice {

std::string_view embedded_weights() { return {begin, static_cast<std::size_t>(end - begin)}; }

}  // namespace vernier::spice
