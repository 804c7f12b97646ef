#include "runners/probe/chair/chair_run.h"

#include "base/hash.h"
#include "base/json_text.h"
#include "metrics/aggregate/ratios.h"
#include "results/run/lines/run_writer.h"
#include "results/run/run_rows.h"
#include "runners/run/run_output.h"
#include "runners/score/corpus/set_digest.h"

namespace vernier {
namespace {

RunHeader header_of(const ChairStudy& study) {
  RunHeader header;
  header.version = VERNIER_VERSION;
  header.id_rule = study.id_rule;
  for (const char* name : {"chair", "chair-coverage"}) {
    // Both are of one signature: it says how mentions are found and what the images hold.
    header.metrics.push_back(describe_ratios(*make_ratio_aggregator(name), study.signature));
  }
  SetDigest dataset, candidates;
  for (std::size_t i = 0; i < study.captions.size(); ++i) {
    const CaptionRecord& record = study.file.captions[i];
    std::uint64_t objects = hash_bytes(record.image_id);
    for (const std::uint32_t object : study.known.objects(study.images[i])) {
      objects = hash_more(objects, hash_bytes(study.vocabulary.class_name(object)));
    }
    dataset.add(hash_bytes(record.id), objects);
    candidates.add(hash_bytes(record.id), hash_bytes(record.text));
  }
  header.dataset_digest = dataset.hexadecimal();
  header.candidates_digest = candidates.hexadecimal();
  return header;
}

/// The record's own further fields, and the evidence.
std::string meta_of(const ChairStudy& study, std::size_t caption) {
  std::string meta = study.file.captions[caption].meta;
  if (meta.empty()) {
    meta = "{";
  } else {
    meta.pop_back();  // the closing brace
  }
  append_json_key(meta, "chair");
  meta.push_back('{');
  append_chair_evidence(meta, study, caption);
  return meta + "}}";
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
  RunOutput output(path);
  if (output.journal() != nullptr) output.journal()->keep(0);
  const RunHeader header = header_of(study);
  RunWriter run(header, output.writing());
  run.write_header();
  const RunAggregator aggregator(header);
  std::vector<double> scores(header.score_names().size());
  std::string line;
  for (std::size_t i = 0; i < study.captions.size(); ++i) {
    const probes::ChairCaption& caption = study.captions[i];
    const double bad = caption.hallucinated();
    const std::vector<double> row = {1,
                                     bad > 0 ? 1.0 : 0.0,
                                     static_cast<double>(caption.mentions.size()),
                                     bad,
                                     1,
                                     static_cast<double>(caption.objects),
                                     static_cast<double>(caption.recalled),
                                     static_cast<double>(caption.tokens)};
    aggregator.aggregate(row, 1, scores);
    const CaptionRecord& record = study.file.captions[i];
    const std::string meta = meta_of(study, i);
    line.clear();
    append_run_sample(line, header,
                      {i, record.id, record.image_id, record.text, {}, meta, scores, row});
    const std::uint64_t hash = RunDigest::line_hash(line);
    run.write_samples(line, std::span(&hash, 1), row);
  }
  const std::vector<RunCount> counts = {{"scored", study.captions.size()},
                                        {"empty_candidate", study.file.empty},
                                        {"extra_candidate", study.extra},
                                        {"duplicate_candidate", study.file.repeated}};
  run.write_footer(counts,
                   [&](std::span<const double> sums, double samples, std::span<double> totals) {
                     aggregator.aggregate(sums, samples, totals);
                   });
  output.commit();
}

}  // namespace vernier
