// NVILA asked in words: what a picture becomes depends on whether it is the only one.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "judges/chat/local/local_model.h"
#include "judges/engine/tokenizer/tokenizer.h"
#include "tests/judges/engine/container/folder.h"
#include "tests/support/drawn_picture.h"

namespace vernier::chat {
namespace {

using engine::ChatRole;

LocalModel open(const std::string& name) {
  const std::string folder = std::string(VERNIER_SOURCE) + "/tests/judges/engine/models/" + name;
  return LocalModel({.folder = folder, .chat_template = "", .threads = 2, .limits = {}});
}

ChatRequest question(std::size_t pictures) {
  ChatRequest request;
  request.messages = {{ChatRole::kUser, {}}};
  for (std::size_t i = 0; i < pictures; ++i) {
    request.pictures.push_back(tests::drawn_picture(i));
    request.messages[0].content.push_back({true, ""});
  }
  request.messages[0].content.push_back({false, "What is it? "});
  request.most_new = 4;
  return request;
}

/// The prompt with a letter for each token: I of an image, N the end of a line.
std::string shape_of(LocalModel& model, std::size_t pictures) {
  const engine::Task task = model.task(question(pictures));
  const std::uint32_t image = *model.tokenizer().id_of("<image>");
  std::string out;
  for (const std::uint32_t id : task.prompt.ids) {
    out += id == image ? 'I' : model.tokenizer().decode({&id, 1}, false) == "\n" ? 'N' : '.';
  }
  return out.substr(out.find('I'), out.rfind('I') - out.find('I') + 3);
}

TEST(VilaModel, TilesOfALonePictureStandOnLines) {
  // A square picture of 96 pixels, tiles of 30: 2 x 2 of them and the whole, 4 tokens each; NVILA
  // ends a line behind each by itself and in the prompt.
  LocalModel lite = open("nvila_lite");
  EXPECT_EQ(shape_of(lite, 1), "IIIINNIIIINNIIIINNIIIINNIIIINN");
  EXPECT_EQ(shape_of(lite, 2), "IIIINIIIIN.") << "several pictures are not cut";
}

TEST(VilaModel, ScalesOfALonePictureAreOneImage) {
  LocalModel nvila = open("nvila");
  EXPECT_EQ(shape_of(nvila, 1), std::string(9 * 9, 'I') + "N.") << "3 x 3 tiles of 9 tokens";
  EXPECT_EQ(shape_of(nvila, 2), std::string(9, 'I') + 'N' + std::string(9, 'I') + "N.");
}

TEST(VilaModel, ConfigJsonSaysWhatStandsAroundImages) {
  const engine::Folder folder;
  std::filesystem::copy(std::string(VERNIER_SOURCE) + "/tests/judges/engine/models/nvila",
                        folder.path(), std::filesystem::copy_options::recursive);
  auto config = nlohmann::json::parse(engine::read_file(folder.file("config.json")));
  config["image_encoder"]["start_tokens"] = "\n";
  config["image_encoder"]["end_tokens"] = nullptr;
  folder.write("config.json", config.dump());
  LocalModel model({.folder = folder.path(), .chat_template = "", .threads = 1, .limits = {}});
  const std::string tile(9, 'I');
  EXPECT_EQ(shape_of(model, 2), tile + 'N' + tile + "..");
}

TEST(VilaModel, AnswersAreTheSameAloneAndTogether) {
  for (const char* name : {"vila15", "vila_pad", "nvila_lite", "nvila", "nvila_middle"}) {
    LocalModel model = open(name);
    const std::vector<ChatRequest> requests = {question(1), question(2), question(1)};
    std::vector<ChatAnswer> together(requests.size());
    model.run(requests, [&](std::size_t i, ChatAnswer answer) { together[i] = std::move(answer); });
    EXPECT_EQ(together[0].tokens, together[2].tokens) << name;
    for (std::size_t i = 0; i < requests.size(); ++i) {
      EXPECT_EQ(together[i].failure, ChatFailure::kNone) << together[i].error;
      LocalModel fresh = open(name);
      fresh.run({&requests[i], 1}, [&](std::size_t, const ChatAnswer& answer) {
        EXPECT_EQ(answer.tokens, together[i].tokens) << name << ", " << i;
      });
    }
  }
}

}  // namespace
}  // namespace vernier::chat
