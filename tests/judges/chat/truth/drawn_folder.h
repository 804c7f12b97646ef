// A folder as `vernier synth` writes it, and requests about its pictures.
#pragma once

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "datasets/scenes/language/captions/candidates.h"
#include "datasets/scenes/output/png.h"
#include "datasets/scenes/output/scene_json.h"
#include "datasets/scenes/render/picture.h"
#include "judges/chat/truth/truth_model.h"
#include "tests/support/command.h"

namespace vernier::tests {

class DrawnFolder {
 public:
  explicit DrawnFolder(std::uint64_t count, scenes::World world = scenes::small_world()) {
    std::filesystem::create_directory(folder_.path("images"));
    std::string lines;
    for (std::uint64_t number = 0; number < count; ++number) {
      scenes.push_back(scenes::draw_scene(world, 51, number));
      scenes::append_scene(lines, scenes.back(), world.side, {});
      const std::string png =
          scenes::encode_png(scenes::render(scenes.back(), world.side).pixels, world.side);
      folder_.write("images/" + scenes.back().id + ".png", png);
      pictures.push_back(
          std::make_shared<const chat::Picture>(chat::Picture{scenes.back().id, png}));
    }
    folder_.write("scenes.jsonl", lines);
  }

  chat::TruthModel model(const std::string& options = "") const {
    return chat::TruthModel(chat::TruthOptions::parse("truth:" + path() + options));
  }
  std::string path() const { return folder_.path("").string(); }
  const TemporaryFolder& folder() const { return folder_; }

  std::vector<scenes::DrawnScene> scenes;
  std::vector<std::shared_ptr<const chat::Picture>> pictures;

 private:
  TemporaryFolder folder_;
};

/// Graded captions of the i-th scene.
inline std::vector<scenes::Candidate> candidates(const DrawnFolder& drawn, std::size_t i) {
  scenes::SceneRandom random(61, i);
  return graded_captions(scenes::small_world(), drawn.scenes[i],
                         drawn.scenes[(i + 1) % drawn.scenes.size()], random);
}

inline const std::string kRate =
    "Rate from 0 to 100 how well this caption fits the image.\nCaption: ";

/// A text behind pictures.
inline chat::ChatRequest asked(std::vector<std::shared_ptr<const chat::Picture>> pictures,
                               const std::string& text) {
  chat::ChatRequest request;
  engine::ChatMessage message;
  for (std::size_t i = 0; i < pictures.size(); ++i) message.content.push_back({true, ""});
  message.content.push_back({false, text});
  request.messages = {std::move(message)};
  request.pictures = std::move(pictures);
  return request;
}

inline chat::ChatAnswer answer(chat::ChatModel& model, const chat::ChatRequest& request) {
  chat::ChatAnswer out;
  model.run({&request, 1}, [&](std::size_t, chat::ChatAnswer one) { out = std::move(one); });
  return out;
}

}  // namespace vernier::tests
