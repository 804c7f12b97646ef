// Whatever is computed together, in whatever portions, with whatever reuse: the same bits.
#include "judges/engine/serve/engine.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/support/tiny_model.h"

namespace vernier::engine {
namespace {

/// All that a result says, to the bit.
std::string text_of(const TaskResult& r) {
  std::string out = r.error + (r.stopped ? "|stopped|" : "|");
  const auto add = [&](const auto& numbers) {
    for (const auto number : numbers) {
      out += std::to_string(std::bit_cast<std::uint32_t>(number)) + ' ';
    }
    out += '|';
  };
  add(r.forced_log_probabilities);
  add(r.forced_best);
  add(r.tokens);
  add(r.log_probabilities);
  add(r.choices);
  return out;
}

std::vector<TaskResult> answer(Engine& engine, const std::vector<Task>& tasks) {
  std::vector<TaskResult> out(tasks.size());
  std::vector<int> calls(tasks.size());
  engine.run(tasks, [&](std::size_t i, TaskResult result) {
    ++calls[i];
    out[i] = std::move(result);
  });
  EXPECT_EQ(calls, std::vector<int>(tasks.size(), 1));
  return out;
}

std::vector<TaskResult> answer(const std::vector<Task>& tasks, const EngineLimits& limits,
                               unsigned threads = 1) {
  TinyModel model(threads);
  Engine engine(model, limits);
  return answer(engine, tasks);
}

std::vector<std::uint32_t> counting(std::uint32_t first, std::size_t n) {
  std::vector<std::uint32_t> out;
  for (std::size_t i = 0; i < n; ++i) {
    out.push_back(static_cast<std::uint32_t>((first + i * 13) % 101));
  }
  return out;
}

/// Prompts of all lengths, with and without images, some alike; all that can be asked for.
std::vector<Task> many_tasks() {
  std::vector<Task> tasks;
  const auto red = tiny_image(40, 1), blue = tiny_image(9, 2);
  for (std::uint32_t i = 0; i < 14; ++i) {
    Task task;
    task.prompt = tiny_prompt({1, 2, 3},
                              i % 3 == 0   ? nullptr
                              : i % 3 == 1 ? red
                                           : blue,
                              counting(i / 4, 1 + i * 7 % 90));
    if (i % 2 == 0) task.forced = counting(i, i);
    task.most_new = i % 5 * 6;
    task.stop = {17, 44};
    if (i % 4 == 1) task.choices = {3, 99, 4};
    tasks.push_back(std::move(task));
  }
  return tasks;
}

TEST(Engine, BatchesChunksThreadsAndReuseDoNotChangeABit) {
  const std::vector<Task> tasks = many_tasks();
  std::vector<std::string> alone;
  for (const Task& task : tasks) alone.push_back(text_of(answer({task}, {}).front()));
  for (const std::size_t live : {1U, 3U, 16U}) {
    for (const std::size_t chunk : {1U, 5U, 32U, 256U}) {
      for (const unsigned threads : {1U, 3U}) {
        const std::vector<TaskResult> together =
            answer(tasks, {live, chunk, std::size_t{1} << 24}, threads);
        for (std::size_t i = 0; i < tasks.size(); ++i) {
          EXPECT_EQ(text_of(together[i]), alone[i]) << i << ": " << live << ' ' << chunk;
        }
      }
    }
  }
}

TEST(Engine, ReuseDoesNotChangeABitEither) {
  const std::vector<Task> tasks = many_tasks();
  TinyModel model;
  Engine engine(model, {});
  const std::vector<TaskResult> first = answer(engine, tasks), second = answer(engine, tasks);
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    EXPECT_EQ(text_of(second[i]), text_of(first[i])) << i;
    // All but the prompt's last token was there.
    EXPECT_EQ(second[i].computed, tasks[i].forced.size() + 1) << i;
  }
}

TEST(Engine, ASecondCaptionOfAnImageComputesItsOwnTokensOnly) {
  TinyModel model;
  Engine engine(model, {});
  const auto image = tiny_image(40, 1);
  std::vector<Task> tasks(2);
  tasks[0].prompt = tiny_prompt({1, 2}, image, {5, 6, 7, 8, 9, 10, 11});
  tasks[1].prompt = tiny_prompt({1, 2}, image, {5, 6, 7, 80, 81});
  for (Task& task : tasks) task.most_new = 3;
  const std::vector<TaskResult> results = answer(engine, tasks);
  EXPECT_EQ(results[0].reused, 0U);
  EXPECT_EQ(results[0].computed, 49U);
  EXPECT_EQ(results[1].reused, 45U);  // the image and "5 6 7"
  EXPECT_EQ(results[1].computed, 2U);
  EXPECT_EQ(model.looks, 1) << "the image was looked at again";
  Task other = tasks[1];
  other.prompt = tiny_prompt({1, 2}, tiny_image(40, 3), {5, 6, 7, 80, 81});
  const std::vector<TaskResult> third = answer(engine, {other});
  EXPECT_EQ(third[0].reused, 2U) << "another image has the same token ids";
  EXPECT_NE(text_of(third[0]), text_of(results[1]));
}

TEST(Engine, ReuseNeverEndsInsideAnImage) {
  TinyModel model;
  Engine engine(model, {});
  // A prompt that ends right behind an image shares all but its last token: one of the image.
  Task task;
  task.prompt = tiny_prompt({1, 2, 3}, tiny_image(40, 1), {});
  task.most_new = 2;
  const TaskResult first = answer(engine, {task}).front(), second = answer(engine, {task}).front();
  EXPECT_EQ(second.reused, 3U);
  EXPECT_EQ(model.looks, 2);
  EXPECT_EQ(text_of(second), text_of(first));
}

TEST(Engine, WhatIsGeneratedHasTheProbabilityThatForcingItGives) {
  Task task;
  task.prompt = tiny_prompt({1, 2, 3}, tiny_image(40, 1), counting(5, 20));
  task.most_new = 50;
  const TaskResult free = answer({task}, {}).front();
  ASSERT_EQ(free.tokens.size(), 50U);
  Task forced = task;
  forced.most_new = 0;
  forced.forced = free.tokens;
  const TaskResult scored = answer({forced}, {}).front();
  EXPECT_EQ(scored.forced_best, free.tokens);
  ASSERT_EQ(scored.forced_log_probabilities.size(), 50U);
  for (std::size_t i = 0; i < 50; ++i) {
    EXPECT_EQ(std::bit_cast<std::uint32_t>(scored.forced_log_probabilities[i]),
              std::bit_cast<std::uint32_t>(free.log_probabilities[i]))
        << i;
  }
  // Stopping: at the token itself, which is part of the result.
  Task stopped = task;
  stopped.stop = {free.tokens[7]};
  const TaskResult cut = answer({stopped}, {}).front();
  EXPECT_TRUE(cut.stopped);
  EXPECT_EQ(cut.tokens.back(), free.tokens[7]);
  EXPECT_LE(cut.tokens.size(), 8U);
}

TEST(Engine, ChoicesAreProbabilities) {
  Task task;
  task.prompt = tiny_prompt({1, 2, 3}, nullptr, counting(5, 20));
  for (std::uint32_t id = 0; id < 101; ++id) task.choices.push_back(id);
  double total = 0;
  const TaskResult result = answer({task}, {}).front();
  for (const float p : result.choices) total += std::exp(static_cast<double>(p));
  EXPECT_NEAR(total, 1, 1e-5);
}

/// What a watch saw of one task.
struct Seen {
  std::vector<std::size_t> places;
  std::vector<std::uint32_t> tokens, best;
  std::vector<float> log_probabilities;
  std::vector<std::vector<float>> rows;
};

TEST(Engine, AWatchSeesTheWholeRowOfEachToken) {
  std::vector<Task> tasks = many_tasks();
  const std::vector<TaskResult> unseen = answer(tasks, {});
  std::vector<Seen> seen(tasks.size());
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    tasks[i].watch = [&one = seen[i]](std::size_t place, std::uint32_t token,
                                      const Observed& observed) {
      one.places.push_back(place);
      one.tokens.push_back(token);
      one.best.push_back(observed.best);
      EXPECT_EQ(observed.best_logit, observed.logits[observed.best]);
      one.log_probabilities.push_back(observed.logits[token] - observed.log_sum);
      one.rows.emplace_back(observed.logits.begin(), observed.logits.end());
    };
  }
  const std::vector<TaskResult> results = answer(tasks, {3, 32, std::size_t{1} << 24});
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    EXPECT_EQ(text_of(results[i]), text_of(unseen[i])) << "watching changes nothing";
    const auto both = [](std::vector<std::uint32_t> first, const auto& second) {
      first.insert(first.end(), second.begin(), second.end());
      return first;
    };
    EXPECT_EQ(seen[i].places, [&] {
      std::vector<std::size_t> all(tasks[i].forced.size() + results[i].tokens.size());
      std::iota(all.begin(), all.end(), std::size_t{0});
      return all;
    }());
    EXPECT_EQ(seen[i].tokens, both(tasks[i].forced, results[i].tokens));
    EXPECT_EQ(seen[i].best, both(results[i].forced_best, results[i].tokens));
    std::vector<float> log_probabilities = results[i].forced_log_probabilities;
    log_probabilities.insert(log_probabilities.end(), results[i].log_probabilities.begin(),
                             results[i].log_probabilities.end());
    EXPECT_EQ(seen[i].log_probabilities, log_probabilities);
    for (std::size_t t = 0; t < seen[i].rows.size(); ++t) {
      const std::vector<float>& row = seen[i].rows[t];
      ASSERT_EQ(row.size(), 101U) << "the vocabulary";
      double sum = 0;
      for (const float logit : row) sum += std::exp(static_cast<double>(logit));
      EXPECT_NEAR(row[seen[i].tokens[t]] - std::log(sum), log_probabilities[t], 1e-5);
    }
  }
}

