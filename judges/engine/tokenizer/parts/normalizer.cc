#include "judges/engine/tokenizer/parts/normalizer.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <utility>

#include "base/error.h"
#include "judges/engine/tokenizer/patterns/code_points.h"
#include "metrics/text/unicode/byte_mask.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier::engine {
namespace {

constexpr std::size_t kMostBytes = (std::size_t{1} << 31) - 1;  // ICU's lengths

void compose(std::string& text) {
  if (text::is_ascii(text)) return;
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  if (U_SUCCESS(status)) {
    nfc->normalizeUTF8(0, {text.data(), static_cast<std::int32_t>(text.size())}, sink, nullptr,
                       status);
  }
  if (U_FAILURE(status)) {
    throw Error(ExitCode::kInternal, std::string("ICU's NFC: ") + u_errorName(status));
  }
  text = std::move(out);
}

void replace_space(std::string& text, std::string_view to) {
  std::string out;
  bool after_space = false;
  for (std::size_t pos = 0; pos < text.size();) {
    const std::size_t begin = pos;
    const bool space = is_white_space(text::next_code_point(text, pos));
    if (!space) {
      out.append(text, begin, pos - begin);
    } else if (!after_space) {
      out += to;
    }
    after_space = space;
  }
  text = std::move(out);
}

// The reference takes characters one by one: no final sigma, in no language.
void lower(std::string& text) {
  if (text::is_ascii(text)) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    return;
  }
  constexpr char32_t kDottedI = 0x130;  // the only character with a small form of two
  std::string out;
  for (std::size_t pos = 0; pos < text.size();) {
    const char32_t c = text::next_code_point(text, pos);
    if (c == kDottedI) {
      out += "i\u0307";
    } else {
      text::append_utf8(out, static_cast<char32_t>(u_tolower(static_cast<UChar32>(c))));
    }
  }
  text = std::move(out);
}

}  // namespace

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  std::size_t found = text.find(from);
  if (found == std::string::npos) return;
  std::string out;
  std::size_t copied = 0;
  for (; found != std::string::npos; found = text.find(from, copied)) {
    out.append(text, copied, found - copied).append(to);
    copied = found + from.size();
  }
  out.append(text, copied);
  text = std::move(out);
}

void normalize(const Normalizer& normalizer, std::string& text) {
  for (const NormalizerStep& step : normalizer) {
    if (step.kind == NormalizerStep::Kind::kNfc) compose(text);
    if (step.kind == NormalizerStep::Kind::kLower) lower(text);
    if (step.kind == NormalizerStep::Kind::kReplaceSpace) replace_space(text, step.to);
    if (step.kind == NormalizerStep::Kind::kReplace) replace_all(text, step.from, step.to);
    if (step.kind == NormalizerStep::Kind::kPrepend && !text.empty()) text.insert(0, step.to);
    if (text.size() > kMostBytes) {
      throw Error(ExitCode::kBadInput,
                  "text: above 2 GiB once its characters are replaced as the tokenizer wants it");
    }
  }
}

}  // namespace vernier::engine
