#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "results/statistics/agreement/ranked_pairs.h"
#include "runners/judge/audit/rows/rows.h"

namespace vernier {
namespace {

constexpr std::string_view kVerbose = "verbose";

/// Spearman's rho of scores and words where the truth is held constant (partial correlation).
AuditMeasure partial_length(const GradedScores& graded) {
  std::vector<double> score, words, truth;
  std::vector<std::uint32_t> images;
  std::map<std::uint32_t, std::uint32_t> numbers;
  for (std::size_t i = 0; i < graded.captions.size(); ++i) {
    if (std::isnan(graded.ratings.scores[i])) continue;
    score.push_back(graded.ratings.scores[i]);
    words.push_back(static_cast<double>(words_in(graded.captions[i].caption->text)));
    truth.push_back(graded.captions[i].caption->truth);
    const auto next = static_cast<std::uint32_t>(numbers.size());
    images.push_back(numbers.try_emplace(graded.captions[i].image, next).first->second);
  }
  const RankedPairs with_words(score, words, images), with_truth(score, truth, images),
      of_words(words, truth, images);
  RankedPairs::Scratch scratch;
  return statistic_of(numbers.size(), [&](std::span<const std::uint16_t> weights) {
    const double sw = with_words.measure(weights, scratch).spearman;
    const double st = with_truth.measure(weights, scratch).spearman;
    const double wt = of_words.measure(weights, scratch).spearman;
    return (sw - st * wt) / std::sqrt((1 - st * st) * (1 - wt * wt));
  });
}

AuditMeasure added_sentence(AuditJudge& judge, const std::vector<AuditJudge::Asked>& plain,
                            const std::vector<AuditJudge::Asked>& longer) {
  const Ratings before = judge.rate(plain), after = judge.rate(longer);
  std::vector<ClusteredValue> changes;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    changes.push_back({plain[i].image, after.scores[i] - before.scores[i]});
  }
  return mean_of(changes);
}

double entropy(const std::map<double, double>& counts, double total) {
  double bits = 0;
  for (const auto& [value, count] : counts) bits -= count / total * std::log2(count / total);
  return bits;
}

}  // namespace

AuditRow verbosity_row(AuditJudge& judge, const GradedScores& graded) {
  AuditRow row{"verbosity", "Do longer captions get more?", {}, {}};
  if (!graded.ratings.usable()) {
    row.reason = graded.ratings.complaint();
    return row;
  }
  row.measures.push_back(named(partial_length(graded),
                               "rank correlation of score and words, truth held constant", -0.1,
                               0.1));
  std::vector<AuditJudge::Asked> plain, filled, once, twice;
  for (std::size_t i = 0; i < judge.scenes().size(); ++i) {
    const AuditScene& scene = judge.scenes()[i];
    const std::string& correct = scene.correct().text;
    const auto verbose = scene.captions.find(std::string(kVerbose));
    if (verbose == scene.captions.end()) continue;
    // The filler is a last sentence of its own.
    const std::string& text = verbose->second.text;
    const std::size_t last = text.rfind(". ", text.size() - 3);
    if (last == std::string::npos) continue;
    plain.push_back({i, correct});
    filled.push_back({i, correct + text.substr(last + 1)});
    if (const auto said = repetition(scene)) {
      once.push_back({i, said->once});
      twice.push_back({i, said->twice});
    }
  }
  row.measures.push_back(
      named(added_sentence(judge, plain, filled), "points for an empty sentence", -2, 2));
  row.measures.push_back(named(added_sentence(judge, once, twice),
                               "points for a true sentence that says nothing new", -2, 2));
  return row;
}

AuditRow clustering_row(const GradedScores& graded) {
  AuditRow row{"clustering", "Do captions of different worth get the same score?", {}, {}};
  if (!graded.ratings.usable()) {
    row.reason = graded.ratings.complaint();
    return row;
  }
  for (const bool raw : {false, true}) {
    const std::vector<double>& scores = raw ? graded.ratings.raw : graded.ratings.scores;
    const std::string which = raw ? "likeliest number: " : "score: ";
    std::map<double, double> counts;
    double total = 0;
    for (const double score : scores) {
      if (std::isnan(score)) continue;
      ++counts[score];
      ++total;
    }
    if (total == 0) continue;
    std::vector<double> largest;
    largest.reserve(counts.size());
    for (const auto& [value, count] : counts) largest.push_back(count);
    std::ranges::sort(largest, std::greater<>());
    double top = 0;
    for (std::size_t k = 0; k < std::min<std::size_t>(3, largest.size()); ++k) top += largest[k];
    // Pairs of captions of one image that differ in truth: ties among these lose something.
    std::vector<ClusteredValue> ties;
    for (std::size_t i = 0; i < scores.size(); ++i) {
      for (std::size_t k = i + 1;
           k < scores.size() && graded.captions[k].image == graded.captions[i].image; ++k) {
        if (graded.captions[i].caption->truth == graded.captions[k].caption->truth) continue;
        if (std::isnan(scores[i]) || std::isnan(scores[k])) continue;
        ties.push_back({graded.captions[i].image, scores[i] == scores[k] ? 100.0 : 0.0});
      }
    }
    row.measures.push_back(named(mean_of(ties), which + "ties between unequal captions, %", {},
                                 raw ? std::optional<double>() : 5.0));
    const auto plain = [&](double value, const char* name) {
      AuditMeasure measure;
      measure.value = value;
      measure.low = measure.high = std::nan("");
      measure.n = static_cast<std::uint64_t>(total);
      row.measures.push_back(named(measure, which + name));
    };
    plain(static_cast<double>(counts.size()), "different values");
    plain(entropy(counts, total), "entropy, bits");
    plain(100 * top / total, "the three commonest, %");
  }
  return row;
}

