#include <fmt/format.h>

#include <cmath>

#include "base/json_text.h"
#include "runners/probe/answers/output/order_output.h"
#include "runners/probe/answers/output/page.h"
#include "runners/probe/answers/output/yes_no_json.h"

namespace vernier {
namespace {

struct NamedShare {
  std::string name;
  probes::Share share;
};

std::vector<NamedShare> shares(const probes::CircularScores& scores) {
  std::vector<NamedShare> out = {{"circular", scores.circular},
                                 {"vanilla_first_rotation", scores.vanilla},
                                 {"per_rotation_accuracy", scores.per_rotation},
                                 {"same_content_in_all_rotations", scores.same_content}};
  for (const auto& [key, share] : scores.by_gold) {
    out.push_back({fmt::format("accuracy_when_gold_is_{}_of_{}", key.second, key.first), share});
  }
  for (std::size_t r = 0; r < scores.by_rotation.size(); ++r) {
    out.push_back({fmt::format("accuracy_in_rotation_{}", r), scores.by_rotation[r]});
  }
  return out;
}

std::string json_text(const probes::RotationFile& file, const probes::CircularScores& scores,
                      const std::string& signature) {
  std::string out = "{\"schema\":\"vernier.probe.order/1\",\"kind\":\"rotations\"";
  append_json_member(out, "signature", signature);
  append_json_key(out, "counts");
  out += '{';
  append_json_count(out, "questions", file.questions.size());
  append_json_count(out, "rows", file.rows);
  append_json_count(out, "duplicates", file.duplicates);
  append_json_count(out, "unparsed", file.unparsed);
  append_json_count(out, "partly_rotated", scores.partly_rotated);
  out += '}';
  append_json_key(out, "scores");
  out += '{';
  for (const NamedShare& one : shares(scores)) {
    append_json_member(out, one.name, one.share.percent());
  }
  out += '}';
  append_json_key(out, "metrics");
  out += '{';
  for (const NamedShare& one : shares(scores)) append_share(out, one.name, one.share);
  out += '}';
  append_json_key(out, "letters");
  out += '{';
  for (const auto& [letter, share] : scores.letters) {
    append_json_key(out, std::string_view(&letter, 1));
    out += '{';
    append_json_count(out, "chosen", share.chosen);
    append_json_count(out, "gold", share.gold);
    out += '}';
  }
  out += '}';
  append_json_member(out, "total_variation", scores.total_variation);
  append_json_member(out, "chi_square", scores.chi_square);
  append_json_count(out, "degrees", scores.degrees);
  append_json_member(out, "p", scores.p);
  std::vector<probes::UndefinedRate> undefined;
  if (!std::isfinite(scores.chi_square)) {
    undefined.push_back({"chi_square",
                         "no row names an option, or a letter that is never gold "
                         "was chosen, or there is one letter only"});
  }
  append_undefined(out, undefined);
  return out + "}\n";
}

std::string page_text(const probes::RotationFile& file, const probes::CircularScores& scores,
                      const std::string& signature, OutputFormat format) {
  ProbePage page;
  TextRows rows = {{"measure", "right", "of", "%"}};
  for (const NamedShare& one : shares(scores)) {
    rows.push_back({one.name, std::to_string(one.share.part), std::to_string(one.share.whole),
                    percent_text(one.share.ratio())});
  }
  page.table("", std::move(rows), "lrrr");
  rows = {{"letter", "chosen", "gold"}};
  for (const auto& [letter, share] : scores.letters) {
    rows.push_back(
        {std::string(1, letter), std::to_string(share.chosen), std::to_string(share.gold)});
  }
  page.table("", std::move(rows), "lrr");
  page.line(fmt::format("letters: total variation {:.4f}", scores.total_variation));
  if (std::isfinite(scores.chi_square)) {
    page.line(
        fmt::format("letters: chi-square {:.3f}, {} degrees of freedom, p {:.4f} (rows of a "
                    "question are not independent)",
                    scores.chi_square, scores.degrees, scores.p));
  }
  page.line(fmt::format("{} questions, {} rows", file.questions.size(), file.rows));
  if (file.unparsed > 0) {
    page.line(fmt::format("{} answers name no option; they are wrong", file.unparsed));
  }
  if (file.duplicates > 0) {
    page.line(fmt::format("{} rows came again, equal, and were counted once", file.duplicates));
  }
  if (scores.partly_rotated > 0) {
    page.line(fmt::format("{} questions have fewer rotations than options", scores.partly_rotated));
  }
  page.line(signature);
  return page.text(format);
}

}  // namespace

std::string rotations_text(const probes::RotationFile& file, const probes::CircularScores& scores,
                           const std::string& signature, OutputFormat format) {
  return format == OutputFormat::kJson ? json_text(file, scores, signature)
                                       : page_text(file, scores, signature, format);
}

}  // namespace vernier
