// What two models say by themselves.
#include "judges/precision/greedy_divergence.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "tests/judges/precision/changed_model.h"

namespace vernier::logits {
namespace {

using chat::ChatAnswer;
using chat::ChatRequest;
using chat::LocalModel;
using tests::local_model;

std::vector<ChatRequest> questions(std::size_t count) {
  std::vector<ChatRequest> out;
  for (std::size_t i = 0; i < count; ++i) {
    out.push_back(tests::described(i));
    out.back().most_new = 40;
  }
  return out;
}

std::vector<GreedyPair> pairs(LocalModel& a, LocalModel& b,
                              const std::vector<ChatRequest>& requests, std::size_t portion) {
  std::vector<GreedyPair> out;
  greedy_divergence(a, b, requests, portion, [&](std::size_t i, GreedyPair pair) {
    EXPECT_EQ(i, out.size());
    out.push_back(std::move(pair));
  });
  return out;
}

std::vector<ChatAnswer> answers(LocalModel& model, const std::vector<ChatRequest>& requests) {
  std::vector<ChatAnswer> out(requests.size());
  model.run(requests, [&](std::size_t i, ChatAnswer answer) { out[i] = std::move(answer); });
  return out;
}

/// The logits of A in the place where it goes on after `tokens` of its own.
std::vector<float> logits_after(LocalModel& model, const ChatRequest& request, std::size_t tokens) {
  std::vector<float> out;
  model.run_watched(
      std::span(&request, 1),
      [&](std::size_t, std::size_t place, std::uint32_t, const engine::Observed& observed) {
        if (place == tokens) out.assign(observed.logits.begin(), observed.logits.end());
      },
      [](std::size_t, const ChatAnswer&) {});
  return out;
}

TEST(GreedyDivergence, AModelSaysWhatItSays) {
  const auto a = local_model(tests::default_folder()), b = local_model(tests::default_folder(), 1);
  for (const GreedyPair& pair : pairs(*a, *b, questions(5), 2)) {
    EXPECT_TRUE(pair.equal);
    EXPECT_EQ(pair.text_a, pair.text_b);
    EXPECT_GT(pair.tokens_a, 3U);
    EXPECT_TRUE(std::isnan(pair.gap_a));
  }
}

TEST(GreedyDivergence, FirstDifferencesAndGapsAreThoseOfTheAnswers) {
  const tests::TemporaryFolder folder;
  const auto a = local_model(tests::default_folder());
  const auto b = local_model(
      tests::changed_copy(tests::default_folder(), folder.path("b"),
                          tests::times(tests::language_layer(1, "self_attn.o_proj.weight"), 0.9F)));
  const std::vector<ChatRequest> requests = questions(24);
  const std::vector<ChatAnswer> by_a = answers(*a, requests), by_b = answers(*b, requests);
  std::size_t equal = 0, seconds = 0;
  const std::vector<GreedyPair> found = pairs(*a, *b, requests, 7);
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const GreedyPair& pair = found[i];
    const auto &said_a = by_a[i].tokens, &said_b = by_b[i].tokens;
    EXPECT_EQ(pair.text_a, by_a[i].text);
    EXPECT_EQ(pair.text_b, by_b[i].text);
    EXPECT_EQ(pair.tokens_a, said_a.size());
    EXPECT_EQ(pair.tokens_b, said_b.size());
    EXPECT_EQ(pair.equal, said_a == said_b);
    equal += pair.equal ? 1 : 0;
    if (pair.equal) continue;
    std::size_t first = 0;
    while (said_a[first] == said_b[first]) ++first;
    EXPECT_EQ(pair.common, first);
    std::vector<float> logits = logits_after(*a, requests[i], first);
    EXPECT_EQ(std::ranges::max_element(logits) - logits.begin(), said_a[first]);
    const float of_b = logits[said_b[first]];
    std::ranges::sort(logits, std::ranges::greater{});
    EXPECT_EQ(pair.gap_a, static_cast<double>(logits[0]) - logits[1]);
    EXPECT_EQ(pair.second, of_b == logits[1]);
    EXPECT_GE(pair.gap_b, 0);
    seconds += pair.second ? 1 : 0;
  }
  // The change is one that shows, and not everywhere.
  EXPECT_GT(equal, 0U);
  EXPECT_LT(equal, requests.size());
  EXPECT_GT(seconds, 0U);
}

TEST(GreedyDivergence, WhatCannotBeReadIsSaid) {
  const auto a = local_model(tests::default_folder());
  std::vector<ChatRequest> requests = questions(2);
  auto broken = std::make_shared<chat::Picture>();
  broken->name = "error.jpg";
  broken->bytes = "<html>";
  requests[0].pictures = {broken};
  const std::vector<GreedyPair> found = pairs(*a, *a, requests, 0);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_NE(found[0].error.find("error.jpg"), std::string::npos) << found[0].error;
  EXPECT_FALSE(found[0].equal);
  EXPECT_TRUE(found[1].equal);
}

}  // namespace
}  // namespace vernier::logits