AuditRow scale_row(AuditJudge& judge, const GradedScores& graded) {
  AuditRow row{"scale", "Does the scale that is asked for matter?", {}, {}};
  if (!graded.ratings.usable()) {
    row.reason = graded.ratings.complaint();
    return row;
  }
  std::vector<AuditJudge::Asked> asked;
  for (const auto& one : graded.captions) asked.push_back({one.image, one.caption->text});
  std::string missing;
  for (const visce::Scale scale : {visce::Scale{0, 10}, visce::Scale{1, 5}}) {
    visce::RaterOptions how = judge.how();
    how.scale = scale;
    const std::string name = fmt::format("{} to {}", scale.low, scale.high);
    const Ratings other = judge.rate(asked, how);
    if (!other.usable()) {
      missing += fmt::format("{}{}: {}", missing.empty() ? "" : "; ", name, other.complaint());
      continue;
    }
    row.measures.push_back(named(tau_of(graded.ratings.scores, other.scores, graded.images()),
                                 fmt::format("tau-b with the scale {}", name), 0.9));
    std::vector<ClusteredValue> off;
    for (std::size_t i = 0; i < asked.size(); ++i) {
      off.push_back({asked[i].image, std::abs(other.scores[i] - graded.ratings.scores[i])});
    }
    row.measures.push_back(
        named(mean_of(off), fmt::format("mean distance from the scale {}, points", name)));
  }
  if (row.measures.empty()) row.reason = missing;
  return row;
}

AuditRow prompt_row(AuditJudge& judge, const GradedScores& graded) {
  AuditRow row{"wording", "Do other words for the same question change the scores?", {}, {}};
  if (judge.prompts().paraphrases.empty()) {
    row.reason = "the prompts have no paraphrases";
    return row;
  }
  std::vector<AuditJudge::Asked> asked;
  for (const auto& one : graded.captions) asked.push_back({one.image, one.caption->text});
  visce::RaterOptions how = judge.how();
  how.mode = visce::RatingMode::kDirect;
  std::vector<Ratings> all;
  std::string missing;
  for (std::size_t n = 0; n <= judge.prompts().paraphrases.size(); ++n) {
    how.paraphrase = n;
    Ratings ratings = judge.rate(asked, how);
    if (ratings.usable()) {
      all.push_back(std::move(ratings));
    } else {
      missing = ratings.complaint();
    }
  }
  if (all.size() < 2) {
    row.reason = missing;
    return row;
  }
  // Mean over pairs; each resample takes the same images for all of them.
  std::vector<std::uint32_t> images;
  std::vector<std::vector<double>> lists(all.size());
  std::map<std::uint32_t, std::uint32_t> numbers;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (std::ranges::any_of(all, [&](const Ratings& r) { return std::isnan(r.scores[i]); })) {
      continue;
    }
    const auto next = static_cast<std::uint32_t>(numbers.size());
    images.push_back(numbers.try_emplace(graded.captions[i].image, next).first->second);
    for (std::size_t n = 0; n < all.size(); ++n) lists[n].push_back(all[n].scores[i]);
  }
  std::vector<RankedPairs> pairs;
  for (std::size_t a = 0; a < lists.size(); ++a) {
    for (std::size_t b = a + 1; b < lists.size(); ++b)
      pairs.emplace_back(lists[a], lists[b], images);
  }
  RankedPairs::Scratch scratch;
  row.measures.push_back(named(statistic_of(numbers.size(),
                                            [&](std::span<const std::uint16_t> weights) {
                                              double sum = 0;
                                              for (const RankedPairs& pair : pairs) {
                                                sum += pair.measure(weights, scratch).tau_b;
                                              }
                                              return sum / static_cast<double>(pairs.size());
                                            }),
                               fmt::format("mean tau-b between {} wordings", all.size()), 0.8));
  return row;
}

}  // namespace vernier
