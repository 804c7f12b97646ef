#include "runners/judge/pairwise/pairwise_study.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>
#include <unordered_map>

#include "base/error.h"
#include "base/hash.h"
#include "base/json_text.h"
#include "base/printable.h"
#include "runners/judge/answers/caption_pass.h"
#include "runners/judge/answers/judge_journal.h"
#include "runners/judge/ratings/rating_study.h"

namespace vernier {
namespace {

using visce::Comparison;
using visce::ComparisonCase;

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

std::string text_of(const Comparison& comparison) {
  std::string json = "{";
  append_json_member(json, "a_first", comparison.a_first);
  append_json_member(json, "a_second", comparison.a_second);
  append_json_member(json, "mass", comparison.mass);
  return json + "}";
}

ComparedPair read_pair(const SeenCaption& one, std::size_t rival, const std::string& text) {
  const auto json = nlohmann::json::parse(text);
  ComparedPair pair{one.caption, rival, {}, one.seen.digest};
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
  CaptionPass pass(file, options.images, "pairs", global);
  const prompts::PromptSet prompts = prompts_of(options, model);
  visce::Comparer comparer(model, prompts);
  PairwiseStudy study;
  study.signature = comparer.signature();
  JudgeJournal journal(options, study.signature, global);
  const auto rival_text = [&](const SeenCaption& one) -> const std::string& {
    return rivals.captions[rival[one.caption]].text;
  };
  const auto key_of = [&](const SeenCaption& one) {
    return content_key(one.seen.digest,
                       {hash_bytes(file.captions[one.caption].text), hash_bytes(rival_text(one))});
  };
  const auto known = [&](const SeenCaption& one) {
    const std::string* const kept = journal.find(key_of(one));
    if (kept == nullptr) return false;
    study.pairs.push_back(read_pair(one, rival[one.caption], *kept));
    return true;
  };
  pass.run(known, [&](std::span<const SeenCaption> portion) {
    std::vector<ComparisonCase> cases;
    for (const SeenCaption& one : portion) {
      cases.push_back({file.captions[one.caption].text, rival_text(one), one.seen});
    }
    const std::vector<Comparison> found = comparer.compare(cases);
    for (std::size_t i = 0; i < found.size(); ++i) {
      const SeenCaption& one = portion[i];
      if (found[i].failure != chat::ChatFailure::kNone) {
        pass.fail(one.caption, found[i].error);
        continue;
      }
      study.pairs.push_back({one.caption, rival[one.caption], found[i], one.seen.digest});
      journal.add(key_of(one), text_of(found[i]));
    }
  });
  std::ranges::sort(study.pairs, {}, &ComparedPair::caption);
  study.failed = pass.failed();
  study.unparsed = static_cast<std::uint64_t>(std::ranges::count_if(
      study.pairs, [](const ComparedPair& pair) { return !pair.comparison.parsed(); }));
  journal.finish(study.failed, file.captions.size());
  return study;
}

}  // namespace vernier
