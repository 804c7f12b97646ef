#include "runners/probe/live/study/description_study.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>

#include "base/parallel.h"
#include "judges/probes/live/descriptions/prose.h"
#include "judges/probes/object/chair/chair.h"
#include "judges/probes/relation/fact_judge.h"
#include "judges/probes/relation/scores/fact_counts.h"
#include "results/statistics/intervals/interval.h"
#include "results/statistics/resampling/spread.h"
#include "runners/probe/language/word_tools.h"
#include "runners/probe/scenes/caption_facts.h"

namespace vernier {
namespace {

constexpr std::size_t kMeasures = kDescriptionMeasures.size();

/// Parts and wholes of the measures, in their order: columns 2 m and 2 m + 1.
constexpr std::size_t kColumns = 2 * kMeasures;

void add_columns(const JudgedDescription& one, std::span<double> sums) {
  const double columns[kColumns] = {one.invented > 0 ? 1.0 : 0.0,
                                    1,
                                    static_cast<double>(one.invented),
                                    static_cast<double>(one.mentions),
                                    static_cast<double>(one.recalled),
                                    static_cast<double>(one.objects),
                                    static_cast<double>(one.words),
                                    1,
                                    static_cast<double>(one.wrong_attributes),
                                    static_cast<double>(one.attributes),
                                    static_cast<double>(one.wrong_relations),
                                    static_cast<double>(one.relations)};
  for (std::size_t k = 0; k < kColumns; ++k) sums[k] += columns[k];
}

double measure_of(std::span<const double> sums, std::size_t prompt, std::size_t measure) {
  const double part = sums[prompt * kColumns + 2 * measure];
  const double whole = sums[prompt * kColumns + 2 * measure + 1];
  if (whole <= 0) return std::numeric_limits<double>::quiet_NaN();
  return (measure == 3 ? 1 : 100) * part / whole;
}

/// The names of all things that are drawn, a class each.
probes::ObjectVocabulary vocabulary_of(const std::vector<ImageScene>& scenes) {
  std::vector<std::string> names;
  for (const ImageScene& scene : scenes) {
    for (const SceneObject& object : scene.objects) names.push_back(object.names.front());
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  std::string lines;
  for (const std::string& name : names) lines += name + "\n";
  return probes::ObjectVocabulary::parse(lines, "names of objects in the graphs");
}

class Judge {
 public:
  Judge(const std::vector<ImageScene>& scenes, const WordTools& tools)
      : vocabulary_(vocabulary_of(scenes)), tools_(tools) {
    for (const ImageScene& scene : scenes) {
      truths_.emplace_back(scene, *tools.language.word_net);
      for (const probes::TruthEdge& edge : truths_.back().edges()) {
        predicates_.insert(edge.predicate);
        predicates_.insert(probes::Predicates::get().inverse(edge.predicate));
      }
      std::vector<std::uint32_t>& objects = objects_.emplace_back();
      for (const SceneObject& object : scene.objects) {
        if (const auto named = vocabulary_.class_of_name(object.names.front())) {
          objects.push_back(*named);
        }
      }
      std::sort(objects.begin(), objects.end());
      objects.erase(std::unique(objects.begin(), objects.end()), objects.end());
    }
  }

  /// Judges descriptions; `scene_of` names the scene of each.
  void judge(std::vector<JudgedDescription>& descriptions, const std::vector<std::size_t>& scene_of,
             const std::vector<probes::Facts>& facts, unsigned threads) const {
    parallel_blocks(threads, descriptions.size(), 16, [&] {
      const auto finder = std::make_shared<probes::ObjectFinder>(
          vocabulary_, probes::Normalisation::kPattern, tools_.language);
      const auto judge =
          std::make_shared<probes::FactJudge>(*tools_.language.word_net, *tools_.senses);
      return [&, finder, judge](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
          const probes::ChairCaption found =
              probes::judge_caption(finder->find(descriptions[i].text), objects_[scene_of[i]]);
          descriptions[i].mentions = found.mentions.size();
          descriptions[i].invented = found.hallucinated();
          descriptions[i].objects = found.objects;
          descriptions[i].recalled = found.recalled;
          descriptions[i].words = found.tokens;
          add_facts(judge->judge(facts[i], truths_[scene_of[i]]), descriptions[i]);
        }
      };
    });
  }
  std::uint64_t digest() const { return vocabulary_.digest(); }

 private:
  /// A fact about a thing that is not there is an invented object's, and counted there. The graphs
  /// cannot judge relations of other kinds than they hold: that a sign says something.
  void add_facts(const probes::JudgedFacts& judged, JudgedDescription& out) const {
    for (const probes::JudgedFact& one : judged.facts) {
      const bool supported = one.verdict == probes::FactVerdict::kSupported;
      const bool wrong =
          probes::is_invented(one.verdict) && one.verdict != probes::FactVerdict::kObjectMissing;
      if (!supported && !wrong) continue;
      if (one.fact.kind == probes::FactKind::kAttribute) {
        ++out.attributes;
        out.wrong_attributes += wrong;
        if (wrong) out.wrong.push_back(one.fact.link + " " + one.fact.subject);
      } else if (one.fact.kind == probes::FactKind::kRelation && holds(one.fact.link)) {
        ++out.relations;
        out.wrong_relations += wrong;
        if (wrong) {
          out.wrong.push_back(one.fact.subject + " " + one.fact.link + " " + one.fact.object);
        }
      }
    }
  }
  bool holds(const std::string& predicate) const {
    return predicates_.contains(
        probes::Predicates::get().canonical(predicate, *tools_.language.word_net));
  }

  probes::ObjectVocabulary vocabulary_;
  const WordTools& tools_;
  std::set<std::string> predicates_;                 // canonical
  std::vector<probes::TruthGraph> truths_;           // by scene
  std::vector<std::vector<std::uint32_t>> objects_;  // by scene, ascending
};

void set_scores(DescriptionStudy& study, const ClusterTable& table,
                const LiveStatistics& statistics) {
  const std::size_t prompts = study.prompts.size(), values = prompts * kMeasures;
  const auto measure = [prompts, values](std::span<const double> sums, std::span<double> out) {
    for (std::size_t p = 0; p < prompts; ++p) {
      for (std::size_t m = 0; m < kMeasures; ++m) {
        out[p * kMeasures + m] = measure_of(sums, p, m);
        out[values + p * kMeasures + m] = measure_of(sums, p, m) - measure_of(sums, 0, m);
      }
    }
  };
  std::vector<double> all(2 * values);
  measure(table.total(), all);
  const std::vector<Spread> spreads = bootstrap_spreads(
      table, all.size(), measure, {statistics.resamples, statistics.seed, statistics.threads});
  const auto interval = [&](std::size_t s) {
    return bootstrap_interval(spreads[s].replicates, all[s], spreads[s].left_out,
                              statistics.alpha / 2, IntervalMethod::kBca);
  };
  for (std::size_t p = 0; p < prompts; ++p) {
    for (std::size_t m = 0; m < kMeasures; ++m) {
      MeasuredDescription& one = study.prompts[p].measures[m];
      one.value = all[p * kMeasures + m];
      const Interval own = interval(p * kMeasures + m);
      one.low = own.low;
      one.high = own.high;
      if (p == 0) continue;
      one.change = all[values + p * kMeasures + m];
      const Interval paired = interval(values + p * kMeasures + m);
      one.change_low = paired.low;
      one.change_high = paired.high;
    }
  }
}

}  // namespace

DescriptionStudy study_descriptions(const std::vector<ImageScene>& scenes,
                                    const std::vector<probes::DescriptionPrompt>& prompts,
                                    const std::vector<std::vector<const std::string*>>& texts,
                                    const LanguageOptions& language,
                                    const LiveStatistics& statistics, const GlobalOptions& global) {
  DescriptionStudy study;
  for (const probes::DescriptionPrompt& prompt : prompts) study.prompts.push_back({prompt, {}});
  const WordTools tools = open_word_tools(language, global);
  const FactFinder finder({false, "", true}, *tools.language.punkt);
  std::vector<std::size_t> scene_of;
  for (std::size_t i = 0; i < scenes.size(); ++i) {
    if (std::ranges::find(texts[i], nullptr) != texts[i].end()) continue;
    ++study.images;
    for (std::size_t p = 0; p < prompts.size(); ++p) {
      JudgedDescription& one = study.descriptions.emplace_back();
      one.image_id = scenes[i].id;
      one.prompt = prompts[p].name;
      one.text = *texts[i][p];
      scene_of.push_back(i);
    }
  }
  std::vector<std::string> prose;
  for (const JudgedDescription& one : study.descriptions) {
    prose.push_back(probes::prose_of(one.text));
  }
  const std::vector<std::string_view> views(prose.begin(), prose.end());
  const Judge judge(scenes, tools);
  judge.judge(study.descriptions, scene_of, finder.find(views, statistics.threads),
              statistics.threads);
  ClusterTable table(study.images, prompts.size() * kColumns);
  for (std::size_t i = 0; i < study.descriptions.size(); ++i) {
    add_columns(study.descriptions[i],
                table.row(i / prompts.size()).subspan(i % prompts.size() * kColumns, kColumns));
  }
  if (study.images > 0) set_scores(study, table, statistics);
  study.signature = fmt::format("{}|{}|classes:{:08x}", finder.signature(), tools.signature,
                                judge.digest() >> 32);
  return study;
}

}  // namespace vernier
