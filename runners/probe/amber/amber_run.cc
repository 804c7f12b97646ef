#include "runners/probe/amber/amber_run.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/json_text.h"
#include "runners/probe/run/probe_run.h"

namespace vernier {
namespace {

const char* verdict_name(probes::AmberVerdict verdict) {
  switch (verdict) {
    case probes::AmberVerdict::kSafe:
      return "safe";
    case probes::AmberVerdict::kSupported:
      return "supported";
    case probes::AmberVerdict::kTarget:
      return "target";
    case probes::AmberVerdict::kHallucinated:
      break;
  }
  return "hallucinated";
}

ProbeSample sample_of(const AmberStudy::Description& description) {
  const probes::AmberGenerative& counts = description.judged.counts;
  ProbeSample sample;
  sample.id = sample.image_id = description.id;
  sample.candidate = description.text;
  std::string evidence = "{";
  append_json_key(evidence, "objects");
  append_json_strings(evidence, description.image.truth);
  append_amber_mentions(evidence, description);
  sample.meta = meta_with("", "amber", evidence + "}");
  for (const auto* objects : {&description.image.truth, &description.image.absent}) {
    for (const std::string& object : *objects) {
      sample.truth = hash_more(sample.truth, hash_bytes(object));
    }
  }
  const auto d = [](std::uint64_t count) { return static_cast<double>(count); };
  sample.row = {1,
                d(counts.n - counts.clean),
                d(counts.mentions),
                d(counts.hallucinated),
                d(counts.targets),
                d(counts.hit),
                1,
                d(counts.truth),
                d(counts.covered),
                d(counts.mentions)};
  return sample;
}

}  // namespace

void append_amber_mentions(std::string& out, const AmberStudy::Description& description) {
  append_json_key(out, "mentions");
  out.push_back('[');
  for (const probes::JudgedNoun& judged : description.judged.nouns) {
    out += out.back() == '[' ? "{" : ",{";
    append_json_count(out, "start", judged.noun.place.begin);
    append_json_count(out, "end", judged.noun.place.end);
    append_json_member(out, "word", judged.noun.lemma);
    append_json_member(out, "verdict", verdict_name(judged.verdict));
    if (!judged.object.empty()) append_json_member(out, "object", judged.object);
    out.push_back('}');
  }
  out.push_back(']');
}

void write_amber_run(const std::string& path, const AmberStudy& study) {
  if (study.descriptions.empty()) {
    throw Error(ExitCode::kUsage,
                "-o writes a run of descriptions, and there are none among the responses");
  }
  ProbeRun run;
  run.metrics = ratio_metrics({"amber-generative", "amber-coverage"}, study.signature);
  std::uint64_t empty = 0;
  for (const AmberStudy::Description& description : study.descriptions) {
    empty += description.text.empty();
  }
  run.counts = {{"scored", study.descriptions.size()},
                {"empty_candidate", empty},
                {"missing_candidate", study.descriptions_asked - study.descriptions.size()},
                {"duplicate_candidate", study.repeated}};
  run.samples = study.descriptions.size();
  run.sample = [&](std::size_t i) { return sample_of(study.descriptions[i]); };
  write_probe_run(path, run);
}

}  // namespace vernier
