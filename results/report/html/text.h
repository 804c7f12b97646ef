// Texts and numbers as the page shows them. What goes into HTML passes through html(); what goes
// into the page's data passes through script_json().
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vernier::report {

/// Foreign text with control bytes and direction marks shown (base/printable.h).
std::string visible(std::string_view text);
/// visible(), with markup escaped.
std::string html(std::string_view text);

/// JSON that may lie inside a <script> element: no "<", ">" or "&" is left in it.
std::string script_json(std::string_view json);

/// The name of a run without its folders: a report does not depend on where files lie.
std::string_view file_name(std::string_view path);

/// 4212 -> "4,212".
std::string count_text(std::uint64_t count);
/// "1 image", "4,212 images".
std::string counted(std::uint64_t count, std::string_view what);

/// Decimals for a score of this size: 4 up to 10 (CIDEr, BLEU as a share), else 2 (percent).
int decimals_for(double value);
/// With a true minus sign; a dash where undefined.
std::string number_text(double value, int decimals);
std::string signed_text(double value, int decimals);
/// "[low, high]", or a dash.
std::string interval_text(double low, double high, int decimals);
std::string signed_interval_text(double low, double high, int decimals);
std::string probability_text(double p);

/// Characters of UTF-8.
std::size_t letters_in(std::string_view text);

/// With so many digits that say something, whatever its size: "0.00969", "12.3", "8.8·10⁻⁷".
std::string significant_text(double value, int digits = 3);
std::string significant_interval_text(double low, double high, int digits = 3);
/// 10 to the power of this: "10⁻⁶".
std::string power_of_ten_text(int power);

}  // namespace vernier::report
