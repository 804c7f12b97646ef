#include "metrics/text/sacrebleu/tercom_tokenizer.h"

#include "metrics/text/sacrebleu/mteval.h"
#include "metrics/text/unicode/unicode.h"
#include "metrics/text/unicode/white_space.h"

namespace vernier::text {
namespace {

bool is_western_mark(char32_t c) {
  return c < 0x80 && std::string_view(".,?:;!\"()").find(static_cast<char>(c)) != std::string::npos;
}

bool is_asian_mark(char32_t c) {
  switch (c) {
    case 0x3001:
    case 0x3002:
    case 0x30FB:
    case 0xFF01:
    case 0xFF02:
    case 0xFF08:
    case 0xFF09:
    case 0xFF0C:
    case 0xFF0E:
    case 0xFF1A:
    case 0xFF1B:
    case 0xFF1F:
      return true;
    default:
      return (c >= 0x3008 && c <= 0x3011) || (c >= 0x3014 && c <= 0x301F) ||
             (c >= 0xFF61 && c <= 0xFF65);
  }
}

// Characters that sacreBLEU sets apart. Its range of enclosed letters ends in U+3F22 by a slip of
// the pen (U+32FF was meant). Its patterns for kana can match only at the begin of the text, where
// normalisation has put a blank: they never do.
bool is_asian_token(char32_t c) {
  return (c >= 0x2E80 && c <= 0x2EFF) || (c >= 0x31C0 && c <= 0x31EF) ||
         (c >= 0x3200 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE4F) || is_asian_mark(c);
}

class TercomTokenizer final : public Tokenizer {
 public:
  TercomTokenizer(TercomOptions options, bool twice)
      : options_(options), twice_(twice && options.normalized) {
    if (options.normalized) name_ += "-norm";
    if (options.no_punct) name_ += "-nopunct";
    if (options.asian_support && (options.normalized || options.no_punct)) name_ += "-asian";
    if (options.case_sensitive) name_ += "-cased";
    if (twice_) name_ += "-twice";
  }

  std::string_view name() const override { return name_; }

  void tokenize(std::string_view text, std::string_view, TokenList& tokens) const override {
    if (!twice_) {
      once(text, tokens);
      return;
    }
    TokenList first;
    once(text, first);
    once(first.joined(), tokens);
  }

 private:
  void once(std::string_view text, TokenList& tokens) const {
    if (options_.case_sensitive) {
      split(strip_right(text), tokens);
    } else {
      const std::string lower = to_lower(strip_right(text));
      split(lower, tokens);
    }
  }

  void split(std::string_view text, TokenList& tokens) const {
    if (!options_.normalized && !options_.no_punct) {
      push_words(text, tokens);
      return;
    }
    TokenList words;
    if (options_.normalized) {
      normalize(text, words);
    } else {
      push_words(text, words);
    }
    for (std::size_t i = 0; i < words.size(); ++i) refine(words[i], tokens);
  }

  static void normalize(std::string_view text, TokenList& words) {
    if (text.empty()) return;
    std::string decoded(text);
    replace_all(decoded, "\n-", "");
    replace_all(decoded, "\n", " ");
    decode_mteval_entities(decoded);
    tokenize_mteval(decoded, {.possessive = true}, words);
  }

  // Sets Asian characters apart and drops punctuation.
  void refine(std::string_view word, TokenList& tokens) const {
    bool open = false;
    const auto close = [&] {
      if (open) tokens.close();
      open = false;
    };
    for (std::size_t pos = 0; pos < word.size();) {
      const std::size_t begin = pos;
      const char32_t c = next_code_point(word, pos);
      const bool asian = options_.asian_support && c >= 0x80;
      const bool alone = options_.normalized && asian && is_asian_token(c);
      if (alone) close();
      if (!(options_.no_punct && (is_western_mark(c) || (asian && is_asian_mark(c))))) {
        tokens.append(word.substr(begin, pos - begin));
        open = true;
      }
      if (alone) close();
    }
    close();
  }

  TercomOptions options_;
  bool twice_;
  std::string name_ = "tercom";
};

}  // namespace

std::unique_ptr<Tokenizer> make_tercom_tokenizer(TercomOptions options) {
  return std::make_unique<TercomTokenizer>(options, false);
}

std::unique_ptr<Tokenizer> make_tercom_reference_tokenizer(TercomOptions options) {
  return std::make_unique<TercomTokenizer>(options, true);
}

}  // namespace vernier::text
