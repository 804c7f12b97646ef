#include "judges/probes/answers/text/question_text.h"

#include <algorithm>
#include <iterator>

#include "judges/probes/answers/text/plain_words.h"
#include "metrics/text/token_list.h"
#include "metrics/text/unicode/white_space.h"

namespace vernier::probes {
namespace {

constexpr std::string_view kBefore[] = {"<image>", "question:", "q:"};
constexpr std::string_view kBehind[] = {
    "answer the question using a single word or phrase.",
    "please answer the question using a single word or phrase.",
    "please answer this question with one word.",
    "please answer this question in one word.",
    "answer the question with yes or no.",
    "please answer yes or no.",
    "please answer with yes or no.",
    "please answer 'yes' or 'no'.",
    "please just answer yes or no.",
    "please only answer yes or no.",
    "just answer yes or no.",
    "only answer yes or no.",
    "answer with yes or no.",
    "answer yes or no.",
    "answer:",
};

std::string with_single_blanks(const std::string& text) {
  text::TokenList words;
  text::push_words(text, words);
  return words.joined();
}

}  // namespace

std::string question_key(std::string_view question) {
  const std::string whole = with_single_blanks(plain_text(question));
  std::string_view left = whole;
  // A text that is nothing but an addition is a question all the same.
  for (bool again = true; again && std::ranges::find(kBehind, left) == std::end(kBehind);) {
    again = false;
    for (const std::string_view part : kBefore) {
      if (!left.starts_with(part) || left.size() == part.size()) continue;
      left = text::strip_left(left.substr(part.size()));
      again = true;
    }
    for (const std::string_view part : kBehind) {
      if (!left.ends_with(part) || left.size() == part.size()) continue;
      left = text::strip_right(left.substr(0, left.size() - part.size()));
      again = true;
    }
  }
  std::string text(left);
  for (std::size_t at = 0; (at = text.find("imange", at)) != std::string::npos;) {
    text.replace(at, 6, "image");
  }
  return text;
}

std::string_view image_key(std::string_view image) {
  const std::size_t slash = image.rfind('/');
  return slash == std::string_view::npos ? image : image.substr(slash + 1);
}

}  // namespace vernier::probes
