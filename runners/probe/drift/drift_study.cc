#include "runners/probe/drift/drift_study.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "metrics/text/unicode/white_space.h"
#include "results/statistics/intervals/interval.h"
#include "results/statistics/normal.h"
#include "runners/probe/drift/drift_tests.h"

namespace vernier {
namespace {

using probes::drift::Numbering;
using probes::drift::ObjectChange;
using probes::drift::Round;

LengthQuantiles lengths_of(const Round& round) {
  std::vector<double> lengths;
  std::uint32_t begin = 0;
  for (const std::uint32_t end : round.caption_ends) {
    lengths.push_back(end - begin);
    begin = end;
  }
  std::ranges::sort(lengths);
  return {quantile_of_sorted(lengths, 0.1), quantile_of_sorted(lengths, 0.5),
          quantile_of_sorted(lengths, 0.9)};
}

void describe(const DriftFile& file, const Round& read, const Numbering& numbering,
              DriftRound& out) {
  for (const std::vector<std::size_t>& captions : file.captions) {
    out.captions += captions.size();
    for (const std::size_t c : captions) {
      out.empty += text::strip_left(file.file.captions[c].text).empty();
    }
  }
  std::vector<bool> said(numbering.size(probes::drift::kWord));
  for (const std::uint32_t word : read.items[probes::drift::kWord].ids) said[word] = true;
  out.vocabulary = static_cast<std::uint64_t>(std::ranges::count(said, true));
  for (const probes::drift::Sums& sums : read.sums) {
    out.refused_sentences += static_cast<std::uint64_t>(sums.refused);
  }
  out.lengths = lengths_of(read);
}

/// The objects that changed most, with intervals that hold for all objects at once (Bonferroni), as
/// the largest of many changes is large by chance as well.
void list_objects(const Round& first, const Round& round, const Numbering& numbering,
                  std::size_t most, DriftRound& out) {
  const auto changes = probes::drift::object_changes(first, round, numbering);
  const double half =
      normal_quantile(1 - 0.025 / static_cast<double>(std::max<std::size_t>(1, changes.size())));
  for (const ObjectChange& change : changes) {
    if (change.after == change.before) continue;
    std::vector<DriftObject>& list = change.after > change.before ? out.risen : out.fallen;
    if (list.size() == most) continue;
    const double ratio = static_cast<double>(change.after) / static_cast<double>(change.before);
    DriftObject object{numbering.object(change.object), change.before, change.after, NAN, NAN, NAN};
    if (!std::isnan(change.error)) {
      object.ratio = ratio;
      object.low = ratio * std::exp(-half * change.error);
      object.high = ratio * std::exp(half * change.error);
    }
    list.push_back(std::move(object));
  }
}

/// Why measures are not there. One that is missing in some rounds is named as well.
void explain_undefined(const DriftOptions& options, DriftStudy& study) {
  using probes::drift::Need;
  for (std::size_t m = 0; m < probes::drift::kMeasures; ++m) {
    const auto& info = probes::drift::measure_info(m);
    std::string& why = study.undefined[info.name];
    if (info.need == Need::kObjects && !options.read.objects.given()) {
      why = "needs --objects";
    } else if (info.need == Need::kScenes && !options.read.scenes) {
      why = "left out by --no-scenes";
    } else if (m >= probes::drift::kPairMeasures && study.rounds.size() == 2) {
      why = "is held against round 1, so it is tested from round 2 on";
    } else if (std::ranges::any_of(
                   study.rounds.begin() + 1, study.rounds.end(),
                   [&](const DriftRound& r) { return std::isnan(r.measures[m].value); })) {
      why = "a round has nothing to measure it of";
    } else {
      study.undefined.erase(info.name);
    }
  }
}

}  // namespace

DriftStudy study_drift(const DriftOptions& options, const GlobalOptions& global) {
  DriftStudy study;
  study.input = read_rounds(options.input);
  const DriftRounds read = read_drift_rounds(study.input, options.read, global);
  study.rounds.resize(read.rounds.size());
  test_rounds(read, options, study);
  for (std::size_t r = 0; r < study.rounds.size(); ++r) {
    DriftRound& round = study.rounds[r];
    describe(study.input.rounds[r], read.rounds[r], read.numbering, round);
    round.commonest =
        probes::drift::commonest_caption(read.rounds[0], read.rounds[r], read.numbering);
    if (r == 0) continue;
    round.phrases = probes::drift::phrase_rises(read.rounds[0], read.rounds[r], read.numbering,
                                                options.phrase_captions, options.show);
    list_objects(read.rounds[0], read.rounds[r], read.numbering, options.show, round);
    if (round.verdict == DriftVerdict::kDrift && study.first_bad == 0) study.first_bad = r;
  }
  explain_undefined(options, study);
  study.signature =
      fmt::format("drift|images:{}|{}|distinct:{}|phrases:{}x{}|swaps:{}|seed:{}|alpha:{}|v:{}",
                  study.input.images.size(), read.signature, study.samples[0],
                  probes::drift::kPhraseWords, options.phrase_captions, options.statistics.draws,
                  options.statistics.seed, options.alpha, VERNIER_VERSION);
  return study;
}

}  // namespace vernier
