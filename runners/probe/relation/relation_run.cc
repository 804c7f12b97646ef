#include "base/hash.h"
#include "base/json_text.h"
#include "runners/probe/relation/relation_output.h"
#include "runners/probe/run/probe_run.h"

namespace vernier {
namespace {

using probes::FactKind;
using probes::FactVerdict;

ProbeSample sample_of(const RelationStudy& study, std::size_t i) {
  const CaptionRecord& record = study.file.captions[i];
  const probes::JudgedFacts& judged = study.captions[i];
  ProbeSample sample;
  sample.id = record.id;
  sample.image_id = record.image_id;
  sample.candidate = record.text;
  sample.truth = hash_more(hash_bytes(record.image_id), study.truths[i]);
  std::string evidence = "{";
  append_json_key(evidence, "facts");
  evidence.push_back('[');
  for (const probes::JudgedFact& fact : judged.facts) {
    if (evidence.back() != '[') evidence.push_back(',');
    append_judged_fact(evidence, fact);
  }
  sample.meta = meta_with(record.meta, "relations", evidence + "]}");
  probes::FactCounts counts;
  counts.add(judged);
  for (const FactKind kind : {FactKind::kObject, FactKind::kAttribute, FactKind::kRelation}) {
    const std::uint64_t invented = counts.invented(kind);
    sample.row.push_back(static_cast<double>(counts.of(kind, FactVerdict::kSupported) + invented));
    sample.row.push_back(static_cast<double>(invented));
  }
  const std::uint64_t coverage[] = {counts.objects,    counts.objects_covered,
                                    counts.attributes, counts.attributes_covered,
                                    counts.relations,  counts.relations_covered};
  for (const std::uint64_t count : coverage) sample.row.push_back(static_cast<double>(count));
  return sample;
}

}  // namespace

void write_relations_run(const std::string& path, const RelationStudy& study) {
  ProbeRun run;
  run.metrics = ratio_metrics({"facts", "facts-coverage"}, study.signature);
  run.id_rule = study.id_rule;
  run.counts = caption_counts(study.file, study.captions.size(), study.extra);
  run.samples = study.captions.size();
  run.sample = [&study](std::size_t i) { return sample_of(study, i); };
  write_probe_run(path, run);
}

}  // namespace vernier
