#include "runners/probe/words/words_measures.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "results/statistics/detection.h"
#include "results/statistics/resampling/draw.h"

namespace vernier {
namespace {

using probes::CheckedWord;
using probes::LabelledText;

/// One check on some texts, ready for resampling.
class Measured {
 public:
  Measured(const WordsStudy& study, const std::vector<std::size_t>& part,
           double CheckedText::*score, bool CheckedText::*hit)
      : cases_(ranked(study, part, score)) {
    for (const std::size_t i : part) {
      const LabelledText& text = study.labelled.texts[i];
      if (text.invented && !text.places.empty()) hits_.push_back({text.image, study.texts[i].*hit});
    }
  }

  CheckQuality measure(std::span<const std::uint16_t> weights) const {
    const Detection detection = cases_.measure(weights);
    double all = 0, found = 0;
    for (const Hit& hit : hits_) {
      const double weight = weights.empty() ? 1 : weights[hit.image];
      all += weight;
      if (hit.found) found += weight;
    }
    return {detection.average_precision, detection.area, all > 0 ? found / all : NAN};
  }

 private:
  struct Hit {
    std::uint32_t image;
    bool found;
  };
  static RankedCases ranked(const WordsStudy& study, const std::vector<std::size_t>& part,
                            double CheckedText::*score) {
    std::vector<double> scores;
    std::vector<bool> bad;
    std::vector<std::uint32_t> images;
    for (const std::size_t i : part) {
      scores.push_back(study.texts[i].*score);
      bad.push_back(study.labelled.texts[i].invented);
      images.push_back(study.labelled.texts[i].image);
    }
    return {scores, bad, images};
  }

  RankedCases cases_;
  std::vector<Hit> hits_;
};

CheckQuality operator-(const CheckQuality& a, const CheckQuality& b) {
  return {a.average_precision - b.average_precision, a.area - b.area,
          a.localisation - b.localisation};
}

void set_intervals(const std::vector<CheckQuality>& replicates, MeasuredQuality& out) {
  const auto interval = [&](double CheckQuality::*member) {
    std::vector<double> values;
    for (const CheckQuality& one : replicates) values.push_back(one.*member);
    return bootstrap_interval(std::move(values), out.value.*member, {}, 0.025,
                              IntervalMethod::kPercentile);
  };
  out.average_precision = interval(&CheckQuality::average_precision);
  out.area = interval(&CheckQuality::area);
  out.localisation = interval(&CheckQuality::localisation);
}

WordsPart measure(const WordsOptions& options, const WordsStudy& study, std::string group,
                  const std::vector<std::size_t>& texts) {
  WordsPart part;
  part.group = std::move(group);
  part.texts = texts.size();
  for (const std::size_t i : texts) {
    const LabelledText& text = study.labelled.texts[i];
    part.invented += text.invented;
    if (text.invented && text.places.empty()) continue;
    for (const CheckedWord& word : study.texts[i].words) {
      const bool marked = text.marks(word.word.place);
      const bool found = word.verdict == probes::WordVerdict::kUnsupported;
      ++(marked ? part.marked : part.unmarked);
      (marked ? part.marked_found : part.unmarked_found) += found;
    }
  }
  const Measured words(study, texts, &CheckedText::words_score, &CheckedText::words_hit);
  const Measured chair(study, texts, &CheckedText::chair_score, &CheckedText::chair_hit);
  part.words.value = words.measure({});
  part.chair.value = chair.measure({});
  part.difference.value = part.words.value - part.chair.value;
  std::vector<CheckQuality> of_words, of_chair, differences;
  std::vector<std::uint16_t> weights(study.labelled.images.size());
  for (std::size_t r = 0; r < options.resamples; ++r) {
    draw_weights(Weighting::kBootstrap, options.seed, r, weights);
    of_words.push_back(words.measure(weights));
    of_chair.push_back(chair.measure(weights));
    differences.push_back(of_words.back() - of_chair.back());
  }
  set_intervals(of_words, part.words);
  set_intervals(of_chair, part.chair);
  set_intervals(differences, part.difference);
  return part;
}

}  // namespace

std::vector<WordsPart> measure_words(const WordsOptions& options, const WordsStudy& study) {
  std::vector<WordsPart> parts;
  std::vector<std::size_t> all(study.texts.size());
  std::set<std::string> groups;
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i] = i;
    groups.insert(study.labelled.texts[i].group);
  }
  parts.push_back(measure(options, study, "", all));
  if (groups.size() < 2) return parts;
  for (const std::string& group : groups) {
    std::vector<std::size_t> texts;
    std::ranges::copy_if(all, std::back_inserter(texts),
                         [&](std::size_t i) { return study.labelled.texts[i].group == group; });
    parts.push_back(measure(options, study, group, texts));
  }
  return parts;
}

}  // namespace vernier