TEST(Engine, AWatchMayEndTheWork) {
  TinyModel model;
  Engine engine(model, {});
  std::vector<Task> tasks = many_tasks();
  const std::string wanted = text_of(answer({tasks[2]}, {}).front());
  std::vector<Task> watched = tasks;
  watched[4].watch = [](std::size_t, std::uint32_t, const Observed&) {
    throw std::runtime_error("enough");
  };
  EXPECT_THROW(engine.run(watched, [](std::size_t, const TaskResult&) {}), std::runtime_error);
  EXPECT_EQ(text_of(answer(engine, {tasks[2]}).front()), wanted);
}

TEST(Engine, ForgetsWhenItIsToldTo) {
  TinyModel model;
  // Little memory: pages that were not given back would be missed.
  const std::size_t page = model.language().shape().pages().floats() * sizeof(float);
  Engine engine(model, {4, 64, 8 * page});
  Task task;
  task.prompt = tiny_prompt(counting(1, 150), nullptr, {});
  task.most_new = 2;
  const TaskResult first = answer(engine, {task}).front();
  EXPECT_EQ(answer(engine, {task}).front().reused, 149U);
  for (int round = 0; round < 3; ++round) {
    engine.forget();
    const TaskResult again = answer(engine, {task}).front();
    EXPECT_EQ(again.reused, 0U);
    EXPECT_EQ(text_of(again), text_of(first));
  }
}

