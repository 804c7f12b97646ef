#include "runners/probe/groups/group_study.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "base/printable.h"
#include "datasets/image_ids.h"
#include "datasets/ratings/reference_texts.h"
#include "metrics/text/sentences/punkt_parameters.h"
#include "runners/probe/captions/known_images.h"

namespace vernier {
namespace {

using probes::GroupMention;
using probes::GroupVerdict;

class MentionFinder {
 public:
  explicit MentionFinder(const probes::GroupWords& words)
      : words_(words), tokenizer_(text::built_in_punkt_parameters(), true) {}
  std::vector<GroupMention> find(std::string_view text) {
    tokenizer_.tokenize(text, tokens_);
    return group_mentions(tokens_, words_);
  }

 private:
  const probes::GroupWords& words_;
  probes::CaptionTokenizer tokenizer_;
  probes::CaptionTokens tokens_;
};

/// What the references of an image say.
struct ImageGroup {
  std::optional<std::size_t> group;
  std::vector<std::uint64_t> naming;  // references that name each group
  std::uint64_t references = 0;
};

ImageGroup group_of(const std::vector<std::string>& references, const probes::GroupWords& words,
                    MentionFinder& finder) {
  ImageGroup out;
  out.naming.resize(words.groups().size());
  out.references = references.size();
  std::vector<std::vector<GroupMention>> mentions;
  for (const std::string& reference : references) {
    mentions.push_back(finder.find(reference));
    for (std::size_t g = 0; g < out.naming.size(); ++g) {
      out.naming[g] += std::ranges::any_of(mentions.back(),
                                           [&](const GroupMention& one) { return one.group == g; });
    }
  }
  out.group = agreed_group(mentions, words);
  return out;
}

/// Captions of one image are a cluster of the intervals.
void count(const std::vector<std::size_t>& images, GroupStudy& study) {
  const std::size_t groups = study.words.neutral();
  std::map<std::size_t, std::vector<std::size_t>> by_image;
  for (std::size_t i = 0; i < images.size(); ++i) by_image[images[i]].push_back(i);
  RateCurve errors(groups + 1);
  for (std::size_t g = 0; g <= groups; ++g) {
    study.counts.push_back({g < groups ? study.words.groups()[g] : "all", {}, {}});
  }
  for (const auto& [image, captions] : by_image) {
    for (const std::size_t i : captions) {
      if (!study.groups[i]) continue;
      const GroupVerdict verdict = judge_group(study.mentions[i], *study.groups[i], study.words);
      for (const std::size_t row : {*study.groups[i], groups}) {
        ++study.counts[row].verdicts[static_cast<std::size_t>(verdict)];
        if (verdict <= GroupVerdict::kMixed) errors.add(row, verdict != GroupVerdict::kRight);
      }
    }
    errors.end_caption();
  }
  std::vector<RatePoint> points = errors.finish();
  points.resize(groups + 1, {0, 0, 0, 0, NAN, NAN, NAN});
  for (std::size_t g = 0; g <= groups; ++g) study.counts[g].error = points[g];
}

}  // namespace

std::uint64_t GroupCounts::all() const {
  return std::accumulate(verdicts.begin(), verdicts.end(), std::uint64_t{0});
}

GroupStudy study_groups(const GroupOptions& options) {
  GroupStudy study;
  study.words = options.words.empty() ? probes::GroupWords::gender()
                                      : probes::GroupWords::read(options.words);
  study.file = read_captions(options.captions, options.read);
  const ReferenceTexts references({options.references}, {}, options.read.replace_invalid);
  const std::vector<std::string_view> known_ids(references.images().begin(),
                                                references.images().end());
  const KnownImages kept = keep_known(study.file, match_ids(image_ids(study.file), known_ids),
                                      printable(options.references, 4096), options.ignore_extra);
  const std::vector<std::size_t>& images = kept.images;
  study.id_rule = kept.id_rule;
  study.extra = kept.extra;
  MentionFinder finder(study.words);
  for (const std::string& group : study.words.groups()) study.shares.push_back({group, 0, 0});
  std::map<std::size_t, ImageGroup> known;  // of the images that captions are of
  for (std::size_t i = 0; i < images.size(); ++i) {
    const auto [image, fresh] = known.try_emplace(images[i]);
    if (fresh) image->second = group_of(references.of(images[i]), study.words, finder);
    study.mentions.push_back(finder.find(study.file.captions[i].text));
    study.groups.push_back(image->second.group);
    study.undecided += !image->second.group;
    for (std::size_t g = 0; g < study.shares.size(); ++g) {
      study.shares[g].captions += std::ranges::any_of(
          study.mentions.back(), [&](const GroupMention& one) { return one.group == g; });
    }
  }
  for (const auto& [number, image] : known) {
    study.all_references += image.references;
    for (std::size_t g = 0; g < study.shares.size(); ++g) {
      study.shares[g].references += image.naming[g];
    }
  }
  count(images, study);
  study.signature = fmt::format("groups|words:{:08x}|agreed:majority|n:{}|v:{}",
                                study.words.digest() >> 32, images.size(), VERNIER_VERSION);
  return study;
}

}  // namespace vernier
