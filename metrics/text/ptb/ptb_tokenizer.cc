#include "metrics/text/ptb/ptb_tokenizer.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "metrics/text/ptb/abbreviations.h"
#include "metrics/text/ptb/emit.h"
#include "metrics/text/ptb/plain_text.h"
#include "metrics/text/ptb/rules.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier::text {
namespace {

using ptb::Action;
using ptb::ascii_digit;
using ptb::ascii_letter;

// How much of the next text rules may see. The longest look-ahead over a line feed that real
// captions meet is one word; 256 units leave room for white space and tags before it.
constexpr std::size_t kFollowingUnits = 256;

// A line break inside a caption is a blank: the reference replaces line feeds so, and goes wrong
// with the others (every following caption moves to the wrong image).
char16_t blank_for_break(char16_t c) {
  return (c >= u'\n' && c <= u'\r') || c == 0x2028 || c == 0x2029 ? u' ' : c;
}

// Appends UTF-16; returns whether all of it was ASCII. Valid UTF-8 only.
bool widen(std::string_view text, std::size_t most, std::u16string& out) {
  bool ascii = true;
  const std::size_t end = out.size() + most;
  for (std::size_t pos = 0; pos < text.size() && out.size() < end;) {
    const auto byte = static_cast<unsigned char>(text[pos]);
    if (byte < 0x80) {
      out.push_back(blank_for_break(byte));
      ++pos;
      continue;
    }
    ascii = false;
    const char32_t c = next_code_point(text, pos);
    if (c < 0x10000) {
      out.push_back(blank_for_break(static_cast<char16_t>(c)));
    } else {
      out.push_back(static_cast<char16_t>(0xD7C0 + (c >> 10)));
      out.push_back(static_cast<char16_t>(0xDC00 | (c & 0x3FF)));
    }
  }
  return ascii;
}

bool is_dropped_punctuation(std::string_view token) {
  switch (token.size()) {
    case 1:
      return std::string_view("'`.?!,:-;").find(token[0]) != std::string_view::npos;
    case 2:
      return token == "''" || token == "``" || token == "--";
    case 3:
      return token == "...";
    case 5:
      return token == "-LRB-" || token == "-RRB-" || token == "-LCB-" || token == "-RCB-";
    default:
      return false;
  }
}

// Before it drops punctuation the reference strips white space from the end of the line, which may
// belong to the last token (an address that ends in a no-break space).
std::string_view without_trailing_space(std::string_view token) {
  std::size_t end = 0;
  for (std::size_t pos = 0; pos < token.size();) {
    if (!is_python_space(next_code_point(token, pos))) end = pos;
  }
  return token.substr(0, end);
}

class PtbTokenizer final : public Tokenizer {
 public:
  explicit PtbTokenizer(PtbOptions options) : options_(options) {
    name_ = "ptb-3.4.1";
    if (!options.lower_case) name_ += "-cased";
    if (!options.drop_punctuation) name_ += "-punctuated";
  }

  std::string_view name() const override { return name_; }

  void tokenize(std::string_view text, std::string_view following,
                TokenList& tokens) const override {
    Run run(options_, text, following, tokens);
    run.all();
  }

 private:
  // One text. Ordinary words are recognised on the bytes; the first thing that is anything else
  // makes the text UTF-16, which the rules work on.
  class Run {
   public:
    Run(PtbOptions options, std::string_view text, std::string_view following, TokenList& tokens)
        : options_(options), text_(text), following_(following), tokens_(tokens) {}

    void all() {
      thread_local std::vector<std::uint64_t> letters;
      ptb::Bytes bytes(text_, options_.lower_case, letters, tokens_);
      std::size_t p = short_path(bytes, 0);
      tokens_.end_marks();
      if (p == text_.size()) return;
      thread_local std::u16string units;
      units.clear();
      bool ascii = widen(text_, text_.size(), units);
      const std::size_t size = units.size();
      if (!following_.empty()) {
        units.push_back(u'\n');
        ascii &= widen(following_, kFollowingUnits, units);
        units.push_back(u'\n');
      }
      ptb::Scanner scanner(units.data(), units.size(),
                           ascii ? ptb::ascii_classes() : ptb::unit_classes());
      const std::u16string_view own(units.data(), size);
      while (p < size) {
        const ptb::Match match = ptb::longest_match(scanner, p);
        // Only a tag can reach into the next text.
        const std::size_t length = std::min(match.token, size - p);
        if (match.action != Action::kSkip) push(match.action, own.substr(p, length));
        const bool keeps_stop =
            match.action == Action::kWithStop || match.action == Action::kWithoutStop;
        ptb::Units rest{own, options_.lower_case ? 'a' - 'A' : 0, tokens_};
        p = short_path(rest, p + length - (keeps_stop ? 1 : 0));
      }
      if (!ascii && options_.drop_punctuation && last_pushed_) strip_last();
    }

