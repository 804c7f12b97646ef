// Which questions are asked, and with which pictures.
#include <gtest/gtest.h>

#include <set>

#include "base/error.h"
#include "datasets/images/decode/decode.h"
#include "judges/probes/live/controls.h"
#include "judges/probes/live/question.h"
#include "judges/probes/live/selection.h"
#include "tests/support/command.h"

namespace vernier::probes {
namespace {

using tests::TemporaryFolder;

TEST(LiveQuestions, FilesOfPopeAndOfDrawnScenes) {
  const TemporaryFolder folder;
  const LiveQuestions pope = read_live_questions(folder.write(
      "pope.json",
      R"({"question_id": 1, "image": "COCO_val2014_000000310196.jpg", "text": "Is there a dog?", "label": "no"}
{"question_id": 2, "image": "COCO_val2014_000000310196.jpg", "text": "Is there a cat?", "label": "yes"})"));
  ASSERT_EQ(pope.questions.size(), 2U);
  EXPECT_EQ(pope.kinds(), std::vector<std::string>{"questions"});
  EXPECT_EQ(pope.questions[1].id, "2");
  EXPECT_EQ(pope.questions[1].image_id, "COCO_val2014_000000310196.jpg");
  EXPECT_EQ(pope.questions[1].cluster(), pope.questions[0].cluster());

  const LiveQuestions drawn = read_live_questions(folder.write(
      "q.jsonl",
      R"({"question_id":"s/0","image_id":"s","image":"s.png","category":"count","text":"How many?","answer":"2"}
{"question_id":"s/1","image_id":"s","image":"s.png","category":"existence","text":"Is there?","answer":"no","negative":"hard"}
{"image_id":"s","category":"position","text":"Left?","answer":1})"));
  EXPECT_EQ(drawn.questions[0].image_id, "s");
  EXPECT_EQ(drawn.questions[1].negative, "hard");
  EXPECT_EQ(drawn.questions[2].id, "3") << "the line";
  EXPECT_EQ(drawn.questions[2].label, "1");
  EXPECT_EQ(drawn.kinds(), (std::vector<std::string>{"count", "existence", "position questions"}));
  EXPECT_NE(drawn.digest, pope.digest);
}

TEST(LiveQuestions, WhatCannotBeUsedIsNamedByItsLine) {
  const TemporaryFolder folder;
  const auto refused = [&](const char* text, const char* message, bool groups = false) {
    const std::string path = folder.write("bad.jsonl", text);
    try {
      groups ? read_live_groups(path, "needle") : read_live_questions(path);
      FAIL() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ExitCode::kBadInput);
      EXPECT_NE(std::string(error.what()).find(message), std::string::npos) << error.what();
    }
  };
  refused(R"({"image":"a","text":"?"})", "bad.jsonl:1");
  refused(R"({"image":"a","text":"?","answer":["x"]})", "bad.jsonl:1");
  refused(R"({"image":"","text":"?","answer":"x"})", "expected an image");
  refused(
      "{\"id\":1,\"image\":\"a\",\"text\":\"?\",\"answer\":\"x\"}\n"
      "{\"id\":1,\"image\":\"b\",\"text\":\"?\",\"answer\":\"x\"}",
      "bad.jsonl:2");
  const char* kGroup = R"({"group":0,"order":0,"position":%,"image_id":"a","images":["b","a"],)"
                       R"("text":"?","label":"x","depth":@})";
  const auto group = [&](const char* position, const char* depth) {
    std::string text = kGroup;
    text.replace(text.find('%'), 1, position);
    text.replace(text.find('@'), 1, depth);
    return text;
  };
  refused(group("0", "0.5").c_str(), "expected a position from 1 to 2", true);
  refused(group("3", "0.5").c_str(), "expected a position from 1 to 2", true);
  refused(group("1", "0.5").c_str(), "expected image_id to be image 1", true);
  refused(group("2", "1.5").c_str(), "expected a depth from 0 to 1", true);
  const LiveQuestions good =
      read_live_groups(folder.write("good.jsonl", group("2", "0.5")), "needle");
  EXPECT_EQ(good.questions[0].place, 1U);
  EXPECT_EQ(good.questions[0].id, "0/0/2");
  EXPECT_EQ(good.questions[0].depth, 0.5);
}

TEST(LiveSelection, IsEvenAndTheSameEveryTime) {
  EXPECT_EQ(choose_evenly(5, 9, 1), (std::vector<std::size_t>{0, 1, 2, 3, 4}));
  EXPECT_TRUE(choose_evenly(0, 9, 1).empty());
  for (const std::uint64_t seed : {1ULL, 2ULL, 77ULL}) {
    const auto chosen = choose_evenly(1000, 30, seed);
    ASSERT_EQ(chosen.size(), 30U);
    EXPECT_EQ(chosen, choose_evenly(1000, 30, seed));
    EXPECT_LT(chosen.front(), 34U);
    EXPECT_LT(chosen.back(), 1000U);
    for (std::size_t i = 1; i < chosen.size(); ++i) {
      EXPECT_GE(chosen[i] - chosen[i - 1], 33U);
      EXPECT_LE(chosen[i] - chosen[i - 1], 34U);
    }
  }
  EXPECT_NE(choose_evenly(1000, 30, 1), choose_evenly(1000, 30, 2));
}

std::vector<LiveQuestion> grouped(std::size_t groups) {
  std::vector<LiveQuestion> out;
  for (std::size_t g = 0; g < groups; ++g) {
    for (std::size_t p = 0; p < 4; ++p) {
      LiveQuestion question;
      question.kind = "position";
      question.group = std::to_string(g);
      for (std::size_t i = 0; i < 2; ++i) {
        question.images.push_back("g" + std::to_string(g) + "/" + std::to_string(i));
      }
      question.place = p % 2;
      question.image_id = question.images[question.place];
      out.push_back(question);
    }
  }
  return out;
}

TEST(LiveSelection, GroupsStayWhole) {
  const auto questions = grouped(10);
  const auto chosen = choose_questions(questions, "position", 15, 1);
  ASSERT_EQ(chosen.size(), 12U);
  for (std::size_t i = 0; i < chosen.size(); i += 4) {
    EXPECT_EQ(chosen[i].group, chosen[i + 3].group);
  }
  EXPECT_EQ(choose_questions(questions, "position", 1, 1).size(), 4U) << "one group at least";
  EXPECT_TRUE(choose_questions(questions, "count", 9, 1).empty());
}

TEST(LiveControls, OtherImagesAreOthers) {
  const auto questions = grouped(5);
  for (const std::uint64_t seed : {1ULL, 2ULL, 3ULL, 4ULL}) {
    const OtherImages others(questions, seed);
    std::set<std::string> used;
    for (const LiveQuestion& question : questions) {
      const std::string other = others.of(question);
      EXPECT_FALSE(other.empty());
      EXPECT_EQ(std::ranges::find(question.images, other), question.images.end());
      used.insert(other);
    }
    EXPECT_GE(used.size(), 5U) << "not always the same";
  }
  const auto one = grouped(1);
  EXPECT_EQ(OtherImages(one, 1).of(one[0]), "") << "all others are shown with it";
  EXPECT_EQ(OtherImages({}, 1).of(one[0]), "");
}

TEST(LiveControls, GreyPicturesArePicturesOfThatSize) {
  const images::Size sizes[] = {{1, 1}, {64, 64}, {3, 500}, {640, 2}};
  for (const images::Size size : sizes) {
    const auto picture = grey_picture(size);
    const images::Image image = images::decode(picture->bytes, picture->name);
    EXPECT_EQ(image.size(), size);
    EXPECT_TRUE(std::ranges::all_of(image.bytes(), [](std::uint8_t b) { return b == 128; }));
    EXPECT_EQ(picture_size(*picture), size);
  }
  EXPECT_THROW(grey_picture({0, 5}), Error);
  EXPECT_THROW(picture_size({"x", "no picture"}), Error);
}

}  // namespace
}  // namespace vernier::probes
