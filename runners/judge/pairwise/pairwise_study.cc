#include "runners/judge/pairwise/pairwise_study.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <string_view>
#include <unordered_map>

#include "base/error.h"
#include "base/hash.h"
#include "base/io/interrupt.h"
#include "base/json_text.h"
#include "base/printable.h"
#include "runners/judge/caption_order.h"
#include "runners/judge/ratings/rating_study.h"
#include "runners/model/answer_journal.h"
#include "runners/model/picture_folder.h"
#include "runners/pipeline/progress.h"

namespace vernier {
namespace {

using visce::Comparison;
using visce::ComparisonCase;

// Pairs at a time: their pictures are in memory.
constexpr std::size_t kPortion = 64;

/// The rival of each caption.
std::vector<std::size_t> rivals_of(const CaptionFile& file, const CaptionFile& rivals) {
  std::unordered_map<std::string_view, std::size_t> by_id, by_image;
  for (std::size_t i = 0; i < rivals.captions.size(); ++i) {
    by_id.try_emplace(rivals.captions[i].id, i);
    const auto [image, fresh] = by_image.try_emplace(rivals.captions[i].image_id, i);
    if (!fresh) image->second = rivals.captions.size();  // several: which is meant?
  }
  std::vector<std::size_t> out;
  std::string missing;
  std::size_t without = 0;
  for (const CaptionRecord& caption : file.captions) {
    auto found = by_id.find(caption.id);
    if (found == by_id.end()) {
      found = by_image.find(caption.image_id);
      if (found == by_image.end() || found->second == rivals.captions.size()) {
        constexpr std::size_t kNamed = 10;
        if (++without <= kNamed) {
          missing += (missing.empty() ? "" : ", ") + printable(caption.id, 60);
        }
        out.push_back(0);
        continue;
      }
    }
    out.push_back(found->second);
  }
  if (without > 0) {
    throw Error(
        ExitCode::kBadInput,
        fmt::format("{}: {} of {} captions have no rival in {}: {}{}", file.name, without,
                    file.captions.size(), rivals.name, missing, without > 10 ? ", ..." : ""));
  }
  return out;
}

std::string text_of(const ComparedPair& pair) {
  std::string json = "{";
  append_json_member(json, "a_first", pair.comparison.a_first);
  append_json_member(json, "a_second", pair.comparison.a_second);
  append_json_member(json, "mass", pair.comparison.mass);
  append_json_count(json, "picture", pair.picture);
  return json + "}";
}

ComparedPair read_pair(std::size_t caption, std::size_t other, const std::string& text) {
  const auto json = nlohmann::json::parse(text);
  ComparedPair pair{caption, other, {}, json.at("picture").get<std::uint64_t>()};
  pair.comparison.a_first = json.at("a_first").get<double>();
  pair.comparison.a_second = json.at("a_second").get<double>();
  pair.comparison.mass = json.at("mass").get<double>();
  return pair;
}

}  // namespace

PairwiseStudy compare_captions(chat::ChatModel& model, const CaptionFile& file,
                               const CaptionFile& rivals, const JudgeOptions& options,
                               const GlobalOptions& global) {
  const std::vector<std::size_t> rival = rivals_of(file, rivals);
  const PictureFolder folder(options.images);
  const prompts::PromptSet prompts = prompts_of(options, model);
  visce::Comparer comparer(model, prompts);
  PairwiseStudy study;
  study.signature = comparer.signature();
  std::unique_ptr<AnswerJournal> journal;
  if (!options.output.empty() && options.output != "-" && !output_target(options.output).direct) {
    journal = std::make_unique<AnswerJournal>(options.output + ".answers", study.signature,
                                              options.resume, global);
  }
  const auto key_of = [&](std::size_t i) {
    return fmt::format("{} {:016x}", judged_key(file.captions[i]),
                       hash_bytes(rivals.captions[rival[i]].text));
  };
  std::vector<std::pair<std::size_t, Unanswered>> failed;
  Progress progress("pairs", global.quiet);
  std::vector<ComparisonCase> cases;
  std::vector<std::size_t> numbers;
  std::uint64_t done = 0;
  const auto compare = [&] {
    const std::vector<Comparison> found = comparer.compare(cases);
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (found[i].failure != chat::ChatFailure::kNone) {
        failed.push_back({numbers[i], {file.captions[numbers[i]].id, found[i].error}});
        continue;
      }
      const ComparedPair pair{numbers[i], rival[numbers[i]], found[i], cases[i].seen.digest};
      if (journal) journal->add(key_of(pair.caption), text_of(pair));
      study.pairs.push_back(pair);
    }
    done += cases.size();
    cases.clear();
    numbers.clear();
    progress.update(done, file.captions.size());
    check_interrupt();
  };
  visce::Seen seen;  // the last one
  std::string_view seen_id;
  for (const std::size_t i : by_image(file)) {
    const CaptionRecord& caption = file.captions[i];
    if (const std::string* kept = journal ? journal->find(key_of(i)) : nullptr) {
      study.pairs.push_back(read_pair(i, rival[i], *kept));
      ++done;
      continue;
    }
    try {
      if (seen.picture == nullptr || seen_id != caption.image_id) {
        seen = visce::see(folder.load(caption.image_id));
        seen_id = caption.image_id;
      }
      cases.push_back({caption.text, rivals.captions[rival[i]].text, seen});
      numbers.push_back(i);
    } catch (const Error& error) {
      if (error.code() != ExitCode::kBadInput) throw;
      failed.push_back({i, {caption.id, error.what()}});
      ++done;
    }
    if (cases.size() == kPortion) compare();
  }
  if (!cases.empty()) compare();
  std::ranges::sort(study.pairs, {}, &ComparedPair::caption);
  std::ranges::sort(failed, {}, &std::pair<std::size_t, Unanswered>::first);
  for (auto& [number, one] : failed) study.failed.push_back(std::move(one));
  study.unparsed = static_cast<std::uint64_t>(std::ranges::count_if(
      study.pairs, [](const ComparedPair& pair) { return !pair.comparison.parsed(); }));
  check_failures(study.failed, file.captions.size(), options.model.most_failures,
                 journal ? printable(options.output, 200) + ".answers.part" : "", global);
  if (journal) journal->finish();
  return study;
}

}  // namespace vernier
