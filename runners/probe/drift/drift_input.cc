#include "runners/probe/drift/drift_input.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/printable.h"
#include "datasets/image_ids.h"
#include "metrics/text/text_set.h"
#include "results/statistics/resampling/philox.h"

namespace vernier {
namespace {

using Groups = std::vector<std::vector<std::size_t>>;  // by image: captions

std::vector<std::string_view> image_ids(const CaptionFile& file) {
  std::vector<std::string_view> ids;
  for (const CaptionRecord& caption : file.captions) ids.push_back(caption.image_id);
  return ids;
}

/// Up to ten of some ids, for messages.
class FirstIds {
 public:
  void add(std::string_view id) {
    if (count_++ < 10) text_ += (text_.empty() ? "" : ", ") + printable(id, 60);
  }
  std::uint64_t count() const { return count_; }
  std::string text() const { return count_ > 10 ? text_ + ", ..." : text_; }

 private:
  std::uint64_t count_ = 0;
  std::string text_;
};

/// Sorts the captions of a round by round 0's images.
Groups group(DriftFile& round, const CaptionFile& first, const std::vector<std::string>& images,
             const DriftInputOptions& options) {
  const std::vector<std::string_view> ids = image_ids(round.file), known = image_ids(first);
  const IdMatcher matcher(ids, known);
  round.id_rule = matcher.description();
  text::TextMap<std::size_t> numbers;
  std::string buffer;
  for (std::size_t i = 0; i < images.size(); ++i) {
    numbers.emplace(matcher.key(images[i], buffer), i);
  }
  Groups groups(images.size());
  FirstIds missing, extra;
  text::TextSet seen;
  for (std::size_t c = 0; c < ids.size(); ++c) {
    const std::string_view key = matcher.key(ids[c], buffer);
    const auto image = numbers.find(key);
    if (image != numbers.end()) {
      round.images += groups[image->second].empty();
      groups[image->second].push_back(c);
    } else if (seen.emplace(key).second) {
      ++round.images;
      extra.add(ids[c]);
    }
  }
  for (std::size_t i = 0; i < images.size(); ++i) {
    if (groups[i].empty()) missing.add(images[i]);
  }
  round.missing = missing.count();
  round.extra = extra.count();
  if (round.missing == images.size()) {
    throw Error(
        ExitCode::kBadInput,
        fmt::format("{}: none of its {} images is in {}: expected the same image ids, found "
                    "{}; --image-field names the field that holds them",
                    round.file.name, round.images, first.name, extra.text()));
  }
  if (round.missing > 0 && !options.allow_missing) {
    throw Error(
        ExitCode::kBadInput,
        fmt::format("{}: {} of the {} images of {} have no caption: {}; --allow-missing compares "
                    "the images that every round has",
                    round.file.name, round.missing, images.size(), first.name, missing.text()));
  }
  if (round.extra > 0 && !options.ignore_extra) {
    throw Error(ExitCode::kBadInput,
                fmt::format("{}: {} of its {} images are not in {}: {}; --ignore-extra leaves them "
                            "out",
                            round.file.name, round.extra, round.images, first.name, extra.text()));
  }
  return groups;
}

/// Keeps `count` captions drawn at random, as the order in a file may mean something.
void choose(std::vector<std::size_t>& captions, std::size_t count, PhiloxStream random) {
  for (std::size_t i = 0; i < count; ++i) {
    const auto rest = static_cast<std::uint32_t>(captions.size() - i);
    std::swap(captions[i], captions[i + random.below(rest)]);
  }
  captions.resize(count);
  std::ranges::sort(captions);
}

}  // namespace

DriftInput read_rounds(const DriftInputOptions& options) {
  if (options.files.size() < 2) {
    throw Error(ExitCode::kUsage, "expected at least two rounds: ROUND0 ROUND1 ...");
  }
  if (std::ranges::count(options.files, "-") > 1) {
    throw Error(ExitCode::kUsage, "- (stdin) can be one round only");
  }
  DriftInput input;
  for (const std::string& path : options.files) {
    input.rounds.emplace_back().file = read_captions(path, options.read);
  }
  const CaptionFile& first = input.rounds[0].file;
  text::TextSet seen;
  std::vector<std::string> images;
  for (const CaptionRecord& caption : first.captions) {
    if (seen.insert(caption.image_id).second) images.push_back(caption.image_id);
  }
  std::vector<Groups> groups;
  for (DriftFile& round : input.rounds) groups.push_back(group(round, first, images, options));
  for (std::size_t i = 0; i < images.size(); ++i) {
    std::size_t least = groups[0][i].size();
    for (const Groups& round : groups) least = std::min(least, round[i].size());
    if (least == 0) continue;
    input.images.push_back(images[i]);
    for (std::size_t r = 0; r < groups.size(); ++r) {
      std::vector<std::size_t>& captions = groups[r][i];
      input.rounds[r].left_out += captions.size() - least;
      if (captions.size() > least) {
        // Streams that no draw of weights has.
        const std::uint64_t stream = std::uint64_t{1} << 62 | std::uint64_t{r} << 32 | i;
        choose(captions, least, PhiloxStream(options.seed, stream));
      }
      input.rounds[r].captions.push_back(std::move(captions));
    }
  }
  if (input.images.empty()) {
    throw Error(ExitCode::kBadInput,
                fmt::format("{}: no image has captions in every round", first.name));
  }
  return input;
}

}  // namespace vernier
