// Checkpoints that transformers wrote (tests/oracles/container_goldens.py), and broken folders.
#include "judges/engine/container/tensor_store.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <zlib.h>

#include <nlohmann/json.hpp>

#include "judges/engine/container/file/safetensors_writer.h"
#include "judges/engine/container/file/shard_index.h"
#include "tests/judges/engine/container/folder.h"
#include "tests/judges/engine/container/refusal.h"

namespace vernier::engine {
namespace {

constexpr const char* kCheckpoints[] = {"llava_saved",       "llava_memory",
                                        "llava_siglip_tied", "llava_next_sharded",
                                        "idefics3",          "smolvlm_tied_sharded"};

std::uint32_t crc(std::span<const std::byte> bytes) {
  return static_cast<std::uint32_t>(
      ::crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

TEST(TensorStore, ReadsWhatTheReferenceLibraryReads) {
  for (const char* name : kCheckpoints) {
    const auto manifest = nlohmann::json::parse(read_file(golden(name) / "manifest.json"));
    const TensorStore store = TensorStore::open(golden(name));
    EXPECT_EQ(store.tensors().size(), manifest.size()) << name;
    for (const auto& [tensor, facts] : manifest.items()) {
      const TensorStore::Tensor* found = store.find(tensor);
      ASSERT_NE(found, nullptr) << name << ": " << tensor;
      EXPECT_EQ(name_of(found->view.dtype), facts[0].get<std::string>());
      EXPECT_EQ(found->view.shape, facts[1].get<Shape>()) << tensor;
      EXPECT_EQ(crc(found->view.bytes), facts[2].get<std::uint32_t>()) << tensor;
      EXPECT_TRUE(store.file_of(*found).ends_with(facts[3].get<std::string>()));
    }
    ASSERT_FALSE(store.metadata().empty());
    EXPECT_EQ(store.metadata().front(), (std::pair<std::string, std::string>("format", "pt")));
  }
}

TEST(TensorStore, FindsNothingElse) {
  const TensorStore store = TensorStore::open(golden("idefics3"));
  for (const char* name : {"", "lm_head", "lm_head.weight2", "zzz"}) {
    EXPECT_EQ(store.find(name), nullptr);
  }
}

TEST(TensorStore, OpensAFileAndMemoryAsWell) {
  const std::string path = golden("idefics3") / "model.safetensors";
  const TensorStore folder = TensorStore::open(golden("idefics3"));
  const TensorStore file = TensorStore::open(path);
  const std::string bytes = read_file(path);
  const TensorStore memory = TensorStore::from_memory(std::as_bytes(std::span(bytes)), "embedded");
  ASSERT_EQ(file.tensors().size(), folder.tensors().size());
  ASSERT_EQ(memory.tensors().size(), folder.tensors().size());
  for (std::size_t n = 0; n < folder.tensors().size(); ++n) {
    EXPECT_EQ(crc(file.tensors()[n].view.bytes), crc(folder.tensors()[n].view.bytes));
    EXPECT_EQ(crc(memory.tensors()[n].view.bytes), crc(folder.tensors()[n].view.bytes));
  }
  EXPECT_EQ(memory.file_of(memory.tensors()[0]), "embedded");
}

TEST(TensorStore, MovesKeepTheViews) {
  TensorStore first = TensorStore::open(golden("llava_next_sharded"));
  const TensorStore::Tensor* const tensor = first.find("image_newline");
  ASSERT_NE(tensor, nullptr);
  const auto before = crc(tensor->view.bytes);
  const TensorStore second = std::move(first);
  EXPECT_EQ(second.find("image_newline"), tensor);
  EXPECT_EQ(crc(tensor->view.bytes), before);
}

TEST(TensorStore, WritingAgainGivesTheSameBytes) {
  const Folder folder;
  for (const auto& path :
       {golden("llava_saved") / "model.safetensors", golden("llava_memory") / "model.safetensors",
        golden("llava_siglip_tied") / "model.safetensors",
        golden("llava_next_sharded") / "model-00001-of-00002.safetensors",
        golden("smolvlm_tied_sharded") / "model-00003-of-00003.safetensors"}) {
    const TensorStore store = TensorStore::open(path);
    std::vector<SafetensorsWriter::Plan> plans;
    for (const auto& tensor : store.tensors()) {
      plans.push_back({tensor.name, tensor.view.dtype, tensor.view.shape});
    }
    SafetensorsWriter writer(folder.file("again.safetensors"), plans, store.metadata());
    for (const auto& plan : writer.order())
      writer.write(plan.name, store.find(plan.name)->view.bytes);
    EXPECT_FALSE(std::filesystem::exists(folder.file("again.safetensors")));
    writer.commit();
    EXPECT_EQ(read_file(folder.file("again.safetensors")), read_file(path)) << path;
    std::filesystem::remove(folder.file("again.safetensors"));
  }
}

TEST(SafetensorsWriter, PutsWideElementsFirstAndKeepsOddNames) {
  const Folder folder;
  const std::string path = folder.file("m.safetensors");
  SafetensorsWriter writer(
      path, {{"a", DType::kU8, {3}}, {"b\"\n\u2028", DType::kF64, {}}, {"c", DType::kBf16, {0}}},
      {{"z", "\u00e9"}, {"y", "\\"}});
  const std::vector<std::byte> zeros(8);
  writer.write("b\"\n\u2028", zeros);
  writer.write("c", {});
  writer.write("a", std::span(zeros).first(3));
  writer.commit();
  const TensorStore store = TensorStore::open(path);
  ASSERT_EQ(store.tensors().size(), 3u);
  EXPECT_NE(store.find("b\"\n\u2028"), nullptr);
  EXPECT_EQ(store.metadata().front().second, "\\");
  const auto place = reinterpret_cast<std::uintptr_t>(store.find("b\"\n\u2028")->view.bytes.data());
  EXPECT_EQ(place % 8, 0u);
}

TEST(SafetensorsWriter, RefusesCallsThatDoNotFit) {
  const Folder folder;
  const std::string path = folder.file("m.safetensors");
  const auto write = [&](std::vector<SafetensorsWriter::Plan> plans, auto calls) {
    try {
      SafetensorsWriter writer(path, std::move(plans), {});
      calls(writer);
      writer.commit();
      ADD_FAILURE();
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ExitCode::kInternal) << error.what();
    }
  };
  const std::vector<std::byte> bytes(4);
  const auto nothing = [](SafetensorsWriter&) {};
  write({{"a", DType::kF32, {}}}, nothing);
  write({{"a", DType::kF32, {}}, {"a", DType::kF32, {}}}, nothing);
  write({{"__metadata__", DType::kU8, {0}}}, nothing);
  write({{"a", DType::kF64, {std::uint64_t{1} << 62}}}, nothing);
  write({{"a", DType::kF32, {}}}, [&](SafetensorsWriter& w) { w.write("b", bytes); });
  write({{"a", DType::kF32, {2}}}, [&](SafetensorsWriter& w) { w.write("a", bytes); });
  write({}, [&](SafetensorsWriter& w) { w.write("a", bytes); });
  EXPECT_TRUE(std::filesystem::is_empty(folder.path())) << "no file without commit()";
}

TEST(TensorStore, RefusesFoldersWithoutACheckpoint) {
  const Folder folder;
  expect_refusal([&] { TensorStore::open(folder.path()); }, folder.path(), "model.safetensors",
                 "model.safetensors.index.json");
  expect_refusal([&] { TensorStore::open(folder.file("none")); }, "none", "No such file");
  ASSERT_EQ(::mkfifo(folder.file("pipe").c_str(), 0600), 0);
  expect_refusal([&] { TensorStore::open(folder.file("pipe")); }, "pipe", "not a regular file");
  std::filesystem::create_directory(folder.file("model.safetensors"));
  expect_refusal([&] { TensorStore::open(folder.path()); }, "model.safetensors", "Is a directory");
  folder.write("empty", "");
  expect_refusal([&] { TensorStore::open(folder.file("empty")); }, "empty", "0 bytes");
}

constexpr const char* kIndex = "model.safetensors.index.json";
constexpr const char* kOne = R"({"t":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},)"
                             R"("u":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}})";

TEST(TensorStore, TheIndexDecides) {
  const Folder folder;
  folder.write("a.safetensors", safetensors(kOne, 3));
  folder.write("model.safetensors", "broken, and not looked at");
  folder.write(kIndex, R"({"metadata":{"total_size":3},"weight_map":{"t":"a.safetensors"}})");
  const TensorStore store = TensorStore::open(folder.path());
  ASSERT_EQ(store.tensors().size(), 1u) << "a tensor beside the map is left out";
  EXPECT_EQ(store.tensors()[0].name, "t");
}

TEST(TensorStore, NamesWhatAShardLacks) {
  const Folder folder;
  folder.write("a.safetensors", safetensors(kOne, 3));
  folder.write(kIndex, R"({"weight_map":{"t":"a.safetensors","llm.x":"a.safetensors"}})");
  expect_refusal([&] { TensorStore::open(folder.path()); }, "a.safetensors", "lacks tensor llm.x");
  folder.write(kIndex, R"({"weight_map":{"t":"a.safetensors","u":"b.safetensors"}})");
  expect_refusal([&] { TensorStore::open(folder.path()); }, "b.safetensors", "No such file");
  folder.write("b.safetensors", "cut");
  expect_refusal([&] { TensorStore::open(folder.path()); }, "b.safetensors", "3 bytes");
}

TEST(ShardIndex, RefusesFilesElsewhere) {
  for (const char* file : {"../m.safetensors", "/etc/passwd", "a/b", "a\\\\b", "..", ".", "",
                           "m.safetensors\\u0000"}) {
    expect_refusal(
        [&] {
          parse_shard_index(std::string(R"({"weight_map":{"w":")") + file + "\"}}", "i.json");
        },
        "i.json", "tensor w", "same folder");
  }
}

TEST(ShardIndex, RefusesWhatIsNoIndex) {
  const auto expect = [](const std::string& text, const char* what) {
    expect_refusal([&] { parse_shard_index(text, "i.json"); }, "i.json", what);
  };
  expect("", "an object");
  expect("[]", "an object");
  expect("{}", "lacks \"weight_map\"");
  expect(R"({"weight_map":[]})", "an object");
  expect(R"({"weight_map":{"a":1}})", "a string");
  expect(R"({"weight_map":{"a":"f"}} {})", "nothing behind");
  expect(R"({"weight_map":{},"weight_map":{}})", "once");
  expect(R"({"weight_map":{"a":"f","b":"f","a":"g"}})", "tensor a stands twice");
  expect(R"({"metadata":)" + std::string(1'000'000, '['), "64 levels");
  const ShardIndex empty = parse_shard_index(R"({"weight_map":{}})", "i.json");
  EXPECT_TRUE(empty.files.empty());
}

}  // namespace
}  // namespace vernier::engine
