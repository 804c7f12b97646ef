#include "runners/probe/answers/yes_no/yes_no_parts.h"

#include <algorithm>
#include <utility>

namespace vernier {

std::vector<YesNoSplit> splits(const YesNoJob& job, const YesNoOptions& options) {
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
  std::vector<YesNoSplit> out;
  for (const std::string& field : fields) {
    YesNoSplit split{field, {}};
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

ParserScores scores_of(const YesNoJob& job, std::span<const probes::YesNoAnswer> answers) {
  return {probes::score_yes_no(answers, *job.parser, job.policy),
          probes::score_yes_no(answers, *job.official, job.policy),
          probes::score_yes_no(answers, probes::yes_no_parser("strict"), job.policy)};
}

double mean_over_files(const YesNoJob& job, double probes::Rates::*rate) {
  double sum = 0;
  for (const YesNoPart& part : job.parts) {
    sum += probes::score_yes_no(part.answers, *job.parser, job.policy).rates.*rate;
  }
  return sum / static_cast<double>(job.parts.size());
}

double mean_over_lists(const YesNoJob& job, double probes::IdListScores::*score) {
  double sum = 0;
  for (const probes::IdListScores& list : job.id_lists) sum += list.*score;
  return sum / static_cast<double>(job.id_lists.size());
}

std::string job_text(const YesNoJob& job, const YesNoOptions& options) {
  return options.format == OutputFormat::kJson ? yes_no_json(job, options)
                                               : yes_no_page(job, options);
}

}  // namespace vernier
