#include "runners/probe/chair/chair_run.h"

#include "base/hash.h"
#include "base/json_text.h"
#include "runners/probe/run/probe_run.h"

namespace vernier {
namespace {

ProbeSample sample_of(const ChairStudy& study, std::size_t i) {
  const CaptionRecord& record = study.file.captions[i];
  const probes::ChairCaption& caption = study.captions[i];
  ProbeSample sample;
  sample.id = record.id;
  sample.image_id = record.image_id;
  sample.candidate = record.text;
  sample.truth = hash_bytes(record.image_id);
  for (const std::uint32_t object : study.known.objects(study.images[i])) {
    sample.truth = hash_more(sample.truth, hash_bytes(study.vocabulary.class_name(object)));
  }
  std::string evidence = "{";
  append_chair_evidence(evidence, study, i);
  sample.meta = meta_with(record.meta, "chair", evidence + "}");
  const double bad = caption.hallucinated();
  sample.row = {1,
                bad > 0 ? 1.0 : 0.0,
                static_cast<double>(caption.mentions.size()),
                bad,
                1,
                static_cast<double>(caption.objects),
                static_cast<double>(caption.recalled),
                static_cast<double>(caption.tokens)};
  return sample;
}

}  // namespace

void append_chair_evidence(std::string& out, const ChairStudy& study, std::size_t caption) {
  std::vector<std::string_view> objects;
  for (const std::uint32_t object : study.known.objects(study.images[caption])) {
    objects.push_back(study.vocabulary.class_name(object));
  }
  append_json_key(out, "objects");
  append_json_strings(out, objects);
  append_json_key(out, "mentions");
  out.push_back('[');
  for (const probes::JudgedMention& m : study.captions[caption].mentions) {
    out += out.back() == '[' ? "{" : ",{";
    append_json_count(out, "start", m.place.begin);
    append_json_count(out, "end", m.place.end);
    append_json_member(out, "word", m.word);
    append_json_member(out, "object", study.vocabulary.class_name(m.object));
    append_json_member(out, "verdict", m.hallucinated ? "hallucinated" : "supported");
    append_json_count(out, "sentence", m.sentence + 1);
    append_json_count(out, "token", m.token + 1);
    out.push_back('}');
  }
  out.push_back(']');
}

void write_chair_run(const std::string& path, const ChairStudy& study) {
  ProbeRun run;
  // Both are of one signature: it says how mentions are found and what the images hold.
  run.metrics = ratio_metrics({"chair", "chair-coverage"}, study.signature);
  run.id_rule = study.id_rule;
  run.counts = caption_counts(study.file, study.captions.size(), study.extra);
  run.samples = study.captions.size();
  run.sample = [&study](std::size_t i) { return sample_of(study, i); };
  write_probe_run(path, run);
}

}  // namespace vernier
