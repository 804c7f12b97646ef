// Image processors against transformers (tests/oracles/container_goldens.py), and refusals.
#include "judges/engine/config/images/image_processor_config.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/judges/engine/container/folder.h"
#include "tests/judges/engine/container/refusal.h"

namespace vernier::engine {
namespace {

using nlohmann::json;
using Kind = ImageProcessorKind;

std::optional<ConfigFile> file(const json& content, const char* name) {
  if (content.is_null()) return std::nullopt;
  return ConfigFile(content.dump(), name);
}

Family family_named(const std::string& name) {
  return name == "llava"        ? Family::kLlava
         : name == "llava_next" ? Family::kLlavaNext
         : name == "idefics3"   ? Family::kIdefics3
                                : Family::kSmolVlm;
}

json size_of(const ResizeTarget& size) {
  if (size.rule == ResizeTarget::Rule::kExact)
    return {{"height", size.height}, {"width", size.width}};
  EXPECT_EQ(size.height, size.width);
  const bool shortest = size.rule == ResizeTarget::Rule::kShortestEdge;
  return {{shortest ? "shortest_edge" : "longest_edge", size.height}};
}

TEST(ImageProcessorConfig, EqualsTransformers) {
  const json cases = json::parse(read_file(golden("../../config/processor_goldens.json")));
  EXPECT_GT(cases.size(), 10u);
  for (const json& one : cases) {
    const json& want = one["resolved"];
    const auto config = read_image_processor_config(
        file(one["processor"], "processor_config.json"),
        file(one["preprocessor"], "preprocessor_config.json"), family_named(one["family"]));
    const std::string type = want["type"];
    const bool crops = config.kind == Kind::kClip || config.kind == Kind::kLlavaNext;
    json grid = json::array();
    for (const GridPoint& point : config.grid_pinpoints)
      grid.push_back({point.height, point.width});
    const json found = {
        {"type", type},
        {"resize", config.resize},
        {"rescale", config.rescale},
        {"normalise", config.normalise},
        {"convert_rgb", config.convert_rgb},
        {"crop", config.crop},
        {"crop_size", {config.crop_height, config.crop_width}},
        {"size", size_of(config.size)},
        // Other classes pad for the sake of batches, which the engine has no need of.
        {"pad", config.kind == Kind::kClip ? json(config.pad_to_square) : want["pad"]},
        {"resample", static_cast<int>(config.filter)},
        {"split", config.split},
        {"tile", config.tile},
        {"rescale_factor", config.rescale_factor},
        {"mean", config.mean},
        {"std", config.std},
        {"grid_pinpoints", grid}};
    EXPECT_EQ(found, want) << one["name"] << "\n" << json::diff(want, found).dump(1);
    EXPECT_EQ(crops, type.starts_with("CLIP") || type.starts_with("Llava")) << type;
    EXPECT_EQ(config.kind == Kind::kSiglip, type.starts_with("Siglip"));
    EXPECT_EQ(config.kind == Kind::kIdefics3,
              type.starts_with("Idefics3") || type.starts_with("SmolVLM"));
  }
}

ImageProcessorConfig parse(const std::string& text, Family family = Family::kLlava) {
  return read_image_processor_config(std::nullopt, ConfigFile(text, "preprocessor_config.json"),
                                     family);
}

TEST(ImageProcessorConfig, TheFamilyDecidesWhereNoClassIsNamed) {
  EXPECT_EQ(parse("{}").kind, Kind::kClip);
  EXPECT_EQ(parse("{}", Family::kLlavaNext).kind, Kind::kLlavaNext);
  EXPECT_EQ(parse("{}", Family::kSmolVlm).kind, Kind::kIdefics3);
  EXPECT_EQ(parse(R"({"image_processor_type":"SiglipImageProcessorFast","size":384})").size.rule,
            ResizeTarget::Rule::kExact);
}

TEST(ImageProcessorConfig, RefusesWhatItCannotDo) {
  const auto expect = [](const char* text, Family family, auto... words) {
    expect_refusal([&] { parse(text, family); }, "preprocessor_config.json: ", words...);
  };
  expect(R"({"image_processor_type":"ViTImageProcessor"})", Family::kLlava, "ViTImageProcessor",
         "SiglipImageProcessor");
  expect(R"({"image_processor_type":"CLIPImageProcessor"})", Family::kLlavaNext, "LlavaNext");
  expect(R"({"image_processor_type":"LlavaNextImageProcessor"})", Family::kLlava, "CLIP");
  expect(R"({"image_processor_type":"CLIPImageProcessor"})", Family::kSmolVlm, "Idefics3");
  expect(R"({"resample":4})", Family::kLlava, "resample is 4", "0 to 3");
  expect(R"({"size":0})", Family::kLlava, "size is 0");
  expect(R"({"size":{}})", Family::kLlava, "size is an object", "shortest_edge");
  expect(R"({"size":{"height":3}})", Family::kLlava, "height and width");
  expect(R"({"size":{"shortest_edge":3,"longest_edge":4}})", Family::kLlava, "size is");
  expect(R"({"size":{"longest_edge":4}})", Family::kLlava, "shortest_edge, or");
  expect(R"({"size":{"shortest_edge":4}})", Family::kIdefics3, "longest_edge");
  expect(R"({"size":{"shortest_edge":99999}})", Family::kLlava, "size.shortest_edge is 99999");
  expect(R"({"crop_size":{"height":4}})", Family::kLlava, "crop_size");
  expect(R"({"image_mean":[0.5,0.5]})", Family::kLlava, "image_mean", "three numbers");
  expect(R"({"image_mean":[0.5,0.5,"x"]})", Family::kLlava, "image_mean");
  expect(R"({"image_std":[0.5,0,0.5]})", Family::kLlava, "image_std", "above 0");
  expect(R"({"rescale_factor":0})", Family::kLlava, "rescale_factor is 0");
  expect(R"({"do_resize":1})", Family::kLlava, "do_resize is 1", "true or false");
  expect(R"({"max_image_size":512})", Family::kIdefics3, "max_image_size is 512", "an object");
}

TEST(ImageProcessorConfig, LoadsFolders) {
  const Folder folder;
  const auto load = [&] { return load_image_processor_config(folder.path(), Family::kSmolVlm); };
  expect_refusal(load, folder.path(), "neither preprocessor_config.json nor processor_config.json");
  folder.write("processor_config.json", R"({"image_seq_len":64})");
  expect_refusal(load, "processor_config.json", "describes no image processor");
  folder.write("preprocessor_config.json", R"({"do_image_splitting":false})");
  EXPECT_FALSE(load().split);
  folder.write("processor_config.json",
               R"({"image_processor":{"max_image_size":{"longest_edge":8}}})");
  EXPECT_TRUE(load().split) << "the nested one comes first";
  EXPECT_EQ(load().tile, 8u);
}

}  // namespace
}  // namespace vernier::engine
