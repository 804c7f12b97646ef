#include "judges/probes/answers/score/id_lists.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/error.h"
#include "base/io/byte_source.h"
#include "base/printable.h"
#include "datasets/objects/value.h"

namespace vernier::probes {
namespace {

constexpr double kEpsilon = 1e-5;
constexpr std::size_t kMostBytes = std::size_t{64} << 20;

void fill_rates(IdListScores& scores) {
  const auto d = [](std::uint64_t count) { return static_cast<double>(count); };
  const Confusion& c = scores.counts;
  const double tp = d(c.tp);
  scores.precision = tp / (tp + d(c.fp) + kEpsilon);
  scores.recall = tp / (tp + d(c.fn + c.unclear_yes) + kEpsilon);
  scores.f1 = 2 * scores.precision * scores.recall / (scores.precision + scores.recall + kEpsilon);
  scores.accuracy = (tp + d(c.tn)) / (d(c.n()) + kEpsilon);
}

}  // namespace

std::vector<std::string> parse_ids(std::string_view text, const std::string& name) {
  std::vector<std::string> ids;
  std::unordered_set<std::string> seen;
  const auto add = [&](std::string id) {
    if (seen.insert(id).second) ids.push_back(std::move(id));
  };
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && text[first] == '[') {
    try {
      ValueParser parser(text, false);
      const Value list = parser.value();
      for (const Value& item : list.items) {
        if (!item.is_string() && !item.is_number()) {
          throw Error(ExitCode::kBadInput, fmt::format("{}: expected a list of ids, found {} in it",
                                                       name, json::describe(item.type)));
        }
        add(item.text);
      }
    } catch (const json::Fault& fault) {
      throw Error(ExitCode::kBadInput, fmt::format("{}: {}", name, fault.message));
    }
  } else {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      std::string_view line = text.substr(at, end - at);
      while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
      if (line.find_first_of("{}\t ") != std::string_view::npos) {
        throw Error(ExitCode::kBadInput, fmt::format("{}: expected an id a line, found '{}'", name,
                                                     printable(line, 60)));
      }
      if (!line.empty()) add(std::string(line));
      at = end + 1;
    }
  }
  if (ids.empty()) throw Error(ExitCode::kBadInput, fmt::format("{}: holds no ids", name));
  return ids;
}

std::vector<std::string> read_ids(const std::string& path) {
  const auto source = ByteSource::open(path);
  const std::string text = source->read_rest(kMostBytes);
  if (text.size() > kMostBytes) {
    throw Error(ExitCode::kBadInput,
                fmt::format("{}: expected at most {} bytes", source->name(), kMostBytes));
  }
  return parse_ids(text, source->name());
}

IdListScores score_ids(const std::string& file, const std::vector<std::string>& ids,
                       const QuestionFile& questions, std::span<const YesNoAnswer> answers,
                       const YesNoParser& parser) {
  std::unordered_map<std::string, const YesNoAnswer*> by_id;
  std::unordered_set<std::string> known;
  for (const JoinItem& item : questions.items) known.insert(item.id);
  for (const YesNoAnswer& answer : answers) {
    by_id.emplace(questions.items[answer.question].id, &answer);
  }
  IdListScores scores;
  scores.file = file;
  scores.ids = ids.size();
  for (const std::string& id : ids) {
    if (known.count(id) == 0) {
      throw Error(ExitCode::kBadInput, fmt::format("{}: no question of {} has the id {}", file,
                                                   questions.name, printable(id, 40)));
    }
    const auto found = by_id.find(id);
    if (found == by_id.end()) {
      ++scores.unanswered;
      continue;
    }
    scores.counts.add(found->second->positive, parser.read(found->second->answer));
  }
  fill_rates(scores);
  return scores;
}

}  // namespace vernier::probes
