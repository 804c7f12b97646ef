#include "results/precision/changes.h"

#include <algorithm>
#include <cmath>

#include "results/statistics/tests.h"

namespace vernier {
namespace {

struct Values {
  double a, b;
};

std::vector<Values> values_of(const PairedRuns& runs, const PairedRuns::Score& score) {
  std::vector<Values> values;
  values.reserve(runs.samples());
  for (std::size_t n = 0; n < runs.samples(); ++n) {
    const auto [a, b] = runs.sentence_scores(n, score);
    values.push_back({a, b});
  }
  return values;
}

bool is_binary(const std::vector<Values>& values) {
  const auto binary = [](double v) { return v == 0 || v == 1; };
  return std::all_of(values.begin(), values.end(),
                     [&](const Values& v) { return binary(v.a) && binary(v.b); });
}

Flips flips_of(const PairedRuns::Score& score, const std::vector<Values>& values) {
  Flips flips;
  flips.score = score.name;
  flips.less_is_better = score.less_is_better;
  const double right = score.less_is_better ? 0 : 1;
  for (std::size_t n = 0; n < values.size(); ++n) {
    const bool in_a = values[n].a == right, in_b = values[n].b == right;
    if (in_a && in_b) {
      ++flips.right_in_both;
    } else if (!in_a && !in_b) {
      ++flips.wrong_in_both;
    } else {
      (in_a ? flips.broken : flips.repaired).push_back(n);
    }
  }
  flips.p = mcnemar_p(flips.broken.size(), flips.repaired.size());
  return flips;
}

Shift shift_of(const PairedRuns::Score& score, const std::vector<Values>& values) {
  Shift shift;
  shift.score = score.name;
  double sum = 0;
  for (const auto& [a, b] : values) {
    const double distance = std::abs(b - a);
    if (std::isnan(distance)) continue;
    ++shift.samples;
    shift.equal += distance == 0;
    shift.largest = std::max(shift.largest, distance);
    sum += distance;
  }
  shift.mean = sum / static_cast<double>(shift.samples);
  return shift;
}

std::vector<std::string_view> words(std::string_view text) {
  constexpr std::string_view kBlank = " \t\n\r\f\v";
  std::vector<std::string_view> out;
  for (std::size_t at = 0; (at = text.find_first_not_of(kBlank, at)) < text.size();) {
    const std::size_t end = std::min(text.find_first_of(kBlank, at), text.size());
    out.push_back(text.substr(at, end - at));
    at = end;
  }
  return out;
}

TextChanges text_changes(const PairedRuns& runs) {
  TextChanges texts;
  if (!runs.a().has_texts() || !runs.b().has_texts()) return texts;
  texts.samples = runs.samples();
  std::vector<std::size_t> common;
  for (std::size_t n = 0; n < runs.samples(); ++n) {
    const std::string_view text_a = runs.a().samples()[n].candidate;
    const std::string_view text_b = runs.b().samples()[runs.partner(n)].candidate;
    const auto a = words(text_a), b = words(text_b);
    texts.words_a += static_cast<double>(a.size());
    texts.words_b += static_cast<double>(b.size());
    if (text_a == text_b) {
      ++texts.equal;
      continue;
    }
    const auto first = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first;
    common.push_back(static_cast<std::size_t>(first - a.begin()));
  }
  texts.words_a /= static_cast<double>(texts.samples);
  texts.words_b /= static_cast<double>(texts.samples);
  if (!common.empty()) {
    const auto middle = common.begin() + static_cast<std::ptrdiff_t>(common.size() / 2);
    std::nth_element(common.begin(), middle, common.end());
    texts.common_words = static_cast<double>(*middle);
  }
  return texts;
}

}  // namespace

Changes changes(const PairedRuns& runs) {
  Changes found;
  for (const PairedRuns::Score& score : runs.scores()) {
    const std::vector<Values> values = values_of(runs, score);
    if (is_binary(values)) {
      found.flips.push_back(flips_of(score, values));
    } else {
      found.shifts.push_back(shift_of(score, values));
    }
  }
  found.texts = text_changes(runs);
  return found;
}

}  // namespace vernier
