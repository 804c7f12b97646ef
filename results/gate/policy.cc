#include "results/gate/policy.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/error.h"
#include "base/io/byte_source.h"
#include "base/printable.h"
#include "base/spelling/edit_distance.h"

namespace vernier {
namespace {

constexpr std::array<std::string_view, 11> kPolicyKeys = {"rule",        "alpha",
                                                          "resamples",   "seed",
                                                          "interval",    "cluster_separator",
                                                          "min_samples", "max_empty_percent",
                                                          "correction",  "on_inconclusive",
                                                          "schema"};
constexpr std::array<std::string_view, 10> kRuleKeys = {
    "metric",    "by",        "max_drop", "max_drop_percent", "max_increase", "margin",
    "min_value", "max_value", "alpha",    "min_samples"};

class PolicyReader {
 public:
  explicit PolicyReader(const std::string& path) : name_(printable(path, 300)) {}

  GatePolicy read(const toml::table& table) {
    check_keys(table, kPolicyKeys);
    GatePolicy policy;
    policy.name = name_;
    GateRule common;
    number(table, "alpha", common.alpha);
    count(table, "min_samples", common.min_samples, 0);
    count(table, "resamples", policy.resamples, 100);
    number(table, "max_empty_percent", policy.max_empty_percent);
    if (const toml::node* seed = table.get("seed")) {
      const auto value = seed->value_exact<std::int64_t>();
      if (!value || *value < 0) refuse(*seed, "\"seed\": expected a whole number from 0");
      policy.seed = static_cast<std::uint64_t>(*value);
    }
    text(table, "cluster_separator", policy.cluster_separator);
    choice(table, "interval", policy.interval,
           {{"bca", IntervalMethod::kBca}, {"percentile", IntervalMethod::kPercentile}});
    choice(table, "on_inconclusive", policy.on_inconclusive,
           {{"error", OnInconclusive::kError},
            {"pass", OnInconclusive::kPass},
            {"fail", OnInconclusive::kFail}});
    choice(table, "correction", policy.correction,
           {{"none", Correction::kNone}, {"holm", Correction::kHolm}});
    const toml::node* const rules = table.get("rule");
    if (rules == nullptr || !rules->is_array_of_tables() || rules->as_array()->empty()) {
      throw Error(ExitCode::kUsage,
                  fmt::format("{}: expected [[rule]] tables; a gate without rules gates nothing "
                              "(vernier gate --init writes an example)",
                              name_));
    }
    for (const toml::node& node : *rules->as_array()) {
      policy.rules.push_back(rule(*node.as_table(), common));
    }
    return policy;
  }

 private:
  GateRule rule(const toml::table& table, const GateRule& common) {
    check_keys(table, kRuleKeys);
    GateRule rule = common;
    rule.line = table.source().begin.line;
    text(table, "metric", rule.metric);
    if (rule.metric.empty()) refuse(table, "a rule without \"metric\"");
    text(table, "by", rule.by);
    if (const toml::node* by = table.get("by"); by != nullptr && !rule.by.starts_with("meta.")) {
      refuse(*by, "\"by\": expected \"meta.KEY\"");
    }
    std::size_t drops = 0;
    const auto drop = [&](const char* key, std::optional<double>& value) {
      if (table.get(key) == nullptr) return;
      ++drops;
      double number_given = 0;
      number(table, key, number_given);
      if (number_given < 0) {
        refuse(*table.get(key), fmt::format("\"{}\": expected a number from 0: it says how much "
                                            "worse the candidate may be",
                                            key));
      }
      value = number_given;
      rule.as_increase |= std::string_view(key) == "max_increase";
    };
    drop("max_drop", rule.max_drop);
    drop("margin", rule.max_drop);
    drop("max_increase", rule.max_drop);
    drop("max_drop_percent", rule.max_drop_percent);
    if (drops > 1) {
      refuse(table, "a rule takes one of max_drop, max_drop_percent, max_increase and margin");
    }
    bound(table, "min_value", rule.min_value);
    bound(table, "max_value", rule.max_value);
    if (drops == 0 && !rule.min_value && !rule.max_value) {
      refuse(table, fmt::format("the rule about \"{}\" demands nothing: expected max_drop, "
                                "max_drop_percent, max_increase, margin, min_value or max_value",
                                printable(rule.metric)));
    }
    number(table, "alpha", rule.alpha);
    if (!(rule.alpha > 0 && rule.alpha < 0.5)) refuse(table, "\"alpha\": expected 0 < alpha < 0.5");
    count(table, "min_samples", rule.min_samples, 0);
    return rule;
  }

