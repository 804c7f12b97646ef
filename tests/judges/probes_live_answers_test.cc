// What answers of a model that is asked live are read as.
#include <gtest/gtest.h>

#include "judges/probes/live/answer_reader.h"
#include "judges/probes/live/descriptions/prompts.h"
#include "judges/probes/live/descriptions/prose.h"

namespace vernier::probes {
namespace {

LiveQuestion question(const std::string& kind, const std::string& label) {
  LiveQuestion out;
  out.kind = kind;
  out.label = label;
  return out;
}

const std::vector<LiveQuestion>& known() {
  static const std::vector<LiveQuestion> kKnown = {
      question("existence", "yes"), question("existence", "no"),     question("count", "0"),
      question("count", "2"),       question("count", "3"),          question("color", "red"),
      question("color", "blue"),    question("order", "red circle"), question("order", "circle"),
      question("sign", "STOP"),     question("sign", "OPEN"),        question("shape", "circle"),
      question("shape", "square")};
  return kKnown;
}

struct Row {
  const char *kind, *label, *answer, *read;
  bool right;
};

TEST(LiveAnswers, AreReadByWhatTheyName) {
  const AnswerReader reader(known());
  const Row rows[] = {
      {"existence", "yes", "Yes.", "yes", true},
      {"existence", "no", "Yes, there is.", "yes", false},
      {"existence", "no", "There is no such thing.", "no", true},
      {"existence", "yes", "maybe", "", false},
      {"existence", "yes", "", "", false},
      {"existence", "no", "Yes and no", "", false},
      {"existence", "Yes", "yes", "yes", true},
      {"count", "3", "3", "3", true},
      {"count", "3", "Three.", "3", true},
      {"count", "3", "There are three circles.", "3", true},
      {"count", "3", "There are 2 squares and 3 circles.", "", false},
      {"count", "0", "None", "0", true},
      {"count", "3", "7", "7", false},
      {"count", "3", "", "", false},
      {"count", "3", "I am not able to tell how many there are.", "", false},
      {"color", "red", "**Red**", "red", true},
      {"color", "red", "It is blue.", "blue", false},
      {"color", "red", "red or blue", "", false},
      {"color", "red", "turquoise", "turquoise", false},
      {"order", "red circle", "The red circle.", "red circle", true},
      {"order", "circle", "The red circle.", "red circle", false},
      {"order", "red circle", "the circle", "circle", false},
      {"sign", "STOP", "The sign says \"STOP\".", "stop", true},
      {"sign", "STOP", "stop", "stop", true},
      {"sign", "STOP", "OPEN", "open", false},
      {"shape", "square", "<think>a circle?</think> square", "square", true},
      {"unheard", "x", "x", "x", true},
  };
  for (const Row& row : rows) {
    const ReadAnswer read = reader.read(question(row.kind, row.label), row.answer);
    EXPECT_EQ(read.answer, row.read) << row.kind << ": " << row.answer;
    EXPECT_EQ(read.right, row.right) << row.kind << ": " << row.answer;
    EXPECT_EQ(read.parsed, *row.read != '\0') << row.kind << ": " << row.answer;
  }
}

TEST(LiveAnswers, TheCommonestLabelIsTheFirstOfEquals) {
  const std::vector<std::string> labels = {"b", "a", "a", "b", "c"};
  EXPECT_EQ(commonest_label(labels), "b");
  EXPECT_EQ(commonest_label({}), "");
}

TEST(LiveAnswers, ListsBecomeSentences) {
  EXPECT_EQ(prose_of("A red circle. A blue square."), "A red circle. A blue square.");
  EXPECT_EQ(prose_of("Objects:\n- square\nFeatures:\n- square: small, solid, blue\nRelationships:\n"
                     "- the blue square is above the green circle"),
            "square. A small, solid, blue square. the blue square is above the green circle.");
  EXPECT_EQ(prose_of("# Left\n1. **A dog** runs.\n2) two cats"), "Left. A dog runs. two cats.");
  EXPECT_EQ(prose_of("- sign: says \"STOP\"\n\n"), "- sign: says \"STOP\"\n\n") << "a single line";
  EXPECT_EQ(prose_of("- sign: says \"STOP\"\n- 3.5 apples"), "sign: says \"STOP\". 3.5 apples.");
  EXPECT_EQ(prose_of("\n\n"), "\n\n");
  EXPECT_EQ(prose_of(""), "");
}

TEST(LivePrompts, BothModelsHaveAPlainOneAndOneBeforeQuestions) {
  for (const bool drawn : {false, true}) {
    const auto prompts = description_prompts(drawn);
    ASSERT_FALSE(prompts.empty());
    EXPECT_EQ(prompts.front().name, "plain");
    EXPECT_EQ(prompts.back().name, kDescribeFirst);
    EXPECT_EQ(prompts.size(), drawn ? 3U : 4U);
  }
  EXPECT_EQ(description_prompts(true)[0].text, "Describe the image.");
}

TEST(LivePrompts, ConversationsHoldPicturesOnce) {
  const auto request = ask_after({nullptr}, "Describe.", "A dog.", "Is there a dog?");
  ASSERT_EQ(request.messages.size(), 3U);
  EXPECT_EQ(request.pictures.size(), 1U);
  ASSERT_EQ(request.messages[0].content.size(), 2U);
  EXPECT_TRUE(request.messages[0].content[0].image);
  EXPECT_EQ(request.messages[1].role, engine::ChatRole::kAssistant);
  ASSERT_EQ(request.messages[2].content.size(), 1U);
  EXPECT_EQ(request.messages[2].content[0].text, "Is there a dog?");
  EXPECT_EQ(ask_about({nullptr, nullptr}, "?").messages[0].content.size(), 3U);
}

}  // namespace
}  // namespace vernier::probes
