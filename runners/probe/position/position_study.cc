#include "runners/probe/position/position_study.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/error.h"
#include "base/printable.h"
#include "judges/probes/object/words/object_finder.h"
#include "results/statistics/tests.h"

namespace vernier {
namespace {

/// Adds a curve of what value(record number) gives.
template <class ValueOf>
void add_curve(PositionStudy& study, const std::string& name, bool less_is_better,
               const PositionOptions& options, ValueOf value) {
  std::vector<PositionValue> values;
  for (std::size_t i = 0; i < study.file.records.size(); ++i) {
    const GroupedRecord& record = study.file.records[i];
    values.push_back({record.image, record.group, record.position, value(i)});
    if (std::isnan(values.back().value)) {
      throw Error(ExitCode::kBadInput,
                  fmt::format("{}: {}: {} is undefined, which no position can "
                              "be held against",
                              study.file.name, record.id, printable(name, 60)));
    }
  }
  PositionEffects effects = position_effects(values, study.file.positions, options);
  if (!effects.undefined.empty()) {
    throw Error(ExitCode::kIncomplete,
                fmt::format("{}: {}; show every group in several orders (vernier probe position "
                            "--design makes them)",
                            study.file.name, effects.undefined));
  }
  study.balanced = study.balanced && effects.balanced;
  study.curves.push_back({name, less_is_better, std::move(effects)});
}

/// The number of each record's image in `known`.
std::vector<std::size_t> match_images(const GroupedFile& file, const probes::ImageObjects& known,
                                      const std::string& objects) {
  const std::vector<std::string_view> ids(file.images.begin(), file.images.end());
  std::vector<std::size_t> numbers = known.match(ids).images;
  const auto missing = std::ranges::find(numbers, MatchedIds::kNone);
  if (missing != numbers.end()) {
    throw Error(ExitCode::kBadInput,
                fmt::format("{}: image {} is not in {}", file.name,
                            printable(ids[static_cast<std::size_t>(missing - numbers.begin())], 60),
                            objects));
  }
  return numbers;
}

void study_objects(const PositionProbeOptions& options, const GlobalOptions& global,
                   PositionStudy& study) {
  const probes::ObjectVocabulary vocabulary = open_vocabulary(options.objects);
  const probes::LanguageTools tools = open_language_tools(options.objects, global);
  const probes::ImageObjects known = open_objects(options.objects, vocabulary, tools, 1);
  const std::vector<std::size_t> images = match_images(study.file, known, options.objects.name());
  probes::ObjectFinder finder(vocabulary, options.objects.normalisation, tools);
  std::vector<probes::ChairCaption> judged;
  std::vector<probes::GroupCaption> places;
  for (const GroupedRecord& record : study.file.records) {
    const std::size_t image = images[record.image];
    judged.push_back(probes::judge_caption(finder.find(record.caption), known.objects(image)));
    places.push_back({record.group, record.order, record.position, image});
  }
  study.leakage = probes::find_leakage(places, judged, known);
  study.leakage_p = diagonal_p(study.leakage->by_group, study.leakage->groups, options.statistics);
  add_curve(study, "chair-s", true, options.statistics,
            [&](std::size_t i) { return judged[i].hallucinated() > 0 ? 1.0 : 0.0; });
  add_curve(study, "hallucinated", true, options.statistics,
            [&](std::size_t i) { return static_cast<double>(judged[i].hallucinated()); });
  add_curve(study, "leaked", true, options.statistics,
            [&](std::size_t i) { return static_cast<double>(study.leakage->leaked_of[i]); });
}

/// What a significant contrast is called, of a value that is better when larger.
std::string bias_name(std::size_t contrast, double value) {
  switch (contrast) {
    case 0:
      return value > 0 ? "recency" : "primacy";
    case 1:
      return value > 0 ? "U-shape" : "arch";
    default:
      return "position effect";
  }
}

/// Tests of all curves and of leakage are one family (Holm). Of a curve the slope and the curvature
/// are named; where neither is found, that positions differ at all.
void judge(PositionStudy& study, double alpha) {
  struct Test {
    const PositionCurve* curve;
    std::size_t contrast;
    double value;
  };
  std::vector<Test> tests;
  std::vector<double> p;
  for (const PositionCurve& curve : study.curves) {
    const PositionEffects& e = curve.effects;
    const double sign = curve.less_is_better ? -1 : 1;
    tests.push_back({&curve, 0, sign * e.slope.value});
    p.push_back(e.slope.p);
    tests.push_back({&curve, 1, sign * e.curvature.value});
    p.push_back(e.curvature.p);
    tests.push_back({&curve, 2, e.any.value});
    p.push_back(e.any.p);
  }
  if (study.leakage) {
    tests.push_back({nullptr, 0, 0});
    p.push_back(study.leakage_p);
  }
  const std::vector<double> corrected = holm(p);
  for (std::size_t i = 0; i < tests.size(); ++i) {
    if (!(corrected[i] < alpha)) continue;
    if (tests[i].curve == nullptr) {
      study.verdicts.push_back({"leakage", "leakage", p[i], corrected[i]});
      continue;
    }
    const bool named = tests[i].contrast == 2 && !study.verdicts.empty() &&
                       study.verdicts.back().value == tests[i].curve->name;
    if (named) continue;
    study.verdicts.push_back(
        {tests[i].curve->name, bias_name(tests[i].contrast, tests[i].value), p[i], corrected[i]});
  }
}

}  // namespace

PositionStudy study_position(const PositionProbeOptions& options, const GlobalOptions& global) {
  PositionStudy study;
  study.file = read_grouped(options.input, options.values);
  std::set<std::uint32_t> orders;
  for (const GroupedRecord& record : study.file.records) orders.insert(record.order);
  study.orders = orders.size();
  for (std::size_t v = 0; v < study.file.values.size(); ++v) {
    add_curve(study, study.file.values[v], study.file.less_is_better[v], options.statistics,
              [&](std::size_t i) { return study.file.records[i].values[v]; });
  }
  if (options.objects.given()) study_objects(options, global, study);
  if (study.curves.empty()) {
    throw Error(ExitCode::kUsage,
                "nothing to compare: name a field with --value, or give --objects for CHAIR and "
                "leakage");
  }
  judge(study, options.statistics.alpha);
  study.signature =
      fmt::format("position|effects:{}|permutation:{}|seed:{}|alpha:{}|v:{}",
                  study.balanced ? "balanced" : "least-squares", options.statistics.draws,
                  options.statistics.seed, options.statistics.alpha, VERNIER_VERSION);
  return study;
}

}  // namespace vernier
