#include "runners/meta/scores/score_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <limits>
#include <unordered_map>

#include "base/error.h"
#include "base/printable.h"
#include "datasets/image_ids.h"
#include "datasets/ratings/rating_fields.h"
#include "runners/meta/scores/score_entries.h"

namespace vernier {
namespace {

constexpr std::size_t kShown = 10;

struct Joined {
  double value;
  std::uint64_t line;
  bool used = false;
};

class Joining {
 public:
  Joining(const RatedSet& set, const ScoreEntries& entries)
      : set_(set), entries_(entries), matcher_(images_of(set), images_of(entries)) {
    for (const ScoreEntry& entry : entries.scores) add(entry);
  }

  /// The score of a caption; null where there is none.
  Joined* find(std::string_view image, std::string_view text) {
    const auto at = scores_.find(key(image, text));
    return at == scores_.end() ? nullptr : &at->second;
  }
  std::uint64_t duplicates() const { return duplicates_; }
  const char* rule() const { return matcher_.description(); }

  std::vector<const ScoreEntry*> unused() {
    std::vector<const ScoreEntry*> out;
    for (const ScoreEntry& entry : entries_.scores) {
      Joined* const score = find(entry.image, entry.text);
      if (score->used) continue;
      score->used = true;
      out.push_back(&entry);
    }
    return out;
  }

  /// How many labels of the entries prefer the caption that the judgements do not.
  void compare_labels(JoinedScores& out) {
    std::unordered_map<std::string, bool> preferred;
    for (const auto& [better, worse] : set_.preferences) {
      const RatedCaption &b = set_.captions[better], &w = set_.captions[worse];
      preferred[key(b.image, b.text) + key(b.image, w.text)] = true;
      preferred[key(b.image, w.text) + key(b.image, b.text)] = false;
    }
    std::uint64_t differ = 0;
    for (const LabelledPair& pair : entries_.labels) {
      const auto at = preferred.find(key(pair.image, pair.better) + key(pair.image, pair.worse));
      if (at == preferred.end()) continue;
      ++out.labels;
      differ += !at->second;
    }
    if (out.labels > 0) out.labels_differ = differ;
  }

 private:
  static std::vector<std::string_view> images_of(const RatedSet& set) {
    std::vector<std::string_view> images;
    for (const RatedCaption& caption : set.captions) images.push_back(caption.image);
    for (const auto& [image, text] : set.left_out) images.push_back(image);
    return images;
  }
  static std::vector<std::string_view> images_of(const ScoreEntries& entries) {
    std::vector<std::string_view> images;
    for (const ScoreEntry& entry : entries.scores) images.push_back(entry.image);
    return images;
  }

  std::string key(std::string_view image, std::string_view text) {
    std::string out(matcher_.key(image, buffer_));
    out.push_back('\0');
    return out + plain_text(text) + '\0';
  }

  void add(const ScoreEntry& entry) {
    const auto [at, fresh] =
        scores_.try_emplace(key(entry.image, entry.text), Joined{entry.value, entry.line});
    if (fresh) return;
    const double known = at->second.value;
    if (known != entry.value && !(std::isnan(known) && std::isnan(entry.value))) {
      throw Error(ExitCode::kBadInput,
                  fmt::format("{}:{}: image {}: expected the score of line {}, which has the same "
                              "caption, {}; found {}: \"{}\"",
                              entries_.name, entry.line, printable(entry.image, 60),
                              at->second.line, known, entry.value, printable(entry.text, 60)));
    }
    ++duplicates_;
  }

  const RatedSet& set_;
  const ScoreEntries& entries_;
  IdMatcher matcher_;
  std::string buffer_;
  std::unordered_map<std::string, Joined> scores_;
  std::uint64_t duplicates_ = 0;
};

[[noreturn]] void refuse_some(const std::string& what, const std::vector<std::string>& captions,
                              std::uint64_t count, std::string_view hint) {
  throw Error(ExitCode::kBadInput, fmt::format("{} {}{}; {}", what, fmt::join(captions, ", "),
                                               count > captions.size() ? ", ..." : "", hint));
}

std::string shown(std::string_view image, std::string_view text) {
  return fmt::format("image {} \"{}\"", printable(image, 60), printable(text, 60));
}

}  // namespace

JoinedScores join_scores(const RatedSet& set, const std::string& ratings, const std::string& what,
                         const ScoreFileOptions& options) {
  const std::size_t colon = what.rfind(':');
  if (colon == std::string::npos || colon + 1 == what.size()) {
    throw Error(ExitCode::kUsage,
                fmt::format("--scores {}: expected FILE:COLUMN, or :COLUMN of the ratings' own "
                            "file",
                            what));
  }
  JoinedScores out;
  if (colon == 0 && ratings == "-") {
    throw Error(ExitCode::kUsage, fmt::format("--scores {}: standard input is read once; give the "
                                              "ratings as a file",
                                              what));
  }
  out.column = what.substr(colon + 1);
  const std::string path = colon == 0 ? ratings : what.substr(0, colon);
  const ScoreEntries entries =
      read_score_entries(path, out.column, options.subset, options.replace_invalid);
  out.file = entries.name;
  Joining joining(set, entries);
  out.duplicates = joining.duplicates();
  out.image_rule = joining.rule();
  std::vector<std::string> first;
  for (const RatedCaption& caption : set.captions) {
    Joined* const score = joining.find(caption.image, caption.text);
    if (score != nullptr) score->used = true;
    out.values.push_back(score == nullptr ? std::numeric_limits<double>::quiet_NaN()
                                          : score->value);
    if (!std::isnan(out.values.back())) continue;
    if (++out.missing <= kShown) first.push_back(shown(caption.image, caption.text));
  }
  if (out.missing > 0 && !options.subset) {
    refuse_some(fmt::format("{}: has no score for {} of {} captions of {}:", out.file, out.missing,
                            set.captions.size(), set.name),
                first, out.missing, "--subset judges by the others");
  }
  for (const auto& [image, text] : set.left_out) {
    if (Joined* const score = joining.find(image, text)) score->used = true;
  }
  first.clear();
  for (const ScoreEntry* entry : joining.unused()) {
    if (++out.extra <= kShown) first.push_back(shown(entry->image, entry->text));
  }
  if (out.extra > 0 && !options.ignore_extra) {
    refuse_some(fmt::format("{}: has scores for {} captions that {} does not hold:", out.file,
                            out.extra, set.name),
                first, out.extra, "--ignore-extra leaves them out");
  }
  joining.compare_labels(out);
  return out;
}

}  // namespace vernier
