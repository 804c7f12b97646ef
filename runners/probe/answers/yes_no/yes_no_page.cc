#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "base/printable.h"
#include "runners/probe/answers/output/page.h"
#include "runners/probe/answers/yes_no/yes_no_parts.h"

namespace vernier {
namespace {

using probes::YesNoScores;
using Answers = std::span<const probes::YesNoAnswer>;

std::vector<std::string> score_row(std::string name, std::string_view how,
                                   const YesNoScores& scores) {
  const auto text = [&](double probes::Rates::*rate) {
    const double value = scores.rates.*rate;
    return std::isfinite(value)
               ? fmt::format("{} ±{}", percent_text(value), percent_text(scores.errors.*rate))
               : "-";
  };
  const probes::Confusion& c = scores.counts;
  return {std::move(name),
          std::string(how),
          std::to_string(c.n()),
          std::to_string(c.tp),
          std::to_string(c.fp),
          std::to_string(c.tn),
          std::to_string(c.fn),
          std::to_string(c.unclear()),
          text(&probes::Rates::accuracy),
          text(&probes::Rates::precision),
          text(&probes::Rates::recall),
          text(&probes::Rates::f1),
          percent_text(scores.rates.yes_ratio)};
}

TextRows title_row(const std::string& what) {
  return {{what, "parser", "n", "TP", "FP", "TN", "FN", "unclear", "accuracy", "precision",
           "recall", "F1", "yes"}};
}

constexpr const char* kSides = "llrrrrrrrrrrr";

void add_rows(TextRows& rows, const YesNoJob& job, const std::string& name, Answers answers) {
  const ParserScores both = scores_of(job, answers);
  rows.push_back(score_row(name, job.parser->name, both.chosen));
  if (job.mode != "official" && job.mode != "strict") {
    rows.push_back(score_row("", job.official->name, both.official));
  }
  if (job.mode == "strict") {
    rows.push_back(score_row("", job.official->name, both.official));
  } else {
    rows.push_back(score_row("", "strict", both.strict));
  }
}

void add_remarks(ProbePage& page, const YesNoJob& job) {
  const auto line = [&](std::uint64_t count, const char* what) {
    if (count > 0) page.line(fmt::format("{} {}", count, what));
  };
  for (const YesNoPart& part : job.parts) {
    const probes::JoinReport& join = part.join;
    line(join.missing, "questions have no answer");
    line(join.conflicting, "answers are to another question than their id says");
    line(join.extra, "answers are to no question");
    line(join.duplicate, "answers came again, equal, and were counted once");
    line(join.repeated_questions, "questions are asked again; the nth answer is to the nth");
  }
  line(probes::other_languages(job.pooled), "unclear answers are in another language or script");
  const YesNoScores scores = probes::score_yes_no(job.pooled, *job.parser, job.policy);
  if (const std::string_view bias = probes::yes_bias(scores.counts); !bias.empty()) {
    page.line(fmt::format("{}: the answers hardly depend on the question", bias));
  }
  for (const probes::UndefinedRate& one : probes::undefined_rates(scores.counts, job.policy)) {
    page.line(fmt::format("{} is undefined: {}", one.name, one.reason));
  }
  if (scores.counts.unclear() > 0) {
    page.line(fmt::format("unclear answers make accuracy {} to {}",
                          percent_text(probes::rates(scores.counts.worst(), job.policy).accuracy),
                          percent_text(probes::rates(scores.counts.best(), job.policy).accuracy)));
  }
}

}  // namespace

std::string yes_no_page(const YesNoJob& job, const YesNoOptions& options) {
  ProbePage page;
  TextRows rows = title_row("questions");
  for (const YesNoPart& part : job.parts) {
    add_rows(rows, job, printable(part.category.empty() ? part.questions.name : part.category, 60),
             part.answers);
  }
  if (job.parts.size() > 1) {
    add_rows(rows, job, "pooled", job.pooled);
  }
  page.table("", std::move(rows), kSides);
  for (const YesNoSplit& split : splits(job, options)) {
    rows = title_row(printable(split.by, 40));
    for (const probes::YesNoGroup& group : split.groups) {
      add_rows(rows, job, printable(group.value, 60), group.answers);
    }
    page.table("", std::move(rows), kSides);
  }
  if (options.all_parsers) {
    rows = title_row("all parsers");
    for (const probes::YesNoParser& parser : probes::yes_no_parsers()) {
      rows.push_back(
          score_row("", parser.name, probes::score_yes_no(job.pooled, parser, job.policy)));
    }
    page.table("", std::move(rows), kSides);
  }
  if (!job.id_lists.empty()) {
    rows = {{"ids", "n", "unanswered", "precision", "recall", "F1"}};
    for (const probes::IdListScores& list : job.id_lists) {
      rows.push_back({list.file, std::to_string(list.ids), std::to_string(list.unanswered),
                      percent_text(list.precision), percent_text(list.recall),
                      percent_text(list.f1)});
    }
    rows.push_back({"mean", "", "",
                    percent_text(mean_over_lists(job, &probes::IdListScores::precision)),
                    percent_text(mean_over_lists(job, &probes::IdListScores::recall)),
                    percent_text(mean_over_lists(job, &probes::IdListScores::f1))});
    page.table("", std::move(rows), "lrrrrr");
  }
  if (job.parts.size() > 1) {
    page.line(fmt::format("mean F1 over files {}, mean accuracy over files {}",
                          percent_text(mean_over_files(job, &probes::Rates::f1)),
                          percent_text(mean_over_files(job, &probes::Rates::accuracy))));
  }
  add_remarks(page, job);
  page.line("± standard error, images as clusters");
  page.line(job.signature(options));
  return page.text(options.format);
}

}  // namespace vernier
