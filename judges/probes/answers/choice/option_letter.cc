#include "judges/probes/answers/choice/option_letter.h"

#include <algorithm>

#include "judges/probes/answers/text/plain_words.h"
#include "metrics/text/unicode/white_space.h"

namespace vernier::probes {
namespace {

using Words = std::vector<PlainWord>;

/// Words between blanks, for comparing texts.
std::string joined(const Words& words) {
  std::string out = " ";
  for (const PlainWord& word : words) out += word.text + " ";
  return out;
}

bool is_refusal(const std::string& text) {
  constexpr std::string_view kPhrases[] = {
      " sorry ",         " can't help ",          " cannot help ",      " can't process ",
      " can't assist ",  " cannot assist ",       " cannot determine ", " can't determine ",
      " cannot answer ", " can't answer ",        " not sure ",         " don't know ",
      " unable to ",     " cannot be determined "};
  return std::ranges::any_of(
      kPhrases, [&](std::string_view phrase) { return text.find(phrase) != std::string::npos; });
}

/// A letter that stands as a word in the answer as it was written.
struct Letter {
  char letter = 0;
  bool word_follows = false;  ///< behind a blank and nothing else
};

bool is_ascii_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '\'' ||
         c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

std::vector<Letter> capital_letters(std::string_view text) {
  std::vector<Letter> letters;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] < 'A' || text[i] > 'Z') continue;
    const bool begins = i == 0 || !is_ascii_word(text[i - 1]);
    const bool ends = i + 1 == text.size() || !is_ascii_word(text[i + 1]);
    if (!begins || !ends) continue;
    const bool follows = i + 2 < text.size() && text[i + 1] == ' ' && is_ascii_word(text[i + 2]);
    letters.push_back({text[i], follows});
  }
  return letters;
}

const ChoiceOption* option_of(char letter, const std::vector<ChoiceOption>& options) {
  const auto found = std::ranges::find(options, letter, &ChoiceOption::letter);
  return found == options.end() ? nullptr : &*found;
}

char capital(std::string_view word) {
  if (word.size() != 1 || word[0] < 'a' || word[0] > 'z') return 0;
  return static_cast<char>(word[0] - 'a' + 'A');
}

std::optional<char> announced(const Words& words, const std::vector<ChoiceOption>& options) {
  char found = 0;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (words[i].text != "answer" && words[i].text != "option" && words[i].text != "choice") {
      continue;
    }
    std::size_t next = i + 1;
    while (next < words.size() && (words[next].text == "is" || words[next].text == "option" ||
                                   words[next].text == "would" || words[next].text == "be")) {
      ++next;
    }
    if (next >= words.size()) break;
    const char letter = capital(words[next].text);
    // "the answer is a dog"
    if (letter == 'A' && next + 1 < words.size() && !words[next + 1].begins_sentence) continue;
    if (letter == 0 || option_of(letter, options) == nullptr) continue;
    if (found != 0 && found != letter) return std::nullopt;
    found = letter;
  }
  if (found == 0) return std::nullopt;
  return found;
}

std::optional<char> by_text(const std::string& answer, const std::vector<ChoiceOption>& options) {
  for (const bool whole : {true, false}) {
    char found = 0;
    for (const ChoiceOption& option : options) {
      const std::string text = joined(plain_words(option.text));
      if (text == " ") continue;
      if (whole ? answer != text : answer.find(text) == std::string::npos) continue;
      if (found != 0) return std::nullopt;
      found = option.letter;
    }
    if (found != 0) return found;
  }
  return std::nullopt;
}

}  // namespace

std::optional<char> option_letter(std::string_view answer,
                                  const std::vector<ChoiceOption>& options) {
  const Words words = plain_words(answer);
  if (words.empty()) return std::nullopt;
  const std::string text = joined(words);
  if (is_refusal(text)) return std::nullopt;
  const char first = capital(words.front().text);
  if (const ChoiceOption* option = option_of(first, options)) {
    const std::string rest = text.substr(2);
    if (words.size() == 1 || (rest == joined(plain_words(option->text)))) return first;
  }
  if (const auto letter = announced(words, options)) return letter;
  char found = 0;
  bool several = false;
  for (const Letter& letter : capital_letters(without_thoughts(answer))) {
    if (option_of(letter.letter, options) == nullptr) continue;
    if ((letter.letter == 'A' || letter.letter == 'I') && letter.word_follows) continue;
    several |= found != 0 && found != letter.letter;
    found = letter.letter;
  }
  if (found != 0 && !several) return found;
  return by_text(text, options);
}

std::vector<ChoiceOption> options_in(std::string_view question) {
  std::vector<ChoiceOption> options;
  std::size_t at = 0;
  const auto begin_of = [&](char letter, std::size_t from) {
    for (std::size_t i = from; i + 2 < question.size(); ++i) {
      const bool begins =
          i == 0 || question[i - 1] == ' ' || question[i - 1] == '\n' || question[i - 1] == '(';
      if (begins && question[i] == letter && (question[i + 1] == '.' || question[i + 1] == ')')) {
        return i;
      }
    }
    return std::string_view::npos;
  };
  for (char letter = 'A'; letter <= 'Z'; ++letter) {
    const std::size_t begin = begin_of(letter, at);
    if (begin == std::string_view::npos) break;
    at = begin + 2;
    std::size_t end = begin_of(static_cast<char>(letter + 1), at);
    if (end == std::string_view::npos)
      end = std::min(question.find(", please", at), question.size());
    std::string_view text = text::strip_left(text::strip_right(question.substr(at, end - at)));
    options.push_back({letter, std::string(text)});
  }
  if (options.size() < 2) options.clear();
  return options;
}

}  // namespace vernier::probes
