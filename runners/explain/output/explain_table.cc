#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "metrics/text/unicode/display_width.h"
#include "runners/explain/output/sections/sections.h"
#include "runners/explain/sample_choice.h"
#include "runners/output/folding.h"
#include "runners/output/number_text.h"
#include "runners/output/text_table.h"

namespace vernier {
namespace {

void show_sample(std::string& out, const ExplainedSample& sample, const Choice& choice,
                 const ExplainLayout& layout) {
  const Run::Sample& record = sample.record();
  const auto line = [&](std::string_view title, const std::string& text) {
    out += folded(title, pieces_of(text), 13, layout.width);
  };
  std::string what = fmt::format("{} of {}, number {} of {}", shown(record.id), sample.run->name(),
                                 sample.sample + 1, sample.run->samples().size());
  if (record.image_id != record.id) what += fmt::format(", image {}", shown(record.image_id));
  if (!choice.what.empty()) what += fmt::format(": {}", choice.what);
  line("sample", what);
  if (!choice.next.empty()) line("next", fmt::format("{}", fmt::join(choice.next, ", ")));
  if (!record.meta.empty()) line("meta", shown(record.meta));
  out += '\n';
  line("candidate", shown(record.candidate));
  const std::span<const std::string_view> references = sample.run->references(record);
  for (std::size_t r = 0; r < references.size(); ++r) {
    line("reference " + ordinal(r), shown(references[r]));
  }
}

/// Whether what the run says came out again.
std::string_view verdict(const ExplainedMetric& metric) {
  if (!metric.unexplained.empty()) return "no";
  return metric.differs ? "DIFFERS" : "equal";
}

void show_scores(std::string& out, const ExplainedSample& sample) {
  const std::vector<std::string_view> names = sample.run->header().score_names();
  TextRows rows = {{"score", "sample", "corpus", "worse samples", "recomputed"}};
  for (const ExplainedMetric& metric : sample.metrics) {
    for (std::size_t i = 0; i < metric.metric->scores.size(); ++i) {
      const std::string& name = metric.metric->scores[i];
      const auto column =
          static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
      rows.push_back(
          {shown(name), number_text(metric.scores[i]),
           number_text(sample.run->corpus_scores()[column]),
           std::isnan(metric.scores[i])
               ? "-"
               : fmt::format("{} of {}", worse_samples(*sample.run, column, sample.sample),
                             sample.run->samples().size()),
           std::string(verdict(metric))});
    }
  }
  out += '\n' + text_table(rows, "lrrrl");
}

void show_tokens(std::string& out, const ExplainedSample& sample, const ExplainLayout& layout) {
  for (const SampleTokens& tokens : sample.tokens) {
    out += fmt::format("\ntokens {}\n", tokens.tokenizer);
    Section section(out, layout);
    section.words("candidate", shown(tokens.candidate));
    for (std::size_t r = 0; r < tokens.references.size(); ++r) {
      section.words("reference " + ordinal(r), shown(tokens.references[r]));
    }
  }
}

void show_difference(Section& section, const ExplainedMetric& metric) {
  std::string scores;
  for (std::size_t i = 0; i < metric.scores.size(); ++i) {
    scores += fmt::format("{}{} {} in the run, {} now", scores.empty() ? "" : "; ",
                          metric.metric->scores[i], metric.scores[i], metric.new_scores[i]);
  }
  section.line("WARNING: measured again, this sample comes out otherwise: " + scores +
               ". Texts that followed its own when it was scored, or another build of vernier, "
               "may be why. What follows explains the new numbers.");
}

void show_row(Section& section, const ExplainedMetric& metric) {
  if (metric.metric->columns == metric.metric->scores) return;  // they are in the table of scores
  std::vector<std::string> values;
  for (std::size_t i = 0; i < metric.row.size(); ++i) {
    values.push_back(fmt::format("{} {}{}", shown(metric.metric->columns[i]), metric.row[i],
                                 i + 1 < metric.row.size() ? "," : ""));
  }
  section.words("row", values);
}

/// Folded between its fields.
std::string folded_signature(std::string_view signature, std::size_t width) {
  std::string out;
  std::size_t used = 0;
  while (!signature.empty()) {
    const std::size_t length = std::min(signature.find('|'), signature.size() - 1) + 1;
    const std::size_t columns = text::display_width(signature.substr(0, length));
    if (used > 0 && used + columns > width) {
      out += '\n' + std::string(kSectionIndent, ' ');
      used = kSectionIndent;
    }
    out += signature.substr(0, length);
    used += columns;
    signature.remove_prefix(length);
  }
  return out + '\n';
}

void show_metric(std::string& out, const ExplainedMetric& metric, const ExplainedSample& sample,
                 const ExplainLayout& layout) {
  out += '\n' + folded_signature(shown(metric.metric->signature), layout.width);
  Section section(out, layout);
  if (!metric.unexplained.empty()) {
    section.line("not explained: " + shown(metric.unexplained));
    show_row(section, metric);
    return;
  }
  if (metric.differs) show_difference(section, metric);
  const auto& how = metric.explanation.how;
  if (const auto* bleu = std::get_if<BleuExplanation>(&how)) {
    show_bleu(section, *bleu, metric);
  } else if (const auto* rouge = std::get_if<RougeExplanation>(&how)) {
    show_rouge(section, *rouge, sample.tokens[metric.tokens]);
  } else if (const auto* cider = std::get_if<CiderExplanation>(&how)) {
    show_cider(section, *cider);
  } else if (const auto* meteor = std::get_if<MeteorAlignment>(&how)) {
    show_meteor(section, *meteor);
  } else if (const auto* spice = std::get_if<SpiceExplanation>(&how)) {
    show_spice(section, *spice);
  } else {
    show_row(section, metric);
  }
}

}  // namespace

std::string explain_table(const ExplainedSample& sample, const Choice& choice,
                          const ExplainLayout& layout) {
  std::string out;
  show_sample(out, sample, choice, layout);
  show_scores(out, sample);
  show_tokens(out, sample, layout);
  for (const ExplainedMetric& metric : sample.metrics) show_metric(out, metric, sample, layout);
  return out;
}

}  // namespace vernier