   private:
    // Consumes words and numbers that no rule could see otherwise, up to the first unit where one
    // might; returns its position. `p` must be where a token begins.
    template <typename Text>
    std::size_t short_path(Text& text, std::size_t p) {
      const std::size_t n = text.size();
      while (p < n) {
        const char16_t c = text[p];
        if (c == u' ') {
          // A run of blanks is one match; beyond ASCII an address could begin with a blank.
          if (p + 1 < n && text[p + 1] >= 0x80) return p;
          ++p;
          continue;
        }
        std::size_t q = p;
        if (ascii_letter(c)) {
          q = text.letters_end(p);
          while (q + 1 < n && text[q] == u'-' && ascii_letter(text[q + 1])) {
            q = text.letters_end(q + 1);
          }
        } else if (ascii_digit(c)) {
          while (q < n && ascii_digit(text[q])) ++q;
          // "1 1/2" is one token
          if (q + 1 < n && text[q] == u' ' && (ascii_digit(text[q + 1]) || text[q + 1] >= 0x80)) {
            return p;
          }
        } else {
          return p;
        }
        const bool at_end = q == n, before_space = !at_end && text[q] == u' ';
        if (at_end || before_space) {
          if (is_assimilation(text.part(p, q))) return p;
          text.push(p, q);
          p = q;
          continue;
        }
        if (!ascii_letter(c)) return p;
        const bool final_stop = text[q] == u'.' && q + 1 == n;
        const bool comma = text[q] == u',' && q + 1 < n && text[q + 1] == u' ';
        if ((!final_stop && !comma) || (final_stop && stop_may_belong_to(text.part(p, q)))) {
          return p;
        }
        if (is_assimilation(text.part(p, q))) return p;
        text.push(p, q);
        if (!options_.drop_punctuation) text.push(q, q + 1);
        p = q + 1;
      }
      return p;
    }

    // The letters before the full stop that ends a text: an abbreviation or a single letter keeps
    // it.
    template <typename View>
    static bool stop_may_belong_to(View word) {
      const std::size_t hyphen = word.rfind(static_cast<typename View::value_type>('-'));
      const View last = hyphen == View::npos ? word : word.substr(hyphen + 1);
      if (last.size() == 1) return true;
      if (last.size() > 8) return false;
      char letters[8];
      std::copy(last.begin(), last.end(), letters);
      return ptb::may_be_abbreviation({letters, last.size()});
    }

    // Whether rules 3 and 6 split the word: cannot gonna gotta lemme gimme wanna.
    template <typename View>
    static bool is_assimilation(View word) {
      if (word.size() != 5 && word.size() != 6) return false;
      switch (word[0] | 0x20) {
        case 'c':
        case 'g':
        case 'l':
        case 'w':
          break;
        default:
          return false;
      }
      char letters[6];
      for (std::size_t i = 0; i < word.size(); ++i) letters[i] = static_cast<char>(word[i] | 0x20);
      const std::string_view lower(letters, word.size());
      if (lower.size() == 6) return lower == "cannot";
      return lower == "gonna" || lower == "gotta" || lower == "lemme" || lower == "gimme" ||
             lower == "wanna";
    }

    void push(Action action, std::u16string_view units) {
      thread_local std::string token;
      token.clear();
      ptb::emit(action, units, token);
      last_pushed_ = false;
      if (token.empty()) return;
      if (options_.lower_case) {
        bool plain = true;
        for (char& c : token) {
          plain &= (c & 0x80) == 0;
          c = ascii_lower(c);
        }
        if (!plain) token = to_lower(token);
      }
      if (options_.drop_punctuation && is_dropped_punctuation(token)) return;
      tokens_.push(token);
      last_pushed_ = true;
    }

    void strip_last() {
      const std::string last(tokens_[tokens_.size() - 1]);
      const std::string_view stripped = without_trailing_space(last);
      if (stripped.size() == last.size()) return;
      tokens_.pop();
      if (!stripped.empty()) tokens_.push(stripped);
    }

    const PtbOptions options_;
    const std::string_view text_, following_;
    TokenList& tokens_;
    bool last_pushed_ = false;  // the rules' last token was kept
  };

  PtbOptions options_;
  std::string name_;
};

}  // namespace

std::unique_ptr<Tokenizer> make_ptb_tokenizer(PtbOptions options) {
  return std::make_unique<PtbTokenizer>(options);
}

}  // namespace vernier::text
