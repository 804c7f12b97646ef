// Files that are no such result, or an edited one: one clear line, or a page without nonsense.
#include <gtest/gtest.h>

#include "results/report/precision/reading/precision_result.h"
#include "tests/results/report/precision/made_up_precision.h"
#include "tests/support/sanitized.h"

namespace vernier::tests {
namespace {

#ifdef VERNIER_SANITIZED
constexpr std::size_t kStep = 3;  // of places that are tried: pages take four times as long
#else
constexpr std::size_t kStep = 1;
#endif

constexpr const char* kEvil = "<script>alert(1)</script>\"'><img src=x>\x1b[31m\xe2\x80\xae";

/// Pointers to everything in a document.
void collect(const Json& value, const std::string& way, std::vector<std::string>& out) {
  if (!way.empty()) out.push_back(way);
  if (!value.is_structured()) return;
  for (const auto& [key, inner] : value.items()) {
    std::string name = key;
    for (std::size_t at = 0; (at = name.find('/', at)) != std::string::npos; at += 2) {
      name.replace(at, 1, "~1");
    }
    collect(inner, way + "/" + name, out);
  }
}

/// The page, or the error's line.
std::string page_or_error(const Json& document, bool& refused) {
  refused = false;
  try {
    return precision_page(document);
  } catch (const Error& error) {
    refused = true;
    EXPECT_EQ(error.code(), ExitCode::kBadInput) << error.what();
    return error.what();
  }
}

void expect_sense(const Json& document, const std::string& what) {
  bool refused = false;
  const std::string text = page_or_error(document, refused);
  if (refused) {
    EXPECT_TRUE(has(text, "p0.json:1: expected ")) << what << ": " << text;
    EXPECT_FALSE(has(text, "\n")) << what;
    return;
  }
  const std::string body =
      text.substr(text.find("<body>"), text.find("<script>") - text.find("<body>"));
  for (const char* wrong :
       {"\"nan", ">nan", " nan", "\"inf", "\"-inf", "-nan", " inf ", ">inf", "Mnan", "Minf"}) {
    EXPECT_FALSE(has(body, wrong)) << what << ": " << wrong;
  }
}

TEST(ReportPrecisionInput, EveryMemberOfAnyTypeIsReadOrRefused) {
  const Json whole = made_up_precision();
  std::vector<std::string> places;
  collect(whole, "", places);
  ASSERT_GT(places.size(), 250U);
  const Json others[] = {nullptr, "x", 0, 1e308, -1e308, 18446744073709551615U};
  for (std::size_t i = 0; i < places.size(); i += kStep) {
    const std::string& place = places[i];
    for (const Json& other : others) {
      Json document = whole;
      document[Json::json_pointer(place)] = other;
      expect_sense(document, place + " = " + other.dump());
    }
  }
}

TEST(ReportPrecisionInput, EveryMemberMayBeAbsent) {
  const Json whole = made_up_precision();
  std::vector<std::string> places;
  collect(whole, "", places);
  for (const std::string& place : places) {
    Json document = whole;
    const Json::json_pointer pointer(place);
    Json& parent = document[pointer.parent_pointer()];
    if (!parent.is_object()) continue;
    parent.erase(pointer.back());
    expect_sense(document, "without " + place);
  }
}

/// All texts that are not one of a few words.
void poison(Json& value) {
  if (value.is_string()) value = kEvil + value.get<std::string>();
  if (value.is_array()) {
    for (Json& inner : value) poison(inner);
  }
  if (!value.is_object()) return;
  for (auto& [key, inner] : value.items()) {
    if (key != "verdict" && key != "flip" && key != "schema" && key != "statistics") poison(inner);
  }
}

TEST(ReportPrecisionInput, HostileTextStaysText) {
  Json pair = made_up_pair("b", "int4");
  for (Json* const named :
       {&pair["captions"]["comparison"]["metrics"], &pair["logits"]["delta_p_percentiles"]}) {
    (*named)[kEvil] = named->begin().value();
  }
  pair["skipped"] = {{{"level", "speed"}, {"reason", "none"}}};
  pair["gate"]["verdict"] = "regression";
  pair["gate"]["rules"][0]["slice"] = "all";
  pair["gate"]["rules"][0]["verdict"] = "regression";
  for (Json document : {made_up_precision({pair}), made_up_precision({pair, pair})}) {
    poison(document);
    const std::string page = precision_page(document);
    for (const char* raw : {"<script>alert", "<img", "\x1b", "\xe2\x80\xae"}) {
      EXPECT_FALSE(has(page, raw)) << raw;
    }
    EXPECT_TRUE(has(page, "&lt;script&gt;alert(1)"));
  }
}

TEST(ReportPrecisionInput, LongTextsAreCut) {
  Json document = made_up_precision();
  Json& example = only_pair(document)["captions"]["examples"][0];
  example["a"] = std::string(100'000, 'x');
  example["b"] = "x " + std::string(100'000, 'y');
  EXPECT_LT(precision_page(document).size(), precision_page(made_up_precision()).size() + 10'000);
}

TEST(ReportPrecisionInput, WhatIsNoSuchResultIsRefusedWithItsPlace) {
  const auto changed = [](const char* pointer, const Json& value) {
    Json document = made_up_precision();
    document[Json::json_pointer(pointer)] = value;
    return document.dump();
  };
  const std::string whole = made_up_precision().dump();
  const struct {
    std::string text, message;
  } cases[] = {
      {"", ":1: expected what vernier precision --model-b DIR -f json prints, found no JSON"},
      {whole.substr(0, whole.size() / 2), "a part of it or more than one object"},
      {"[1]", "expected one JSON object"},
      {R"({"schema":"vernier.precision/1"})",
       "expected the schema vernier.precision.checkpoints/1, found vernier.precision/1"},
      {R"({"schema":"vernier.precision.checkpoints/2"})", "found vernier.precision.checkpoints/2"},
      {R"({"schema":"vernier.precision.checkpoints/1"})", "expected a member data"},
      {changed("/pairs", Json::array()), "expected at least one pair as pairs, found a list of 0"},
      {changed("/pairs/0/gate/verdict", "fine"),
       "expected pass, regression, inconclusive or error as pairs[0].gate.verdict, found \"fine\""},
      {changed("/pairs/0/gate/rules/1/verdict", "good"), "as pairs[0].gate.rules[1].verdict"},
      {changed("/pairs/0/logits/kl/p99", "0.1"),
       "expected a number or null as pairs[0].logits.kl.p99, found \"0.1\""},
      {changed("/pairs/0/answers/examples/0/flip", "none"), "right_to_wrong or wrong_to_right"},
      {changed("/pairs/0/captions/equal", 301), "expected no more captions than pictures"},
      {changed("/pairs/0/verdicts/comparison/statistics", "alpha:2"),
       "expected a signature with alpha:0.05"},
      {changed("/a/bytes", -1), "expected a count as a.bytes, found -1"},
      {changed("/pairs/0/units/equal", Json::array({1})),
       "expected a text as pairs[0].units.equal[0], found 1"}};
  for (const auto& one : cases) {
    try {
      precision_page(std::vector{one.text});
      ADD_FAILURE() << one.message;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ExitCode::kBadInput) << one.message;
      EXPECT_TRUE(has(error.what(), one.message)) << error.what();
    }
  }
}

TEST(ReportPrecisionInput, IsToldByItsSchema) {
  const TemporaryFolder folder;
  const std::string text = made_up_precision().dump();
  EXPECT_TRUE(report::is_precision_result(folder.write("a", text)));
  EXPECT_TRUE(report::is_precision_result(folder.write("b", made_up_precision().dump(2))));
  EXPECT_FALSE(report::is_precision_result(folder.write("c", R"({"schema":"vernier.run/1"})")));
  EXPECT_FALSE(report::is_precision_result(folder.write("d", "")));
  EXPECT_FALSE(report::is_precision_result(folder.path("none").string()));
  EXPECT_FALSE(report::is_precision_result("-"));
}

}  // namespace
}  // namespace vernier::tests
