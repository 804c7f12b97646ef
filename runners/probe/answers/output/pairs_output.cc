#include <fmt/format.h>

#include <cmath>

#include "base/json_text.h"
#include "base/printable.h"
#include "runners/probe/answers/output/order_output.h"
#include "runners/probe/answers/output/page.h"
#include "runners/probe/answers/output/yes_no_json.h"

namespace vernier {
namespace {

using probes::OrderBias;

/// A judge that decided nothing was not right 0 % of the time.
bool decided(const OrderBias& bias) { return bias.missing_decisions < 2 * bias.pairs; }

double percent_if(bool defined, const probes::Share& share) {
  return defined ? share.percent() : std::nan("");
}

void append_subset(std::string& out, const OrderBias& bias) {
  const bool some = decided(bias);
  append_json_count(out, "n", bias.pairs);
  append_json_count(out, "n_correct_after_swap", bias.swap_accuracy.part);
  append_json_member(out, "swap_accuracy", percent_if(some, bias.swap_accuracy));
  append_json_count(out, "n_order_inconsistent", bias.inconsistency.part);
  append_json_count(out, "n_order_inconsistent_or_missing", bias.inconsistent_or_missing);
  append_json_member(out, "inconsistency_percent", percent_if(some, bias.inconsistency));
  append_json_count(out, "n_prefers_first", bias.prefers_first);
  append_json_count(out, "n_prefers_second", bias.prefers_second);
  append_json_count(out, "n_tie_in_one_order", bias.tie_in_one);
  append_json_count(out, "n_first_position_wins", bias.first_position.part);
  append_json_count(out, "n_strict_decisions", bias.first_position.whole);
  append_json_member(out, "first_position_percent", bias.first_position.percent());
  append_json_count(out, "n_correct_order1", bias.accuracy_original.part);
  append_json_member(out, "accuracy_order1", percent_if(some, bias.accuracy_original));
  append_json_count(out, "n_correct_order2", bias.accuracy_swapped.part);
  append_json_member(out, "accuracy_order2", percent_if(some, bias.accuracy_swapped));
  append_json_count(out, "n_missing", bias.missing);
  append_json_count(out, "n_missing_decisions", bias.missing_decisions);
  if (bias.longer_wins.whole > 0 || bias.longer_is_better.whole > 0) {
    append_share(out, "longer_wins", bias.longer_wins);
    append_share(out, "longer_is_better", bias.longer_is_better);
    append_share(out, "swap_accuracy_of_like_length", bias.matched_swap_accuracy);
  }
  std::vector<probes::UndefinedRate> undefined;
  if (!some) undefined.push_back({"swap_accuracy", "no decision could be read"});
  if (bias.first_position.whole == 0) {
    undefined.push_back({"first_position_percent", "no decision prefers an answer"});
  }
  append_undefined(out, undefined);
}

std::string json_text(const probes::PairFile& file, const std::vector<OrderBias>& subsets,
                      const std::string& signature) {
  std::string out = "{\"schema\":\"vernier.probe.order/1\",\"kind\":\"pairs\"";
  append_json_member(out, "signature", signature);
  append_json_key(out, "counts");
  out += '{';
  append_json_count(out, "pairs", file.pairs.size());
  append_json_count(out, "duplicates", file.duplicates);
  append_json_count(out, "unreadable_decisions", file.unreadable);
  out += '}';
  append_json_key(out, "scores");
  out += '{';
  const OrderBias& all = subsets.front();
  append_json_member(out, "swap_accuracy", percent_if(decided(all), all.swap_accuracy));
  append_json_member(out, "inconsistency_percent", percent_if(decided(all), all.inconsistency));
  append_json_member(out, "first_position_percent", all.first_position.percent());
  out += '}';
  append_json_key(out, "subsets");
  out += '{';
  for (const OrderBias& bias : subsets) {
    out += '\n';
    if (&bias != &subsets.front()) out += ',';
    append_json_string(out, bias.subset);
    out += ":{";
    append_subset(out, bias);
    out += '}';
  }
  return out + "}}\n";
}

std::string page_text(const probes::PairFile& file, const std::vector<OrderBias>& subsets,
                      const std::string& signature, OutputFormat format) {
  TextRows rows = {{"subset", "pairs", "right after swap", "%", "inconsistent", "%",
                    "prefers first", "prefers second", "first wins %", "order 1 %", "order 2 %",
                    "missing"}};
  bool lengths = false;
  for (const OrderBias& bias : subsets) {
    const auto percent = [&](const probes::Share& share) {
      return decided(bias) ? percent_text(share.ratio()) : std::string("-");
    };
    lengths |= bias.longer_wins.whole > 0;
    rows.push_back({printable(bias.subset, 60), std::to_string(bias.pairs),
                    std::to_string(bias.swap_accuracy.part), percent(bias.swap_accuracy),
                    std::to_string(bias.inconsistency.part), percent(bias.inconsistency),
                    std::to_string(bias.prefers_first), std::to_string(bias.prefers_second),
                    percent_text(bias.first_position.ratio()), percent(bias.accuracy_original),
                    percent(bias.accuracy_swapped), std::to_string(bias.missing)});
  }
  ProbePage page;
  page.table("", std::move(rows), "lrrrrrrrrrrr");
  if (lengths) {
    rows = {{"subset", "longer wins %", "longer is better %", "right after swap, like length %"}};
    for (const OrderBias& bias : subsets) {
      rows.push_back({printable(bias.subset, 60), percent_text(bias.longer_wins.ratio()),
                      percent_text(bias.longer_is_better.ratio()),
                      percent_text(bias.matched_swap_accuracy.ratio())});
    }
    page.table("", std::move(rows), "lrrr");
  }
  if (file.unreadable > 0) {
    page.line(fmt::format("{} decisions are none of A>B, B>A and A=B; they count as missing",
                          file.unreadable));
  }
  if (file.duplicates > 0) {
    page.line(fmt::format("{} pairs came again, equal, and were counted once", file.duplicates));
  }
  page.line(signature);
  return page.text(format);
}

}  // namespace

std::string pairs_text(const probes::PairFile& file, const std::vector<OrderBias>& subsets,
                       const std::string& signature, OutputFormat format) {
  return format == OutputFormat::kJson ? json_text(file, subsets, signature)
                                       : page_text(file, subsets, signature, format);
}

}  // namespace vernier
