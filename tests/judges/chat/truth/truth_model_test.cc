// What the truth answers.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "base/error.h"
#include "datasets/scenes/language/captions/caption_reading.h"
#include "datasets/scenes/language/questions/conversation.h"
#include "judges/chat/truth/answers/answer_chances.h"
#include "tests/judges/chat/truth/drawn_folder.h"

namespace vernier::chat {
namespace {

using scenes::Candidate;
using tests::answer;
using tests::asked;
using tests::candidates;
using tests::DrawnFolder;
using tests::kRate;

/// The mean of the numbers that a model may answer, by the trie of their digits.
double expectation(ChatModel& model, const ChatRequest& request, const std::string& before = "",
                   double probability = 1) {
  ChatRequest next = request;
  next.answer_start += before;
  next.most_new = 0;
  next.choose_end = !before.empty();
  for (char digit = '0'; digit <= '9'; ++digit) next.choices.emplace_back(1, digit);
  const ChatAnswer told = answer(model, next);
  double sum = next.choose_end ? probability * std::exp(told.end_choice) * std::stod(before) : 0;
  for (std::size_t d = 0; d < 10; ++d) {
    const double here = probability * std::exp(told.choices[d]);
    if (here > 0) sum += expectation(model, request, before + next.choices[d], here);
  }
  return sum;
}

TEST(TruthModel, SaysWhatIsThere) {
  const DrawnFolder drawn(40);
  TruthModel model = drawn.model();
  for (std::size_t i = 0; i < drawn.scenes.size(); ++i) {
    for (const char* prompt : {"Describe the image.", "Describe this image in detail."}) {
      const ChatAnswer caption = answer(model, asked({drawn.pictures[i]}, prompt));
      ASSERT_EQ(caption.failure, ChatFailure::kNone) << caption.error;
      EXPECT_TRUE(caption.finished);
      const auto plan = scenes::read_caption(caption.text).plan;
      EXPECT_EQ(scenes::graph_score(drawn.scenes[i], plan).rating, 100) << caption.text;
    }
    EXPECT_EQ(answer(model, asked({drawn.pictures[i]},
                                  "List the objects, their features and their relationships."))
                  .text,
              scenes::visual_context(drawn.scenes[i]).text);
    for (std::size_t k = 0; k < scenes::kQuestionKinds; ++k) {
      scenes::SceneRandom random(62, i);
      const auto question =
          ask(scenes::small_world(), drawn.scenes[i], static_cast<scenes::QuestionKind>(k), random);
      if (!question) continue;
      const ChatAnswer told = answer(model, asked({drawn.pictures[i]}, question->text.text));
      EXPECT_EQ(told.text, question->answer.text) << question->text.text;
      EXPECT_TRUE(told.finished);
    }
  }
}

TEST(TruthModel, RatesAsTheGraphDoes) {
  const DrawnFolder drawn(30);
  TruthModel model = drawn.model(), exact = drawn.model("?spread=0");
  for (std::size_t i = 0; i < drawn.scenes.size(); ++i) {
    for (const Candidate& one : candidates(drawn, i)) {
      const ChatRequest request = asked({drawn.pictures[i]}, kRate + one.caption.text);
      const double rating = std::stod(answer(model, request).text);
      EXPECT_LE(std::abs(rating - one.score.exact), 0.5 + 1e-9) << one.caption.text;
      EXPECT_NEAR(expectation(exact, request), rating, 1e-9);
      const double mean = expectation(model, request);
      if (one.score.exact > 15 && one.score.exact < 85) {
        EXPECT_NEAR(mean, one.score.exact, 0.02) << one.caption.text;
      } else {
        EXPECT_NEAR(mean, one.score.exact, 3.5) << "the scale ends near it";
      }
    }
  }
}

TEST(TruthModel, KnowsEveryWayToAskForARating) {
  const DrawnFolder drawn(3);
  TruthModel model = drawn.model();
  const std::string caption = candidates(drawn, 0)[1].caption.text;
  const ChatRequest plain = asked({drawn.pictures[0]}, kRate + caption);
  const double wanted = expectation(model, plain);
  EXPECT_GT(wanted, 5);
  EXPECT_LT(wanted, 99);
  const std::vector<std::string> texts = {
      "How well does this caption fit the image, from 0 to 100?\nCaption: " + caption,
      "Give a number from 0 to 100 for how right this caption is about the image.\nCaption: " +
          caption,
      "Caption: " + caption + "\nFrom 0 to 100, how good is it for this image?",
      "Score this caption of the image from 0 to 100.\nCaption: " + caption,
      "Rate from 0 to 100 how well this caption fits the image.\nReferences:\n- A star.\n- A "
      "ring.\nCaption: " +
          caption,
      "Answer with one whole number from 0 to 100.\nCaption: \"" + caption + "\"",
      scenes::visual_context(drawn.scenes[1]).text + "\n" + kRate + caption};
  for (const std::string& text : texts) {
    EXPECT_NEAR(expectation(model, asked({drawn.pictures[0]}, text)), wanted, 1e-9) << text;
  }
  // What a caption says of scales is no scale of the question's.
  EXPECT_GT(std::stoi(answer(model, asked({drawn.pictures[0]}, "Caption: " + caption +
                                                                   " Rate from 0 to 3.\nFrom 0 to "
                                                                   "100, how good is it?"))
                          .text),
            3);
  const double exact = std::stod(answer(model, plain).text);
  const auto on_scale = [&](const std::string& scale) {
    return expectation(model, asked({drawn.pictures[0]}, "Rate " + scale +
                                                             " how well this caption fits the "
                                                             "image.\nCaption: " +
                                                             caption));
  };
  EXPECT_NEAR(on_scale("from 0 to 10"), exact / 10, 0.3);
  EXPECT_NEAR(on_scale("from 1 to 5"), 1 + exact / 25, 0.5);
}

TEST(TruthModel, AnswersGoOnWhereTheyBegan) {
  const DrawnFolder drawn(1);
  TruthModel model = drawn.model();
  ChatRequest request = asked({drawn.pictures[0]}, kRate + "A dog.");
  EXPECT_EQ(answer(model, request).text, "0");
  request.answer_start = "Score: 0";
  request.choices = {"0", "1", "10", "\n"};
  request.choose_end = true;
  const ChatAnswer told = answer(model, request);
  EXPECT_EQ(told.text, "");
  EXPECT_EQ(told.end_choice, 0);
  EXPECT_EQ(told.choices[0], kNever);
  EXPECT_TRUE(std::isnan(told.choices[2]));
  EXPECT_TRUE(std::isnan(answer(model, asked({drawn.pictures[0]}, kRate)).end_choice));
}

TEST(TruthModel, ComparesCaptions) {
  const DrawnFolder drawn(20);
  TruthModel model = drawn.model(), first = drawn.model("?flaws=first");
  int flipped = 0;
  for (std::size_t i = 0; i < drawn.scenes.size(); ++i) {
    const std::vector<Candidate> all = candidates(drawn, i);
    for (const Candidate& other : all) {
      if (other.caption.text.empty()) continue;
      const std::string &a = all[0].caption.text, &b = other.caption.text;
      const auto asks = [&](ChatModel& by, const std::string& one, const std::string& two) {
        ChatRequest request = asked(
            {drawn.pictures[i]}, "Which caption fits the image better?\nA: " + one + "\nB: " + two);
        request.choices = {"A", "B"};
        return answer(by, request);
      };
      const ChatAnswer forth = asks(model, a, b), back = asks(model, b, a);
      const double logits = (100 - other.score.exact) / 10;
      EXPECT_NEAR(forth.choices[0] - forth.choices[1], logits, 1e-9);
      EXPECT_NEAR(back.choices[0] - back.choices[1], -logits, 1e-9);
      EXPECT_NEAR(asks(first, b, a).choices[0] - asks(first, b, a).choices[1], 1.5 - logits, 1e-9);
      if (other.score.rating == 100) {
        EXPECT_EQ(forth.choices[0], std::log(0.5));
      }
      // The same caption is preferred in both orders, equal or not.
      if (a != b) {
        EXPECT_NE(forth.text, back.text);
      }
      flipped += asks(first, a, b).text == "A" && asks(first, b, a).text == "A";
    }
  }
  EXPECT_GT(flipped, 10) << "the flaw shows";
}

TEST(TruthModel, LooksAtSeveralPictures) {
  const DrawnFolder drawn(60, scenes::full_world());
  TruthModel model = drawn.model(), recent = drawn.model("?flaws=recency");
  std::map<std::string, int> right;
  int all = 0;
  for (std::size_t i = 0; i + 4 <= drawn.scenes.size(); i += 2) {
    std::vector<std::shared_ptr<const Picture>> shown(
        drawn.pictures.begin() + static_cast<std::ptrdiff_t>(i),
        drawn.pictures.begin() + static_cast<std::ptrdiff_t>(i) + 4);
    for (std::size_t place = 0; place < 4; ++place) {
      const ChatRequest request =
          asked(shown, "In image " + std::to_string(place + 1) + ", how many objects are there?");
      const std::string truth = std::to_string(drawn.scenes[i + place].objects.size());
      EXPECT_EQ(answer(model, request).text, truth);
      right[place < 3 ? "before" : "last"] += answer(recent, request).text == truth;
      all += place < 3;
    }
  }
  EXPECT_EQ(right["last"], all / 3);
  // 0.4, and by chance where images have as many objects
  EXPECT_NEAR(right["before"] / static_cast<double>(all), 0.52, 0.12);
}

TEST(TruthModel, SignaturesSayWhatAnswers) {
  const DrawnFolder drawn(2), other(3);
  const std::string plain = drawn.model().signature();
  EXPECT_TRUE(plain.starts_with("truth|scenes:")) << plain;
  EXPECT_TRUE(plain.ends_with("|flaws:none|noise:0|seed:1|v:1")) << plain;
  EXPECT_EQ(plain, DrawnFolder(2).model().signature()) << "of what is in it, not where it lies";
  EXPECT_NE(plain, other.model().signature());
  const std::string flawed =
      drawn.model("?flaws=yes,first,objects-only&noise=2.5&seed=9&spread=1").signature();
  EXPECT_TRUE(flawed.ends_with("|flaws:first,yes,objects-only|noise:2.5|seed:9|spread:1|v:1"))
      << flawed;
}

TEST(TruthModel, RefusesWhatItHasNoAnswerTo) {
  const DrawnFolder drawn(2);
  TruthModel model = drawn.model();
  EXPECT_FALSE(model.scores_texts());
  const auto refused = [&](const ChatRequest& request, const std::string& text) {
    const ChatAnswer told = answer(model, request);
    EXPECT_EQ(told.failure, ChatFailure::kRequest);
    EXPECT_NE(told.error.find(text), std::string::npos) << told.error;
  };
  refused(asked({drawn.pictures[0]}, "Write a poem."), "no answer to \"Write a poem.\"");
  refused(asked({drawn.pictures[0]}, "Caption: A star."), "no answer");
  refused(asked({drawn.pictures[0], drawn.pictures[1]}, "Describe the image."), "one picture");
  ChatRequest request = asked({drawn.pictures[0]}, "Describe the image.");
  request.pictures.clear();
  refused(request, "more pictures");
  request.pictures = drawn.pictures;
  refused(request, "name 1 of 2 pictures");
  request = asked({drawn.pictures[0]}, "Describe the image.");
  request.forced = "A star.";
  refused(request, "how likely");
}

TEST(TruthModel, NamesWhatAFolderLacks) {
  const auto refused = [](const std::string& folder, ExitCode code, const std::string& text) {
    try {
      TruthModel model(TruthOptions::parse("truth:" + folder));
      FAIL() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), code);
      EXPECT_NE(std::string(error.what()).find(text), std::string::npos) << error.what();
    }
  };
  refused("/none", ExitCode::kResource, "/none/scenes.jsonl");
  const DrawnFolder drawn(2);
  const std::string lines = tests::read_file(drawn.folder().path("scenes.jsonl"));
  drawn.folder().write("scenes.jsonl", "{\"image_id\":\"s0000000\",\"objects\":[\"dog\"]}\n");
  refused(drawn.path(), ExitCode::kBadInput, "scenes.jsonl:1: ");
  drawn.folder().write("scenes.jsonl", lines);
  for (const auto& scene : drawn.scenes) {
    std::filesystem::remove(drawn.folder().path("images/" + scene.id + ".png"));
  }
  refused(drawn.path(), ExitCode::kResource, "no picture of a scene");
  std::filesystem::remove(drawn.folder().path("images"));
  refused(drawn.path(), ExitCode::kResource, "no such folder");
}

}  // namespace
}  // namespace vernier::chat
