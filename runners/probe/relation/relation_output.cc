#include "runners/probe/relation/relation_output.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "base/json_text.h"
#include "runners/output/text_table.h"
#include "runners/probe/output/rate_curve_json.h"

namespace vernier {
namespace {

using probes::ElementScores;
using probes::FactCounts;
using probes::FactKind;
using probes::FactVerdict;

struct Kind {
  FactKind kind;
  const char* name;   // of claims
  const char* score;  // how scores of the kind begin
};
constexpr std::array<Kind, 3> kKinds = {{{FactKind::kObject, "objects", "object"},
                                         {FactKind::kAttribute, "attributes", "attribute"},
                                         {FactKind::kRelation, "relations", "relation"}}};

std::string percent(double share) {
  return std::isfinite(share) ? fmt::format("{:.1f}", 100 * share) : "-";
}

/// Keys of what is undefined, with the reason.
void note_undefined(std::string& out, const Kind& kind, const ElementScores& scores) {
  const auto note = [&](const char* score, double value, const char* reason) {
    if (std::isfinite(value)) return;
    append_json_member(out, fmt::format("{}-{}", kind.score, score), reason);
  };
  note("precision", scores.precision, "no claim of this kind is supported or invented");
  note("hallucination", scores.hallucination, "no claim of this kind is supported or invented");
  note("hallucination-at-most", scores.most, "no claim of this kind is judged");
  note("judged", scores.judged, "there is no claim of this kind");
  note("recall", scores.recall, "nothing of this kind is known of the images");
  note("f1", scores.f1, "precision or recall is undefined");
}

void append_counts(std::string& out, const FactCounts& counts, const Kind& kind) {
  append_json_key(out, kind.name);
  out.push_back('{');
  for (std::size_t v = 0; v < probes::kFactVerdicts; ++v) {
    append_json_count(out, fact_verdict_name(static_cast<FactVerdict>(v)),
                      counts.of(kind.kind, static_cast<FactVerdict>(v)));
  }
  out.push_back('}');
}

/// All scores, flat: object-precision, ...
void append_scores(std::string& out, const FactCounts& counts) {
  for (const Kind& kind : kKinds) {
    const ElementScores scores = element_scores(counts, kind.kind);
    const auto append = [&](const char* name, double value) {
      append_json_member(out, fmt::format("{}-{}", kind.score, name), value);
    };
    append("precision", scores.precision);
    append("recall", scores.recall);
    append("f1", scores.f1);
    append("hallucination", scores.hallucination);
    append("hallucination-at-most", scores.most);
    append("judged", scores.judged);
  }
}

std::string json(const RelationStudy& study) {
  const FactCounts& c = study.counts;
  std::string out = "{\"schema\":\"vernier.probe.relations/1\",\n \"counts\":{";
  append_json_count(out, "captions", c.captions);
  for (const Kind& kind : kKinds) append_counts(out, c, kind);
  append_json_count(out, "known_objects", c.objects);
  append_json_count(out, "covered_objects", c.objects_covered);
  append_json_count(out, "known_attributes", c.attributes);
  append_json_count(out, "covered_attributes", c.attributes_covered);
  append_json_count(out, "known_relations", c.relations);
  append_json_count(out, "covered_relations", c.relations_covered);
  append_json_count(out, "refused_sentences", study.refused);
  append_json_count(out, "empty_captions", study.file.empty);
  append_json_count(out, "repeated_captions", study.file.repeated);
  append_json_count(out, "extra_captions", study.extra);
  out += "},\n \"graphs\":{";
  append_json_count(out, "images", study.graphs);
  append_json_count(out, "full", study.full);
  append_json_count(out, "pruned", study.pruned);
  append_json_count(out, "from_texts", study.from_texts);
  append_json_count(out, "null_texts", study.null_texts);
  out += "},\n \"scores\":{";
  append_scores(out, c);
  out.push_back('}');
  std::string undefined = "{";
  for (const Kind& kind : kKinds) note_undefined(undefined, kind, element_scores(c, kind.kind));
  if (undefined.size() > 1) out += ",\n \"undefined\":" + undefined + "}";
  if (!study.cuts.empty()) {
    out += ",\n \"lengths\":[";
    for (const CutCaptions& cut : study.cuts) {
      out += out.back() == '[' ? "\n  {" : ",\n  {";
      append_json_count(out, "words", cut.words);
      append_json_count(out, "cut_captions", cut.cut);
      append_scores(out, cut.counts);
      out.push_back('}');
    }
    out.push_back(']');
  }
  out += ",\n \"curves\":{";
  append_rate_curve(out, "subject_relation", study.by_subject);
  append_rate_curve(out, "relation_object", study.by_object);
  out.push_back('}');
  append_json_member(out, "ids", study.id_rule);
  append_json_member(out, "signature", study.signature);
  return out + "}\n";
}

TextRows element_rows(const FactCounts& counts) {
  TextRows rows = {{"claims", "all", "supported", "invented", "unknown", "precision", "recall",
                    "F1", "invented %"}};
  for (const Kind& kind : kKinds) {
    const ElementScores scores = element_scores(counts, kind.kind);
    const std::uint64_t open =
        counts.of(kind.kind, FactVerdict::kUnknown) + counts.of(kind.kind, FactVerdict::kDiffers);
    std::string invented = percent(scores.hallucination);
    if (scores.most > scores.hallucination) invented += " to " + percent(scores.most);
    rows.push_back({kind.name, std::to_string(counts.all(kind.kind)),
                    std::to_string(counts.of(kind.kind, FactVerdict::kSupported)),
                    std::to_string(counts.invented(kind.kind)), std::to_string(open),
                    percent(scores.precision), percent(scores.recall), percent(scores.f1),
                    invented});
  }
  return rows;
}

TextRows split_rows(const FactCounts& counts) {
  TextRows rows = {{"relation is", "claims"}};
  constexpr std::array<std::pair<FactVerdict, const char*>, 6> kRows = {
      {{FactVerdict::kSupported, "supported"},
       {FactVerdict::kObjectMissing, "invented: an object is missing"},
       {FactVerdict::kPredicateWrong, "invented: the predicate is wrong"},
       {FactVerdict::kSwapped, "invented: subject and object are swapped"},
       {FactVerdict::kDiffers, "unknown: another relation of the two is known"},
       {FactVerdict::kUnknown, "unknown: none is"}}};
  for (const auto& [verdict, name] : kRows) {
    rows.push_back({name, std::to_string(counts.of(FactKind::kRelation, verdict))});
  }
  return rows;
}

TextRows curve_rows(const char* title, const std::vector<RatePoint>& curve) {
  TextRows rows = {{title, "relations", "invented", "%", "95 % interval"}};
  for (const RatePoint& p : curve) {
    rows.push_back(
        {p.from == p.to ? fmt::format("{:g}", p.from) : fmt::format("{:g} to {:g}", p.from, p.to),
         std::to_string(p.cases), std::to_string(p.bad), percent(p.rate),
         percent(p.low) + " to " + percent(p.high)});
  }
  return rows;
}

TextRows length_rows(const RelationStudy& study) {
  TextRows rows = {{"words at most", "cut", "objects invented %", "recall", "attributes invented %",
                    "recall", "relations invented %", "recall"}};
  for (const CutCaptions& cut : study.cuts) {
    std::vector<std::string>& row = rows.emplace_back();
    row = {std::to_string(cut.words), std::to_string(cut.cut)};
    for (const Kind& kind : kKinds) {
      const ElementScores scores = element_scores(cut.counts, kind.kind);
      row.push_back(percent(scores.hallucination));
      row.push_back(percent(scores.recall));
    }
  }
  return rows;
}

std::string notes_of(const RelationStudy& study) {
  std::string notes;
  const auto note = [&](std::size_t count, const char* what) {
    if (count > 0) notes += fmt::format("{} {}\n", count, what);
  };
  note(study.from_texts, "images have no graph: what their texts say serves");
  note(study.pruned, "graphs are pruned: what is not in them is unknown, not invented");
  note(study.null_texts, "captions in the graphs' files are null");
  note(study.refused, "sentences are too long to be parsed and left out");
  note(study.file.empty, "captions are empty");
  note(study.extra, "captions are of images without a graph and left out");
  note(study.file.repeated, "records repeat another and count once");
  return notes + study.signature + "\n";
}

}  // namespace

std::string relations_text(const RelationStudy& study, OutputFormat format) {
  if (format == OutputFormat::kJson) return json(study);
  const bool markdown = format == OutputFormat::kMarkdown;
  const auto table = [&](const TextRows& rows, std::string_view sides) {
    return markdown ? markdown_table(rows, sides) : text_table(rows, sides);
  };
  std::string out = table(element_rows(study.counts), "lrrrrrrrr");
  out += "\n" + table(split_rows(study.counts), "lr");
  if (!study.by_subject.empty()) {
    out += "\n" + table(curve_rows("subject has the relation so often", study.by_subject), "lrrrr");
    out += "\n" + table(curve_rows("relation has the object so often", study.by_object), "lrrrr");
  }
  if (!study.cuts.empty()) out += "\n" + table(length_rows(study), "rrrrrrrr");
  const std::string notes = notes_of(study);
  return out + "\n" + (markdown ? markdown_text(notes) : notes);
}

void append_judged_fact(std::string& out, const probes::JudgedFact& judged) {
  constexpr const char* kNames[] = {"object", "attribute", "relation"};
  const probes::Fact& fact = judged.fact;
  out.push_back('{');
  append_json_member(out, "kind", kNames[static_cast<std::size_t>(fact.kind)]);
  append_json_member(out, "subject", fact.subject);
  if (!fact.link.empty()) append_json_member(out, "link", fact.link);
  if (!fact.object.empty()) append_json_member(out, "object", fact.object);
  append_json_count(out, "sentence", fact.sentence + 1);
  append_json_member(out, "verdict", fact_verdict_name(judged.verdict));
  if (!judged.because.empty()) append_json_member(out, "because", judged.because);
  out.push_back('}');
}

std::string relations_evidence(const RelationStudy& study) {
  std::string out;
  for (std::size_t i = 0; i < study.captions.size(); ++i) {
    out.push_back('{');
    append_json_member(out, "id", study.file.captions[i].id);
    append_json_member(out, "image_id", study.file.captions[i].image_id);
    append_json_key(out, "facts");
    out.push_back('[');
    for (const probes::JudgedFact& fact : study.captions[i].facts) {
      if (out.back() != '[') out.push_back(',');
      append_judged_fact(out, fact);
    }
    out += "]}\n";
  }
  return out;
}

}  // namespace vernier
