// Any answer through every parser: the same on every call, yes only where a word says so in strict,
// a letter only of the options; keys, scores, ratings and preferences within their bounds. The
// first byte may repeat the text, so that work that is not linear runs into the time limit; bytes
// 0xFF part the answer from the texts of options.
#include <algorithm>
#include <string>
#include <vector>

#include "judges/probes/answers/benchmarks/rating.h"
#include "judges/probes/answers/choice/option_letter.h"
#include "judges/probes/answers/open/anls.h"
#include "judges/probes/answers/open/soft_accuracy.h"
#include "judges/probes/answers/pairs/pair_decisions.h"
#include "judges/probes/answers/text/plain_words.h"
#include "judges/probes/answers/text/question_text.h"
#include "judges/probes/answers/yes_no/parsers.h"
#include "judges/probes/answers/yes_no/strict.h"
#include "judges/probes/ocr/ocr_scores.h"
#include "tests/fuzz/input.h"

namespace {

using namespace vernier;
using namespace vernier::probes;
using fuzz::require;

constexpr std::size_t kMostBytes = 64 << 10;

std::string repeated(const std::string& text) {
  std::string out = text;
  while (!text.empty() && out.size() + text.size() <= kMostBytes) out += text;
  return out;
}

void check_words(const std::string& answer) {
  const std::string thoughts_cut = without_thoughts(answer);
  require(thoughts_cut.size() <= answer.size());
  fuzz::require_utf8(thoughts_cut);
  std::size_t bytes = 0;
  for (const PlainWord& word : plain_words(answer)) {
    require(!word.text.empty());
    fuzz::require_utf8(word.text);
    bytes += word.text.size();
  }
  // Compatibility forms of one character take up to 18 (U+FDFA).
  require(bytes <= 20 * answer.size());
}

void check_yes_no(const std::string& answer) {
  for (const YesNoParser& parser : yes_no_parsers()) {
    const Verdict verdict = parser.read(answer);
    require(verdict == Verdict::kYes || verdict == Verdict::kNo || verdict == Verdict::kUnclear);
    require(parser.read(answer) == verdict);
  }
  const StrictReading strict = read_strict(answer);
  require(!strict.other_language || strict.verdict == Verdict::kUnclear);
  const auto words = plain_words(answer);
  const auto says = [&](const char* word) {
    return std::ranges::find(words, word, &PlainWord::text) != words.end();
  };
  require(strict.verdict != Verdict::kYes || says("yes"));
  require(yes_no_parser("contains").read(answer) != Verdict::kUnclear);
  require(yes_no_parser("pope-official").read(answer) != Verdict::kUnclear);
}

void check_choice(const std::vector<std::string>& texts) {
  std::vector<ChoiceOption> options;
  for (std::size_t n = 1; n < texts.size(); ++n) {
    options.push_back({static_cast<char>('A' + n - 1), texts[n]});
  }
  const auto letter = option_letter(texts[0], options);
  require(!letter || std::ranges::find(options, *letter, &ChoiceOption::letter) != options.end());
  const auto written = options_in(texts[0]);
  require(written.size() != 1 && written.size() <= 26);
  for (const ChoiceOption& option : written) fuzz::require_utf8(option.text);
}

void check_open(const std::string& answer, const std::vector<std::string>& people) {
  for (const AnswerNormaliser normaliser : {AnswerNormaliser::kVqa, AnswerNormaliser::kEvalAi}) {
    fuzz::require_utf8(normalised_answer(answer, normaliser));
    const PeopleAnswers others(people, normaliser);
    for (const Normalise when : {Normalise::kUnlessUnanimous, Normalise::kAlways}) {
      const double accuracy = others.soft_accuracy(answer, when);
      require(accuracy >= 0 && accuracy <= 1);
    }
    require(others.holds_normalised(normalised_answer(people[0], normaliser)));
  }
  const double like = anls(answer, people);
  require(like >= 0 && like <= 1);
}

void check_transcript(const std::string& output, const std::string& reference) {
  const OcrRecord record = read_ocr_record(output, std::span(&reference, 1), {true, true, true});
  fuzz::require_utf8(record.output.text);
  require(record.output.words.size() == record.output.word_begins.size());
  require(record.characters.all() ==
          symbol_distance(record.reference.characters, record.output.characters));
  require(record.reference.characters.size() + record.characters.inserted ==
          record.output.characters.size() + record.characters.deleted);
  require(record.exact == (record.characters.all() == 0));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const bool repeat = input.byte() == 0xFF;
  std::vector<std::string> texts = fuzz::read_texts(input.rest(), 7);
  check_open(texts[0], texts);  // distances take the product of lengths: not of repeated texts
  check_transcript(texts[0], texts.back());
  if (repeat) texts[0] = repeated(texts[0]);
  check_words(texts[0]);
  check_yes_no(texts[0]);
  check_choice(texts);
  fuzz::require_utf8(question_key(texts[0]));
  require(image_key(texts[0]).find('/') == std::string_view::npos);
  const auto rating = parse_rating(texts[0]);
  require(!rating || (*rating >= 0 && *rating <= 6));
  const auto preference = parse_preference(texts[0]);
  require(!preference || (*preference >= -1 && *preference <= 1));
  return 0;
}
