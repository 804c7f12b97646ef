#include "judges/engine/tokenizer/parts/normalizer.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include <utility>

#include "base/error.h"
#include "metrics/text/unicode/byte_mask.h"

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
    if (step.kind == NormalizerStep::Kind::kReplace) replace_all(text, step.from, step.to);
    if (step.kind == NormalizerStep::Kind::kPrepend && !text.empty()) text.insert(0, step.to);
    if (text.size() > kMostBytes) {
      throw Error(ExitCode::kBadInput,
                  "text: above 2 GiB once its characters are replaced as the tokenizer wants it");
    }
  }
}

}  // namespace vernier::engine
