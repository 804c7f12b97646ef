#include "judges/probes/answers/choice/rotations.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/error.h"
#include "base/printable.h"
#include "metrics/text/unicode/white_space.h"

namespace vernier::probes {
namespace {

constexpr std::uint64_t kStep = 1'000'000;
const ObjectRecord::Names kIndex = {"index"}, kGold = {"answer"},
                          kPrediction = {"prediction", "pred", "response"};

std::uint64_t index_of(const ObjectRecord& record) {
  const std::string_view text = record.text(kIndex);
  std::uint64_t index = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
  // What passed through a spreadsheet: 241.0
  const std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
  if (error != std::errc() || (!rest.empty() && rest != ".0")) {
    record.refuse(
        fmt::format("expected a whole number in \"index\", found '{}'", printable(text, 30)));
  }
  return index;
}

Rotation read_rotation(const ObjectRecord& record) {
  Rotation rotation;
  for (char letter = 'A'; letter <= 'Z'; ++letter) {
    const auto text = record.find_text({std::string_view(&letter, 1)});
    if (!text || text::strip_left(*text).empty() || *text == "nan") continue;
    rotation.options.push_back({letter, std::string(*text)});
  }
  if (rotation.options.size() < 2) record.refuse("expected at least two options in \"A\", \"B\"");
  const std::string_view gold = record.text(kGold);
  const auto is_gold = [&](const ChoiceOption& option) {
    return gold.size() == 1 && option.letter == gold[0];
  };
  if (std::ranges::none_of(rotation.options, is_gold)) {
    record.refuse(fmt::format("expected the letter of an option in \"answer\", found '{}'",
                              printable(gold, 30)));
  }
  rotation.gold = gold[0];
  rotation.chosen = option_letter(record.text(kPrediction), rotation.options);
  return rotation;
}

bool are_equal(const Rotation& a, const Rotation& b) {
  return a.gold == b.gold && a.chosen == b.chosen &&
         std::ranges::equal(a.options, b.options, {}, &ChoiceOption::text, &ChoiceOption::text);
}

std::vector<std::string> offered(const Rotation& rotation) {
  std::vector<std::string> texts;
  texts.reserve(rotation.options.size());
  for (const ChoiceOption& option : rotation.options) texts.push_back(option.text);
  std::ranges::sort(texts);
  return texts;
}

void check(const RotatedQuestion& question, const std::string& name) {
  const auto refuse = [&](const std::string& message) {
    throw Error(ExitCode::kBadInput,
                fmt::format("{}: question {}: {}", name, question.id, message));
  };
  for (std::size_t r = 0; r < question.rotations.size(); ++r) {
    if (question.rotations[r].number != r) {
      refuse(fmt::format("expected rotation {} (index {} + {} x 1,000,000), found none", r,
                         question.id, r));
    }
    if (offered(question.rotations[r]) != offered(question.rotations[0])) {
      refuse(fmt::format("expected rotation {} to offer the options of rotation 0", r));
    }
  }
}

}  // namespace

bool are_rotations(const ObjectFile& file) {
  const ObjectRecord& first = file.records().front();
  return first.find("index") != nullptr && first.find("A") != nullptr &&
         first.find("B") != nullptr && first.find(kPrediction) != nullptr;
}

RotationFile read_rotations(const ObjectFile& file) {
  RotationFile out;
  std::map<std::uint64_t, std::size_t> place;  // of a question
  for (const ObjectRecord& record : file.records()) {
    const std::uint64_t index = index_of(record), id = index % kStep;
    Rotation rotation = read_rotation(record);
    rotation.number = index / kStep;
    const auto [found, fresh] = place.try_emplace(id, out.questions.size());
    if (fresh) out.questions.push_back({std::to_string(id), {}});
    auto& rotations = out.questions[found->second].rotations;
    const auto same = std::ranges::find(rotations, rotation.number, &Rotation::number);
    if (same != rotations.end()) {
      if (!are_equal(*same, rotation)) {
        record.refuse("expected each index once, found it again with another content");
      }
      ++out.duplicates;
      continue;
    }
    ++out.rows;
    out.unparsed += !rotation.chosen;
    rotations.push_back(std::move(rotation));
  }
  for (RotatedQuestion& question : out.questions) {
    std::ranges::sort(question.rotations, {}, &Rotation::number);
    check(question, file.name());
  }
  return out;
}

}  // namespace vernier::probes
