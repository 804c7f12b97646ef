#include "runners/judge/verify/verify_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "base/error.h"
#include "base/hash.h"
#include "base/json_text.h"
#include "base/paths/scratch_folder.h"
#include "base/printable.h"
#include "results/run/run_file.h"
#include "results/run/run_rows.h"
#include "runners/commands/commands.h"
#include "runners/judge/answers/caption_order.h"

namespace vernier {
namespace {

constexpr std::size_t kShown = 10;

/// The captions of some pictures, the same ones each time.
CaptionFile part_of(const CaptionFile& file, std::size_t most) {
  std::vector<std::string_view> images;
  for (const std::size_t i : by_image(file)) {
    const std::string_view image = file.captions[i].image_id;
    if (images.empty() || images.back() != image) images.push_back(image);
  }
  std::ranges::sort(images, {}, [](std::string_view image) { return hash_bytes(image); });
  std::unordered_map<std::string_view, std::size_t> count;
  for (const CaptionRecord& caption : file.captions) ++count[caption.image_id];
  std::unordered_set<std::string_view> chosen;
  std::size_t captions = 0;
  for (const std::string_view image : images) {
    if (captions >= most) break;
    chosen.insert(image);
    captions += count[image];
  }
  CaptionFile part = file;
  part.scored = nullptr;  // what others measured is not judged again
  std::erase_if(part.captions,
                [&](const CaptionRecord& caption) { return !chosen.contains(caption.image_id); });
  return part;
}

/// Where the metrics of `now` stand in `then`. Throws where they are not the same.
std::vector<MetricPlace> places_in(const Run& then, const RunHeader& now) {
  std::vector<MetricPlace> out;
  for (const MetricDescription& metric : now.metrics) {
    const auto [found, place] = find_metric(then.header(), metric.name);
    if (found == nullptr) {
      throw Error(ExitCode::kUsage,
                  fmt::format("{}: has no score {}: was it judged in this --mode?", then.name(),
                              metric.name));
    }
    if (found->signature != metric.signature) {
      throw Error(
          ExitCode::kIncomplete,
          fmt::format("{}: {} is by another judge: {} there, {} now", then.name(), metric.name,
                      printable(found->signature, 400), printable(metric.signature, 400)));
    }
    out.push_back(place);
  }
  return out;
}

struct Difference {
  std::string_view id;
  std::string score;  ///< whose values these are; empty: the scores are equal, the verdict is not
  double then = 0, now = 0;
};

struct Verification {
  std::size_t captions = 0, pictures = 0;
  std::size_t absent = 0;  ///< get no score now
  std::vector<Difference> different;

  bool equal() const { return absent == 0 && different.empty(); }
};

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

Verification compared(const Run& then, const Run& now, const CaptionFile& part) {
  const std::vector<MetricPlace> places = places_in(then, now.header());
  Verification out;
  std::unordered_set<std::string_view> pictures;
  for (const CaptionRecord& caption : part.captions) pictures.insert(caption.image_id);
  out.captions = part.captions.size();
  out.pictures = pictures.size();
  out.absent = part.captions.size() - now.samples().size();
  for (std::size_t n = 0; n < now.samples().size(); ++n) {
    const Run::Sample& sample = now.samples()[n];
    const std::size_t before = then.find(sample.id);
    Difference difference{sample.id, "", 0, 0};
    std::size_t score = 0;
    for (std::size_t m = 0; m < places.size(); ++m) {
      for (std::size_t s = 0; s < now.header().metrics[m].scores.size(); ++s, ++score) {
        const double was = then.scores(before)[places[m].score + s], is = now.scores(n)[score];
        if (!same(was, is) && difference.score.empty()) {
          difference = {sample.id, now.header().metrics[m].scores[s], was, is};
        }
      }
    }
    const bool verdict =
        nlohmann::json::parse(sample.meta.empty() ? "{}" : sample.meta) ==
        nlohmann::json::parse(then.samples()[before].meta.empty() ? "{}"
                                                                  : then.samples()[before].meta);
    if (!difference.score.empty() || !verdict) out.different.push_back(difference);
  }
  return out;
}

std::string as_json(const Verification& found) {
  std::string out = "{";
  append_json_member(out, "schema", "vernier.judge.verify/1");
  append_json_count(out, "captions", found.captions);
  append_json_count(out, "pictures", found.pictures);
  append_json_count(out, "absent", found.absent);
  append_json_count(out, "different", found.different.size());
  append_json_key(out, "differences");
  out += '[';
  for (const Difference& one : found.different) {
    if (out.back() != '[') out += ',';
    out += '{';
    append_json_member(out, "id", one.id);
    if (!one.score.empty()) {
      append_json_member(out, "score", one.score);
      append_json_member(out, "then", one.then);
      append_json_member(out, "now", one.now);
    }
    out += '}';
  }
  return out + "]}\n";
}

std::string as_text(const Verification& found, std::string_view name) {
  std::string out = fmt::format("{}: {} of {} captions ({} pictures) judged again: ", name,
                                found.captions - found.absent, found.captions, found.pictures);
  if (found.equal()) return out + "scores and verdicts are equal to the bit\n";
  out += fmt::format("{} differ, {} get no score now\n", found.different.size(), found.absent);
  for (std::size_t i = 0; i < std::min(kShown, found.different.size()); ++i) {
    const Difference& one = found.different[i];
    out += fmt::format("  {}: {}\n", printable(one.id, 80),
                       one.score.empty()
                           ? "the score is equal, other parts of the verdict are not"
                           : fmt::format("{} {} then, {} now", one.score, one.then, one.now));
  }
  if (found.different.size() > kShown) {
    out += fmt::format("  ... and {} others\n", found.different.size() - kShown);
  }
  return out;
}

}  // namespace

int verify_run(const CaptionFile& file, const JudgeOptions& options, const JudgeFile& judge) {
  const Run& then = *file.scored;
  const CaptionFile part = part_of(file, options.verify);
  const ScratchFolder scratch;
  JudgeOptions again = options;
  again.output = scratch.file("again.jsonl");
  again.verdicts.clear();
  again.cache.clear();  // it would only tell what was said
  judge(part, again);
  const Run now = read_run(again.output);
  const Verification found = compared(then, now, part);
  print(options.format == OutputFormat::kJson ? as_json(found) : as_text(found, then.name()));
  return found.equal() ? 0 : 1;
}

}  // namespace vernier
