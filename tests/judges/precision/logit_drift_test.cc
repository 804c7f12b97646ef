// The model that comes with vernier against itself and against copies of it with known changes.
#include "judges/precision/logit_drift.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "tests/judges/precision/changed_model.h"

namespace vernier::logits {
namespace {

using chat::ChatRequest;
using chat::LocalModel;
using tests::captioned;
using tests::changed_copy;
using tests::local_model;

std::vector<RequestDrift> drifts(LocalModel& a, LocalModel& b,
                                 const std::vector<ChatRequest>& requests,
                                 const DriftOptions& options = {}) {
  std::vector<RequestDrift> out;
  logit_drift(a, b, requests, options, [&](std::size_t i, RequestDrift drift) {
    EXPECT_EQ(i, out.size()) << "in the order of the requests";
    out.push_back(std::move(drift));
  });
  EXPECT_EQ(out.size(), requests.size());
  return out;
}

/// All that was found, to the bit.
std::string text_of(const std::vector<RequestDrift>& all) {
  std::string out;
  for (const RequestDrift& one : all) {
    out += one.error + '\n';
    for (const TokenDrift& t : one.tokens) {
      for (const double x : {t.kl, t.log_p_a, t.log_p_b, t.mean_delta, t.max_delta}) {
        out += std::to_string(std::bit_cast<std::uint64_t>(x)) + ' ';
      }
      for (const std::uint32_t x : {t.token, t.best_a, t.best_b}) out += std::to_string(x) + ' ';
    }
  }
  return out;
}

using Rows = std::map<std::pair<std::size_t, std::size_t>, std::vector<float>>;

Rows rows_of(LocalModel& model, const std::vector<ChatRequest>& requests) {
  Rows rows;
  model.run_watched(
      requests,
      [&](std::size_t i, std::size_t place, std::uint32_t, const engine::Observed& observed) {
        rows[{i, place}].assign(observed.logits.begin(), observed.logits.end());
      },
      [](std::size_t, const chat::ChatAnswer&) {});
  return rows;
}

class LogitDrift : public testing::Test {
 protected:
  /// The model with the values of one of its matrices times `factor`.
  std::unique_ptr<LocalModel> changed(float factor) {
    const std::string to = folder_.path("changed" + std::to_string(factor));
    const auto change = tests::times(tests::language_layer(2, "mlp.down_proj.weight"), factor);
    return local_model(changed_copy(tests::default_folder(), to, change));
  }
  tests::TemporaryFolder folder_;
  std::unique_ptr<LocalModel> a_ = local_model(tests::default_folder());
};

TEST_F(LogitDrift, AModelDoesNotDifferFromItself) {
  const std::vector<ChatRequest> requests = captioned(12);
  const auto twin = local_model(tests::default_folder(), 1);
  std::vector<std::vector<double>> said(requests.size());
  twin->run(requests,
            [&](std::size_t i, const chat::ChatAnswer& answer) { said[i] = answer.forced; });
  const auto found = drifts(*a_, *twin, requests);
  for (std::size_t i = 0; i < requests.size(); ++i) {
    EXPECT_EQ(found[i].error, "");
    ASSERT_EQ(found[i].tokens.size(), said[i].size());
    for (std::size_t t = 0; t < said[i].size(); ++t) {
      const TokenDrift& token = found[i].tokens[t];
      EXPECT_EQ(token.kl, 0);
      EXPECT_EQ(token.max_delta, 0);
      EXPECT_TRUE(token.same_top());
      EXPECT_EQ(token.log_p_a, token.log_p_b);
      EXPECT_NEAR(token.log_p_a, said[i][t], 1e-5);
    }
    EXPECT_EQ(found[i].tokens.back().token, 2U) << "the token that ends an answer";
  }
}

TEST_F(LogitDrift, DivergencesAreThoseOfTheWholeRows) {
  const std::vector<ChatRequest> requests = captioned(6);
  const auto b = changed(0.7F);
  const Rows rows_a = rows_of(*a_, requests), rows_b = rows_of(*b, requests);
  ASSERT_EQ(rows_a.size(), rows_b.size());
  const auto found = drifts(*a_, *b, requests);
  std::size_t places = 0, other_top = 0;
  double most = 0;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    for (std::size_t t = 0; t < found[i].tokens.size(); ++t, ++places) {
      const std::vector<float>&p = rows_a.at({i, t}), &q = rows_b.at({i, t});
      long double sum_p = 0, sum_q = 0, kl = 0;
      for (const float x : p) sum_p += std::exp(static_cast<long double>(x));
      for (const float x : q) sum_q += std::exp(static_cast<long double>(x));
      for (std::size_t v = 0; v < p.size(); ++v) {
        const long double log_p = p[v] - std::log(sum_p), log_q = q[v] - std::log(sum_q);
        kl += std::exp(log_p) * (log_p - log_q);
      }
      EXPECT_NEAR(found[i].tokens[t].kl, static_cast<double>(kl), 1e-12);
      most = std::max(most, found[i].tokens[t].kl);
      other_top += found[i].tokens[t].same_top() ? 0 : 1;
    }
  }
  EXPECT_EQ(places, rows_a.size());
  EXPECT_GT(most, 0.01) << "the change is there to be seen";
  EXPECT_GT(other_top, 0U);
}

TEST_F(LogitDrift, PortionsMemoryAndThreadsDoNotChangeABit) {
  std::vector<ChatRequest> requests = captioned(33);
  auto broken = std::make_shared<chat::Picture>();
  broken->name = "error.jpg";
  broken->bytes = "<html>";
  requests[7].pictures = {broken};
  const auto b = changed(0.7F);
  const std::string wanted = text_of(drifts(*a_, *b, requests));
  EXPECT_NE(wanted.find("error.jpg"), std::string::npos) << wanted;
  const std::size_t row = 704 * sizeof(float);
  for (const std::size_t portion : {0U, 1U, 5U, 32U, 1000U}) {
    EXPECT_EQ(text_of(drifts(*a_, *b, requests, {.portion = portion})), wanted) << portion;
  }
  EXPECT_EQ(text_of(drifts(*a_, *b, requests, {.row_bytes = 40 * row})), wanted);
  const auto a_of_three = local_model(tests::default_folder(), 3);
  EXPECT_EQ(text_of(drifts(*a_of_three, *b, requests)), wanted);
  // Texts that are longer than the memory are read several times, for one row each at worst.
  requests.resize(6);
  const std::string wanted_of_few = text_of(drifts(*a_, *b, requests));
  for (const std::size_t rows : {0U, 3U}) {
    EXPECT_EQ(text_of(drifts(*a_, *b, requests, {.row_bytes = rows * row})), wanted_of_few) << rows;
  }
}

TEST_F(LogitDrift, WhatCannotBeReadIsSaidOnce) {
  std::vector<ChatRequest> requests = captioned(3);
  requests[1].messages[0].content[1].text = std::string(20'000, 'x');
  const auto found = drifts(*a_, *changed(0.9F), requests);
  EXPECT_EQ(found[0].error, "");
  EXPECT_NE(found[1].error.find("context of 2048"), std::string::npos) << found[1].error;
  EXPECT_TRUE(found[1].tokens.empty());
  EXPECT_EQ(found[2].error, "");
  requests[0].forced.reset();
  EXPECT_THROW(drifts(*a_, *a_, requests), Error);
}

TEST_F(LogitDrift, NumbersThatAreNotFiniteAreNamed) {
  // Weights are finite, their products are not.
  const std::string to = folder_.path("huge");
  const auto change = tests::times(tests::language_layer(4, "mlp.down_proj.weight"), 2e37F);
  changed_copy(tests::default_folder(), to, change, engine::DType::kF32);
  const auto found = drifts(*a_, *local_model(to), captioned(2));
  for (const RequestDrift& one : found) {
    EXPECT_NE(one.error.find("infinite or NaN"), std::string::npos) << one.error;
    EXPECT_TRUE(one.tokens.empty());
  }
}

TEST_F(LogitDrift, TextsThatAreCutDifferentlyAreNotCompared) {
  nlohmann::json tokenizer =
      nlohmann::json::parse(tests::read_file(tests::default_folder() + "/tokenizer.json"));
  tokenizer["model"]["merges"] = nlohmann::json::array();
  const std::string letters = folder_.path("letters");
  std::filesystem::copy(tests::default_folder(), letters);
  std::ofstream(letters + "/tokenizer.json") << tokenizer.dump();
  const auto b = local_model(letters);
  for (const RequestDrift& one : drifts(*a_, *b, captioned(4))) {
    EXPECT_NE(one.error.find("different tokens"), std::string::npos) << one.error;
    EXPECT_TRUE(one.tokens.empty());
  }
}

}  // namespace
}  // namespace vernier::logits
