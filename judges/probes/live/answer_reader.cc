#include "judges/probes/live/answer_reader.h"

#include <algorithm>
#include <set>

#include "judges/probes/answers/open/normaliser.h"
#include "judges/probes/answers/text/plain_words.h"
#include "judges/probes/answers/yes_no/strict.h"
#include "metrics/text/token_list.h"
#include "metrics/text/unicode/unicode.h"
#include "metrics/text/unicode/white_space.h"

namespace vernier::probes {
namespace {

constexpr std::size_t kMostWords = 3;  // of an answer that is none of the known ones

using Words = std::vector<std::string>;

std::string lower_label(const LiveQuestion& question) {
  return text::to_lower(text::strip_left(text::strip_right(question.label)));
}

Words words_of(std::string_view text) {
  std::string plain;
  for (const PlainWord& word : plain_words(text)) plain += (plain.empty() ? "" : " ") + word.text;
  text::TokenList tokens;
  const std::string normalised = normalised_answer(plain, AnswerNormaliser::kVqa);
  text::push_words(normalised, tokens);
  Words words;
  for (std::size_t n = 0; n < tokens.size(); ++n) words.emplace_back(tokens[n]);
  return words;
}

std::string joined(const Words& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

/// The known answers that stand in the words; words of one are not taken for another, shorter one.
std::set<std::string> named_in(const Words& words, const std::vector<Words>& known) {
  std::set<std::string> named;
  std::vector<bool> used(words.size());
  for (const Words& answer : known) {
    for (std::size_t begin = 0; begin + answer.size() <= words.size(); ++begin) {
      const auto at = words.begin() + static_cast<std::ptrdiff_t>(begin);
      bool here = std::equal(answer.begin(), answer.end(), at);
      for (std::size_t k = 0; k < answer.size(); ++k) here = here && !used[begin + k];
      if (!here) continue;
      for (std::size_t k = 0; k < answer.size(); ++k) used[begin + k] = true;
      named.insert(joined(answer));
    }
  }
  return named;
}

}  // namespace

bool asks_yes_or_no(const LiveQuestion& question) {
  const std::string label = lower_label(question);
  return label == "yes" || label == "no";
}

AnswerReader::AnswerReader(std::span<const LiveQuestion> questions) {
  std::map<std::string, std::set<Words>> labels;
  for (const LiveQuestion& question : questions) {
    if (asks_yes_or_no(question)) continue;
    if (Words words = words_of(question.label); !words.empty()) {
      labels[question.kind].insert(std::move(words));
    }
  }
  for (const auto& [kind, those] : labels) {
    std::vector<Words>& known = known_[kind];
    known.assign(those.begin(), those.end());
    std::ranges::stable_sort(known, std::ranges::greater(),
                             [](const Words& w) { return w.size(); });
  }
}

std::string AnswerReader::label(const LiveQuestion& question) const {
  if (asks_yes_or_no(question)) return lower_label(question);
  const std::string words = joined(words_of(question.label));
  return words.empty() ? lower_label(question) : words;
}

ReadAnswer AnswerReader::read(const LiveQuestion& question, std::string_view text) const {
  ReadAnswer out;
  if (asks_yes_or_no(question)) {
    const Verdict verdict = read_strict(text).verdict;
    out.parsed = verdict != Verdict::kUnclear;
    if (out.parsed) out.answer = verdict_name(verdict);
  } else {
    const Words words = words_of(text);
    const std::string whole = joined(words);
    std::set<std::string> named;
    const auto known = known_.find(question.kind);
    if (known != known_.end()) named = named_in(words, known->second);
    if (named.size() == 1) {
      out.answer = *named.begin();
    } else if (named.empty() && !words.empty() && words.size() <= kMostWords) {
      out.answer = whole;
    }
    out.parsed = !out.answer.empty();
  }
  out.right = out.parsed && out.answer == label(question);
  return out;
}

std::string commonest_label(std::span<const std::string> labels) {
  std::map<std::string, std::size_t> counts;
  for (const std::string& label : labels) ++counts[label];
  std::string best;
  std::size_t most = 0;
  for (const std::string& label : labels) {
    if (counts[label] > most) {
      most = counts[label];
      best = label;
    }
  }
  return best;
}

}  // namespace vernier::probes
