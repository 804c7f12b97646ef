#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/json_text.h"
#include "base/printable.h"
#include "runners/probe/answers/output/page.h"
#include "runners/probe/answers/output/yes_no_json.h"
#include "runners/probe/answers/yes_no/yes_no_job.h"

namespace vernier {
namespace {

using probes::YesNoAnswer;
using probes::YesNoScores;
using Answers = std::span<const YesNoAnswer>;

struct Split {
  std::string by;
  std::vector<probes::YesNoGroup> groups;
};

/// By every field that was asked for, and by "category" where a question file has it.
std::vector<Split> splits(const YesNoJob& job, const YesNoOptions& options) {
  std::vector<std::string> fields = options.by;
  const auto has_category = [](const YesNoPart& part) {
    return std::ranges::any_of(part.questions.records, [](const ObjectRecord& record) {
      return record.find("category") != nullptr;
    });
  };
  if (std::ranges::find(fields, "category") == fields.end() &&
      std::ranges::any_of(job.parts, has_category)) {
    fields.insert(fields.begin(), "category");
  }
  std::vector<Split> out;
  for (const std::string& field : fields) {
    Split split{field, {}};
    for (const YesNoPart& part : job.parts) {
      if (field == "category" && !has_category(part)) continue;
      for (probes::YesNoGroup& group : probes::group_answers(part.questions, part.answers, field)) {
        const auto same = std::ranges::find(split.groups, group.value, &probes::YesNoGroup::value);
        if (same == split.groups.end()) {
          split.groups.push_back(std::move(group));
        } else {
          same->answers.insert(same->answers.end(), group.answers.begin(), group.answers.end());
        }
      }
    }
    out.push_back(std::move(split));
  }
  return out;
}

struct Both {
  YesNoScores chosen, official, strict;
};

Both scores_of(const YesNoJob& job, Answers answers) {
  return {probes::score_yes_no(answers, *job.parser, job.policy),
          probes::score_yes_no(answers, *job.official, job.policy),
          probes::score_yes_no(answers, probes::yes_no_parser("strict"), job.policy)};
}

/// Means over files, undefined where one of them is.
double mean_over_files(const YesNoJob& job, double probes::Rates::*rate) {
  double sum = 0;
  for (const YesNoPart& part : job.parts) {
    sum += probes::score_yes_no(part.answers, *job.parser, job.policy).rates.*rate;
  }
  return sum / static_cast<double>(job.parts.size());
}

void append_scores(std::string& out, const YesNoJob& job, Answers answers) {
  const Both both = scores_of(job, answers);
  const std::uint64_t unclear = both.strict.counts.unclear();
  append_yes_no(out, both.chosen, unclear);
  for (const auto& [name, scores] :
       {std::pair("official", &both.official), std::pair("strict", &both.strict)}) {
    append_json_key(out, name);
    out += '{';
    append_yes_no(out, *scores, unclear);
    out += '}';
  }
}

void append_parsers(std::string& out, const YesNoJob& job) {
  const std::uint64_t unclear =
      probes::score_yes_no(job.pooled, probes::yes_no_parser("strict"), job.policy)
          .counts.unclear();
  append_json_key(out, "parsers");
  out += '{';
  for (const probes::YesNoParser& parser : probes::yes_no_parsers()) {
    append_json_key(out, parser.name);
    out += '{';
    append_yes_no(out, probes::score_yes_no(job.pooled, parser, job.policy), unclear);
    out += '}';
  }
  out += '}';
}

void append_files(std::string& out, const YesNoJob& job) {
  append_json_key(out, "files");
  out += '[';
  for (const YesNoPart& part : job.parts) {
    out += out.ends_with('[') ? "\n{" : ",\n{";
    append_json_member(out, "answers", part.answer_file->name);
    append_json_member(out, "questions", part.questions.name);
    if (!part.category.empty()) append_json_member(out, "category", part.category);
    append_join(out, part.join);
    append_scores(out, job, part.answers);
    out += '}';
  }
  out += ']';
}

void append_splits(std::string& out, const YesNoJob& job, const YesNoOptions& options) {
  append_json_key(out, "splits");
  out += '[';
  for (const Split& split : splits(job, options)) {
    out += out.ends_with('[') ? "\n{" : ",\n{";
    append_json_member(out, "by", split.by);
    append_json_key(out, "groups");
    out += '[';
    for (const probes::YesNoGroup& group : split.groups) {
      out += out.ends_with('[') ? "{" : ",{";
      append_json_member(out, "value", group.value);
      append_scores(out, job, group.answers);
      out += '}';
    }
    out += "]}";
  }
  out += ']';
}

std::string json_text(const YesNoJob& job, const YesNoOptions& options) {
  std::string out = fmt::format("{{\"schema\":\"vernier.probe.{}/1\"", options.probe);
  append_json_member(out, "mode", job.mode);
  append_json_member(out, "parser", job.parser->name);
  append_json_member(out, "aggregate", job.parts.size() == 1 ? "single" : "pooled");
  append_json_member(out, "signature", job.signature(options));
  append_json_count(out, "other_language", probes::other_languages(job.pooled));
  append_scores(out, job, job.pooled);
  append_json_key(out, "aggregates");
  out += '{';
  const YesNoScores pooled = probes::score_yes_no(job.pooled, *job.parser, job.policy);
  append_json_member(out, "pooled_f1", pooled.rates.f1);
  append_json_member(out, "pooled_accuracy", pooled.rates.accuracy);
  append_json_member(out, "mean_f1_over_files", mean_over_files(job, &probes::Rates::f1));
  append_json_member(out, "mean_accuracy_over_files",
                     mean_over_files(job, &probes::Rates::accuracy));
  out += '}';
  append_files(out, job);
  append_splits(out, job, options);
  if (options.all_parsers) append_parsers(out, job);
  return out + "}\n";
}

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
  const Both both = scores_of(job, answers);
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

std::string page_text(const YesNoJob& job, const YesNoOptions& options) {
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
  for (const Split& split : splits(job, options)) {
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

}  // namespace

std::string job_text(const YesNoJob& job, const YesNoOptions& options) {
  return options.format == OutputFormat::kJson ? json_text(job, options) : page_text(job, options);
}

}  // namespace vernier
