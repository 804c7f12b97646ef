#include <fmt/format.h>

#include "base/json_text.h"
#include "runners/explain/output/explain_output.h"

namespace vernier {
namespace {

void append_member(std::string& out, std::string_view key, bool value) {
  append_json_key(out, key);
  out += value ? "true" : "false";
}

void append_strings(std::string& out, std::string_view key, const std::vector<std::string>& texts) {
  append_json_key(out, key);
  append_json_strings(out, texts);
}

/// A list under a key; `append(one)` writes each item.
template <class Items, class Append>
void append_list(std::string& out, std::string_view key, const Items& items, Append append) {
  append_json_key(out, key);
  out.push_back('[');
  bool first = true;
  for (const auto& item : items) {
    if (!first) out.push_back(',');
    first = false;
    append(item);
  }
  out.push_back(']');
}

/// A list of objects; `members(one)` writes what is in each.
template <class Items, class Members>
void append_objects(std::string& out, std::string_view key, const Items& items, Members members) {
  append_list(out, key, items, [&](const auto& item) {
    out.push_back('{');
    members(item);
    out.push_back('}');
  });
}

template <class Numbers>
void append_numbers(std::string& out, std::string_view key, const Numbers& numbers) {
  append_list(out, key, numbers,
              [&](auto number) { append_json_number(out, static_cast<double>(number)); });
}

void append_named(std::string& out, std::string_view key, const std::vector<std::string>& names,
                  std::span<const double> values) {
  append_json_key(out, key);
  out.push_back('{');
  for (std::size_t i = 0; i < names.size(); ++i) append_json_member(out, names[i], values[i]);
  out.push_back('}');
}

void append_how(std::string&, const std::monostate&) {}

void append_how(std::string& out, const BleuExplanation& bleu) {
  append_json_member(out, "length", bleu.length);
  append_json_member(out, "reference_length", bleu.reference_length);
  append_json_count(out, "reference", bleu.reference);
  append_json_member(out, "brevity_penalty", bleu.brevity_penalty);
  append_objects(out, "orders", bleu.orders, [&](const BleuExplanation::Order& order) {
    append_json_member(out, "matched", order.matched);
    append_json_member(out, "possible", order.possible);
    append_objects(out, "ngrams", order.grams, [&](const BleuExplanation::Gram& gram) {
      append_json_member(out, "words", gram.words);
      append_json_count(out, "count", gram.count);
      append_json_count(out, "matched", gram.matched);
    });
  });
}

void append_how(std::string& out, const RougeExplanation& rouge) {
  append_json_member(out, "precision", rouge.precision);
  append_json_member(out, "recall", rouge.recall);
  append_json_member(out, "f", rouge.f);
  append_json_count(out, "best_precision", rouge.best_precision);
  append_json_count(out, "best_recall", rouge.best_recall);
  append_objects(out, "references", rouge.references, [&](const RougeExplanation::Reference& one) {
    append_json_count(out, "common", one.common);
    append_json_member(out, "precision", one.precision);
    append_json_member(out, "recall", one.recall);
    append_json_member(out, "f", one.f);
    append_numbers(out, "in_candidate", one.in_candidate);
    append_numbers(out, "in_reference", one.in_reference);
  });
}

void append_how(std::string& out, const CiderExplanation& cider) {
  append_json_count(out, "documents", cider.documents);
  append_objects(out, "references", cider.references, [&](const CiderExplanation::Reference& one) {
    append_numbers(out, "similarity", one.similarity);
    append_json_member(out, "length_penalty", one.length_penalty);
    append_json_member(out, "score", one.score);
  });
  append_objects(out, "ngrams", cider.grams, [&](const CiderExplanation::Gram& gram) {
    append_json_member(out, "words", gram.words);
    append_json_count(out, "order", gram.order);
    append_json_count(out, "count", gram.count);
    append_json_count(out, "references", gram.references);
    append_json_count(out, "documents", gram.documents);
    append_json_member(out, "weight", gram.weight);
    append_json_member(out, "share", gram.share);
  });
}

void append_how(std::string& out, const MeteorAlignment& meteor) {
  append_json_member(out, "score", meteor.score);
  append_json_member(out, "precision", meteor.precision);
  append_json_member(out, "recall", meteor.recall);
  append_json_member(out, "mean", meteor.mean);
  append_json_member(out, "fragmentation", meteor.fragmentation);
  append_json_member(out, "penalty", meteor.penalty);
  append_json_count(out, "chunks", meteor.chunks);
  append_json_count(out, "reference", meteor.reference);
  append_numbers(out, "reference_scores", meteor.reference_scores);
  append_strings(out, "candidate_words", meteor.candidate_words);
  append_strings(out, "reference_words", meteor.reference_words);
  const auto append_flag = [&](bool flag) { out += flag ? "true" : "false"; };
  append_list(out, "candidate_function", meteor.candidate_function, append_flag);
  append_list(out, "reference_function", meteor.reference_function, append_flag);
  append_objects(out, "stages", meteor.stages, [&](const MeteorStage& stage) {
    append_json_member(out, "name", stage.name);
    append_json_member(out, "weight", stage.weight);
    append_json_member(out, "candidate_content", stage.candidate_content);
    append_json_member(out, "candidate_function", stage.candidate_function);
    append_json_member(out, "reference_content", stage.reference_content);
    append_json_member(out, "reference_function", stage.reference_function);
  });
  append_objects(out, "matches", meteor.matches, [&](const MeteorMatch& match) {
    append_json_member(out, "stage", match.stage);
    append_numbers(out, "candidate", std::array{match.candidate, match.candidate_words});
    append_numbers(out, "reference", std::array{match.reference, match.reference_words});
    append_json_count(out, "chunk", match.chunk);
  });
}

void append_how(std::string& out, const SpiceExplanation& spice) {
  append_member(out, "refused", spice.refused);
  append_objects(out, "parts", spice.parts, [&](const SpiceExplanation::Part& part) {
    append_json_member(out, "name", part.name);
    append_json_count(out, "matched", part.matched);
    append_json_count(out, "candidate", part.candidate);
    append_json_count(out, "reference", part.reference);
    append_json_member(out, "precision", part.precision);
    append_json_member(out, "recall", part.recall);
    append_json_member(out, "f", part.f);
  });
  const auto append_tuples = [&](std::string_view key,
                                 const std::vector<SpiceExplanation::Tuple>& tuples) {
    append_objects(out, key, tuples, [&](const SpiceExplanation::Tuple& tuple) {
      append_strings(out, "parts", tuple.parts);
      append_json_key(out, "match");
      out += tuple.match ? std::to_string(*tuple.match) : "null";
    });
  };
  append_tuples("candidate", spice.candidate);
  append_tuples("references", spice.references);
}

void append_metric(std::string& out, const ExplainedMetric& metric, const ExplainedSample& sample) {
  out.push_back('{');
  append_json_member(out, "signature", metric.metric->signature);
  append_named(out, "scores", metric.metric->scores, metric.scores);
  append_named(out, "row", metric.metric->columns, metric.row);
  if (!metric.unexplained.empty()) {
    append_json_member(out, "unexplained", metric.unexplained);
  } else {
    append_member(out, "equal", !metric.differs);
    if (metric.differs) {
      append_named(out, "new_scores", metric.metric->scores, metric.new_scores);
      append_named(out, "new_row", metric.metric->columns, metric.new_row);
    }
    append_json_member(out, "tokenizer", sample.tokens[metric.tokens].tokenizer);
    append_json_key(out, "explanation");
    out.push_back('{');
    std::visit([&](const auto& how) { append_how(out, how); }, metric.explanation.how);
    out.push_back('}');
  }
  out += "}\n";
}

}  // namespace

std::string explain_json(const ExplainedSample& sample) {
  const Run::Sample& record = sample.record();
  std::string out = "{\"schema\":\"vernier.explain/1\"";
  append_json_member(out, "run", sample.run->name());
  append_json_member(out, "id", record.id);
  append_json_member(out, "image_id", record.image_id);
  append_json_count(out, "number", sample.sample + 1);
  append_json_count(out, "samples", sample.run->samples().size());
  append_json_member(out, "candidate", record.candidate);
  append_json_key(out, "references");
  append_json_strings(out, sample.run->references(record));
  if (!record.meta.empty()) {
    append_json_key(out, "meta");
    out += record.meta;
  }
  out += ",\n\"tokens\":{";
  for (const SampleTokens& tokens : sample.tokens) {
    append_json_key(out, tokens.tokenizer);
    out.push_back('{');
    append_strings(out, "candidate", tokens.candidate);
    append_list(out, "references", tokens.references,
                [&](const std::vector<std::string>& words) { append_json_strings(out, words); });
    out.push_back('}');
  }
  out += "},\n\"metrics\":{";
  for (const ExplainedMetric& metric : sample.metrics) {
    append_json_key(out, metric.metric->name);
    append_metric(out, metric, sample);
  }
  return out + "}}\n";
}

}  // namespace vernier
