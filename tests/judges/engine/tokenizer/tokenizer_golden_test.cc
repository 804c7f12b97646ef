// Ids and texts against the Python package tokenizers 0.23 (tests/oracles/tokenizer_goldens.py).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "judges/engine/tokenizer/encoder.h"
#include "judges/engine/tokenizer/stream_decoder.h"
#include "judges/engine/tokenizer/tokenizer.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier::engine {
namespace {

namespace fs = std::filesystem;
using Ids = std::vector<TokenId>;
using nlohmann::json;

std::vector<fs::path> golden_files() {
  const char* others = std::getenv("VERNIER_TOKENIZER_GOLDENS");
  const fs::path folder = others != nullptr
                              ? fs::path(others)
                              : fs::path(VERNIER_SOURCE) / "tests/judges/engine/tokenizer/goldens";
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::string or_before(const json& value, const std::string& before) {
  return value.is_null() ? before : value.get<std::string>();
}

std::string streamed(const Tokenizer& tokenizer, const Ids& ids, bool skip_special) {
  StreamDecoder decoder(tokenizer, skip_special);
  std::string all;
  for (const TokenId id : ids) {
    std::string part;
    decoder.push(id, part);
    EXPECT_EQ(text::find_invalid_utf8(part), std::string::npos) << part;
    all += part;
  }
  decoder.finish(all);
  return all;
}

void expect_decoded(const Tokenizer& tokenizer, const Ids& ids, const std::string& whole,
                    const std::string& without_special) {
  EXPECT_EQ(tokenizer.decode(ids, false), whole);
  EXPECT_EQ(tokenizer.decode(ids, true), without_special);
  EXPECT_EQ(streamed(tokenizer, ids, false), whole);
  EXPECT_EQ(streamed(tokenizer, ids, true), without_special);
}

class TokenizerGolden : public testing::TestWithParam<fs::path> {};

TEST_P(TokenizerGolden, IdsAndTextsAreThoseOfThePackage) {
  std::ifstream file(GetParam());
  const json golden = json::parse(file);
  const Tokenizer tokenizer = Tokenizer::parse(golden["tokenizer"].dump(), "golden");
  Encoder encoder(tokenizer, 64);
  for (const json& row : golden["encode"]) {
    const auto text = row[0].get<std::string>();
    SCOPED_TRACE("text: " + row[0].dump());
    const auto ids = row[1].get<Ids>();
    const Ids plain = row[2].is_null() ? ids : row[2].get<Ids>();
    EXPECT_EQ(tokenizer.encode(text), ids);
    const TextRange all{0, text.size()};
    EXPECT_EQ(tokenizer.encode(text, {.add_special = false, .quoted = std::span(&all, 1)}), plain);
    for (int pass = 0; pass < 2; ++pass) {  // the second one from the cache
      Ids cached;
      encoder.append(text, {}, cached);
      EXPECT_EQ(cached, ids);
    }
    const std::string whole = or_before(row[3], text);
    expect_decoded(tokenizer, ids, whole, or_before(row[4], whole));
  }
  for (const json& row : golden["decode"]) {
    SCOPED_TRACE("ids: " + row[0].dump());
    const auto whole = row[1].get<std::string>();
    expect_decoded(tokenizer, row[0].get<Ids>(), whole, or_before(row[2], whole));
  }
  EXPECT_GE(golden["encode"].size(), 30U);
  EXPECT_GE(golden["decode"].size(), 5U);
}

INSTANTIATE_TEST_SUITE_P(Files, TokenizerGolden, testing::ValuesIn(golden_files()),
                         [](const auto& file) { return file.param.stem().string(); });

TEST(TokenizerGoldens, AreThere) { EXPECT_GE(golden_files().size(), 13U); }

}  // namespace
}  // namespace vernier::engine