  template <std::size_t n>
  void check_keys(const toml::table& table, const std::array<std::string_view, n>& known) {
    for (const auto& [key, node] : table) {
      const std::string_view name = key.str();
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      const std::string_view near = *std::min_element(
          known.begin(), known.end(), [&](std::string_view a, std::string_view b) {
            return edit_distance(a, name) < edit_distance(b, name);
          });
      refuse(node, fmt::format("unknown key \"{}\"{}", printable(name),
                               edit_distance(near, name) <= 3
                                   ? fmt::format("; did you mean \"{}\"?", near)
                                   : fmt::format("; known: {}", fmt::join(known, ", "))));
    }
  }

  void number(const toml::table& table, const char* key, double& value) {
    const toml::node* const node = table.get(key);
    if (node == nullptr) return;
    const std::optional<double> given = node->is_number() ? node->value<double>() : std::nullopt;
    if (!given || !std::isfinite(*given)) {
      refuse(*node, fmt::format("\"{}\": expected a finite number", key));
    }
    value = *given;
  }
  void bound(const toml::table& table, const char* key, std::optional<double>& value) {
    if (table.get(key) == nullptr) return;
    double given = 0;
    number(table, key, given);
    value = given;
  }
  void count(const toml::table& table, const char* key, std::size_t& value, std::int64_t least) {
    const toml::node* const node = table.get(key);
    if (node == nullptr) return;
    const auto given = node->value_exact<std::int64_t>();
    if (!given || *given < least || *given > 100'000'000) {
      refuse(*node, fmt::format("\"{}\": expected a whole number from {}", key, least));
    }
    value = static_cast<std::size_t>(*given);
  }
  void text(const toml::table& table, const char* key, std::string& value) {
    const toml::node* const node = table.get(key);
    if (node == nullptr) return;
    const auto given = node->value_exact<std::string>();
    if (!given) refuse(*node, fmt::format("\"{}\": expected a string", key));
    value = *given;
  }
  template <class T>
  void choice(const toml::table& table, const char* key, T& value,
              std::initializer_list<std::pair<std::string_view, T>> choices) {
    std::string given;
    text(table, key, given);
    if (given.empty() && table.get(key) == nullptr) return;
    std::vector<std::string_view> names;
    for (const auto& [name, meaning] : choices) {
      if (name == given) {
        value = meaning;
        return;
      }
      names.push_back(name);
    }
    refuse(*table.get(key), fmt::format("\"{}\": expected {}", key, fmt::join(names, " or ")));
  }

  [[noreturn]] void refuse(const toml::node& node, std::string_view what) const {
    throw Error(ExitCode::kUsage, fmt::format("{}:{}: {}", name_, node.source().begin.line, what));
  }

  std::string name_;
};

}  // namespace

GatePolicy read_policy(const std::string& path) {
  constexpr std::size_t most = std::size_t{1} << 20;
  const std::string text = ByteSource::open(path)->read_rest(most);
  if (text.size() > most) {
    throw Error(ExitCode::kUsage, fmt::format("{}: no policy is that long", printable(path)));
  }
  return parse_policy(text, path);
}

GatePolicy parse_policy(std::string_view toml, const std::string& name) {
  try {
    const toml::table table = toml::parse(toml, std::string_view(name));
    return PolicyReader(name).read(table);
  } catch (const toml::parse_error& error) {
    throw Error(ExitCode::kUsage,
                fmt::format("{}:{}: not TOML: {}", printable(name, 300), error.source().begin.line,
                            printable(error.description(), 300)));
  }
}

std::string example_policy() {
  return R"(# What a new checkpoint may cost: vernier gate --baseline A --candidate B --policy gate.toml
#
# Of each rule the difference d = candidate - baseline (sign turned where less is better) and its
# paired confidence interval [low, high] are found by resampling images. With m the drop allowed:
#   regression     high < -m        exit code 1
#   pass           low >= -m        exit code 0
#   inconclusive   otherwise        exit code 5; the report says how many images would decide

alpha = 0.05                # a regression is announced wrongly this often; the interval is 1 - 2 alpha
# on_inconclusive = "error" # or "pass", "fail"
# correction = "none"       # "holm": a regression must also stand against the number of rules
# min_samples = 100         # fewer samples: nothing is judged (exit code 5)
# max_empty_percent = 1.0   # more empty captions: the measurement failed (exit code 5)
# resamples = 10000
# seed = 1
# interval = "bca"          # or "percentile"
# cluster_separator = "#"   # the image of a sample is its image id up to this

[[rule]]
metric = "cider"            # any score of the runs: vernier score -f json lists them
max_drop = 0.02             # absolute, on the score's own scale

[[rule]]
metric = "meteor"
max_drop_percent = 2.0      # in percent of the baseline's score

[[rule]]
metric = "bleu-4"
min_value = 0.15            # the candidate's own score, whatever the baseline's

# [[rule]]
# metric = "cider"          # every slice of the samples for itself: a field of their records
# by = "meta.source"
# max_drop = 0.05

# [[rule]]
# metric = "ter"            # less is better
# max_increase = 1.0
# alpha = 0.01
)";
}

}  // namespace vernier
