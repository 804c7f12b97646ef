#include "runners/precision/checkpoints/levels/verdict_level.h"

#include <fmt/format.h>

#include <cmath>
#include <unordered_map>
#include <utility>

#include "base/hash.h"
#include "results/statistics/rank_correlation.h"
#include "runners/judge/judged_output.h"

namespace vernier {
namespace {

/// Captions that both gave a number.
struct Rated {
  std::vector<std::size_t> captions;
  std::vector<double> a, b;
};

Rated rated_by_both(const RatingStudy& a, const RatingStudy& b) {
  std::unordered_map<std::size_t, double> scores;
  for (const JudgedCaption& one : a.rated) {
    if (one.verdict.scored()) scores[one.caption] = *one.verdict.score;
  }
  Rated out;
  for (const JudgedCaption& one : b.rated) {
    const auto found = scores.find(one.caption);
    if (!one.verdict.scored() || found == scores.end()) continue;
    out.captions.push_back(one.caption);
    out.a.push_back(found->second);
    out.b.push_back(*one.verdict.score);
  }
  return out;
}

/// How they were asked: the signature without the model that answered.
std::string question_of(const RatingStudy& study, const chat::LocalModel& model) {
  std::string out = study.signature;
  const std::string own = model.signature();
  if (const std::size_t at = out.find(own); at != std::string::npos) out.erase(at, own.size());
  return "precision-verdicts|" + out;
}

void write_run(const std::string& path, const std::string& signature, const CaptionFile& file,
               const Rated& rated, const std::vector<double>& own) {
  MetricDescription moved = mean_score("verdicts-moved", signature);
  moved.less_is_better = true;
  ProbeRun run;
  run.metrics = {mean_score("visce", signature), moved};
  run.samples = own.size();
  run.counts = {{"captions", own.size()}};
  run.sample = [&](std::size_t i) {
    const CaptionRecord& caption = file.captions[rated.captions[i]];
    ProbeSample sample = sample_of(caption);
    sample.truth = hash_bytes(caption.text);
    sample.row = {own[i], std::abs(own[i] - rated.a[i])};
    return sample;
  };
  write_probe_run(path, run);
}

HumanJudgements people_of(const CheckpointsData& data, const Rated& rated) {
  HumanJudgements people;
  if (data.ratings.empty()) return people;
  std::unordered_map<std::string_view, std::uint32_t> images;
  for (const std::size_t caption : rated.captions) {
    const CaptionRecord& record = data.candidates->captions[caption];
    const auto number = static_cast<std::uint32_t>(images.size());
    people.images.push_back(images.try_emplace(record.image_id, number).first->second);
    people.ratings.push_back({data.ratings[caption]});
  }
  return people;
}

}  // namespace

RatingStudy rate_side(Side& side, const CheckpointsData& data, const CheckpointsOptions& options,
                      const GlobalOptions& global) {
  JudgeOptions judge;
  judge.images = data.images;
  judge.cache = side.file("verdicts");
  judge.model.threads = options.threads;
  return rate_captions(*side.model, *data.candidates, judge, global);
}

VerdictLevel compare_verdicts(const SidePair& pair, const CheckpointsData& data,
                              const RatingStudy& a, const RatingStudy& b) {
  Rated rated = rated_by_both(a, b);
  const std::string signature = question_of(a, *pair.a.model);
  write_run(pair.run("verdicts", pair.a), signature, *data.candidates, rated, rated.a);
  write_run(pair.run("verdicts", pair.b), signature, *data.candidates, rated, rated.b);
  VerdictLevel out;
  out.captions = rated.captions.size();
  out.unparsed_a = a.unparsed;
  out.unparsed_b = b.unparsed;
  out.tau = kendall(rated.a, rated.b).tau_b();
  out.pearson = pearson(rated.a, rated.b);
  out.people = people_of(data, rated);
  out.a = std::move(rated.a);
  out.b = std::move(rated.b);
  return out;
}

Agreement VerdictLevel::agreement_with_people(double alpha, const CompareSettings& settings) const {
  AgreementOptions how;
  how.seed = settings.comparison.seed;
  how.alpha = alpha;
  how.threads = settings.comparison.threads;
  return agreement(people, {{"visce a", a}, {"visce b", b}}, how);
}

}  // namespace vernier