TEST(Engine, MemoryForKeysAndValuesIsNeverExceeded) {
  const std::vector<Task> tasks = many_tasks();
  std::vector<std::string> wanted;
  for (const TaskResult& r : answer(tasks, {})) wanted.push_back(text_of(r));
  // Room for the longest task and little more: what is remembered must be forgotten again and
  // again.
  const std::size_t page = TinyModel().language().shape().pages().floats() * sizeof(float);
  const std::vector<TaskResult> results = answer(tasks, {16, 64, 7 * page});
  for (std::size_t i = 0; i < tasks.size(); ++i) EXPECT_EQ(text_of(results[i]), wanted[i]) << i;
}

TEST(Engine, WhatDoesNotFitIsRefusedAndTheRestIsAnswered) {
  std::vector<Task> tasks(5);
  tasks[0].prompt = tiny_prompt(counting(1, 600), nullptr, {});
  tasks[1].prompt = tiny_prompt({4, 5}, nullptr, {});
  tasks[1].most_new = 1;
  tasks[3].prompt = tiny_prompt(counting(1, 300), nullptr, {});
  tasks[4].prompt = tiny_prompt({4, 5}, nullptr, {});
  tasks[4].forced = {100, 101};
  const std::size_t page = TinyModel().language().shape().pages().floats() * sizeof(float);
  const std::vector<TaskResult> results = answer(tasks, {4, 64, 5 * page});
  EXPECT_NE(results[0].error.find("600 tokens, the model has a context of 512"), std::string::npos)
      << results[0].error;
  EXPECT_TRUE(results[1].error.empty());
  EXPECT_EQ(results[1].tokens.size(), 1U);
  EXPECT_EQ(results[2].error, "the prompt is empty");
  EXPECT_NE(results[3].error.find("memory for keys and values"), std::string::npos);
  EXPECT_EQ(results[4].error, "the answer has token 101, the model knows 101 tokens");
}

}  // namespace
}  // namespace vernier::engine
