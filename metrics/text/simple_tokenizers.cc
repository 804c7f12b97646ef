#include "metrics/text/simple_tokenizers.h"

#include <fmt/format.h>
#include <unicode/brkiter.h>
#include <unicode/utext.h>
#include <unicode/uversion.h>

#include "base/error.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier::text {
namespace {

struct CloseText {
  void operator()(UText* text) const { utext_close(text); }
};

// One per thread: a break iterator holds a position, and opening one reads the rules (0.2 ms).
icu::BreakIterator& word_breaks() {
  thread_local const std::unique_ptr<icu::BreakIterator> breaks = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> made(
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    if (U_FAILURE(status)) {
      throw Error(ExitCode::kResource, fmt::format("ICU word segmentation: {}; its data files are "
                                                   "not installed",
                                                   u_errorName(status)));
    }
    return made;
  }();
  return *breaks;  // NOLINT(clang-analyzer-cplusplus.NewDelete): lives as long as the thread
}

class IcuTokenizer final : public Tokenizer {
 public:
  std::string_view name() const override { return name_; }

  void tokenize(std::string_view text, std::string_view, TokenList& tokens) const override {
    const std::string lower = to_lower(text);
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UText, CloseText> view(
        utext_openUTF8(nullptr, lower.data(), static_cast<std::int64_t>(lower.size()), &status));
    icu::BreakIterator& breaks = word_breaks();
    breaks.setText(view.get(), status);
    std::int32_t begin = breaks.first();
    for (std::int32_t end = breaks.next(); end != icu::BreakIterator::DONE;
         begin = end, end = breaks.next()) {
      if (breaks.getRuleStatus() == UBRK_WORD_NONE) continue;
      tokens.push(std::string_view(lower).substr(static_cast<std::size_t>(begin),
                                                 static_cast<std::size_t>(end - begin)));
    }
  }

 private:
  std::string name_ = fmt::format("icu-{}.{}", U_ICU_VERSION_MAJOR_NUM, U_ICU_VERSION_MINOR_NUM);
};

class CharTokenizer final : public Tokenizer {
 public:
  std::string_view name() const override { return "char"; }

  void tokenize(std::string_view text, std::string_view, TokenList& tokens) const override {
    const std::string lower = to_lower(text);
    for (std::size_t pos = 0; pos < lower.size();) {
      const std::size_t begin = pos;
      if (is_python_space(next_code_point(lower, pos))) continue;
      tokens.push(std::string_view(lower).substr(begin, pos - begin));
    }
  }
};

}  // namespace

std::unique_ptr<Tokenizer> make_icu_tokenizer() { return std::make_unique<IcuTokenizer>(); }
std::unique_ptr<Tokenizer> make_char_tokenizer() { return std::make_unique<CharTokenizer>(); }

}  // namespace vernier::text
