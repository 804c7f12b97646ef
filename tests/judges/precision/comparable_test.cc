// Models whose tokens or conversations are not the same.
#include "judges/precision/comparable.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "tests/judges/precision/changed_model.h"

namespace vernier::logits {
namespace {

class Comparable : public testing::Test {
 protected:
  /// The model with another text in one of its files.
  std::string with_file(const std::string& file, const std::string& text) {
    std::string to = folder_.path("with_" + file);
    std::filesystem::copy(tests::default_folder(), to);
    std::ofstream(to + "/" + file) << text;
    return to;
  }
  nlohmann::json json_of(const std::string& file) {
    return nlohmann::json::parse(tests::read_file(tests::default_folder() + "/" + file));
  }
  std::string refusal(const std::string& folder, const std::string& chat_template = "") {
    const auto b = tests::local_model(folder, 1, chat_template);
    try {
      check_comparable(*a_, *b);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ExitCode::kIncomplete);
      return error.what();
    }
    return "none";
  }

  tests::TemporaryFolder folder_;
  std::unique_ptr<chat::LocalModel> a_ = tests::local_model(tests::default_folder());
};

TEST_F(Comparable, TokensThatMeanSomethingElseAreRefused) {
  nlohmann::json tokenizer = json_of("tokenizer.json");
  nlohmann::json& vocabulary = tokenizer["model"]["vocab"];
  const auto id = vocabulary["PEN"];
  vocabulary.erase("PEN");
  vocabulary["QQQ"] = id;
  auto& merges = tokenizer["model"]["merges"];
  for (std::size_t i = merges.size(); i-- > 0;) {
    const std::string whole = merges[i][0].get<std::string>() + merges[i][1].get<std::string>();
    if (whole == "PEN" || merges[i][0] == "PEN" || merges[i][1] == "PEN") merges.erase(i);
  }
  EXPECT_EQ(refusal(with_file("tokenizer.json", tokenizer.dump())),
            "the models cannot be compared token by token: token 649 is \"PEN\" in A and \"QQQ\" "
            "in B");
}

TEST_F(Comparable, OtherVocabulariesEndsAndTemplatesAreRefused) {
  const std::string wider = folder_.path("wider");
  std::filesystem::copy(tests::default_folder(), wider);
  nlohmann::json config = json_of("config.json");
  config["text_config"]["vocab_size"] = 703;
  std::ofstream(wider + "/config.json") << config.dump();
  // The table must fit: all but its last row.
  const engine::TensorStore store = engine::TensorStore::open(tests::default_folder());
  std::vector<engine::SafetensorsWriter::Plan> plans;
  for (const auto& t : store.tensors()) plans.push_back({t.name, t.view.dtype, t.view.shape});
  for (auto& plan : plans) {
    if (plan.shape == engine::Shape{704, 128}) plan.shape = {703, 128};
  }
  engine::SafetensorsWriter writer(wider + "/model.safetensors", plans, {});
  for (const auto& plan : writer.order()) {
    const auto bytes = store.find(plan.name)->view.bytes;
    writer.write(plan.name, bytes.first(plan.shape[0] == 703 ? bytes.size() - 256 : bytes.size()));
  }
  writer.commit();
  EXPECT_NE(refusal(wider).find("A has logits of 704 tokens, B of 703"), std::string::npos);

  EXPECT_NE(refusal(with_file("generation_config.json", R"({"eos_token_id": 5})"))
                .find("eos_token_id in generation_config.json"),
            std::string::npos);
  EXPECT_NE(refusal(tests::default_folder(), "vicuna-v1")
                .find("A's chat template is vernier, B's vicuna-v1"),
            std::string::npos);
  EXPECT_EQ(refusal(tests::default_folder()), "none");
}

}  // namespace
}  // namespace vernier::logits
