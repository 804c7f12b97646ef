// Small random CLIP checkpoints: ids, vectors and scores equal what transformers computes
// (tests/oracles/clip_models.py).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "judges/clip/clip_scorer.h"
#include "judges/engine/config/clip_config.h"
#include "judges/engine/container/tensor_store.h"
#include "judges/engine/cpu/cpu_backend.h"
#include "judges/engine/model/clip/clip_model.h"
#include "tests/datasets/images/drawn.h"

namespace vernier::clip {
namespace {

using Json = nlohmann::json;

class ClipModels : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    std::ifstream file(folder() + "/cases.json");
    cases_ = Json::parse(file);
    captions_ = cases_["captions"].get<std::vector<std::string>>();
  }

  std::string folder() const {
    return std::string(VERNIER_SOURCE) + "/tests/judges/clip/models/" + GetParam();
  }

  std::vector<Embedding> golden(const std::string& name) const {
    const auto store = engine::TensorStore::open(folder() + "/golden.safetensors");
    const engine::TensorView& view = store.find(name)->view;
    std::vector<Embedding> rows(view.shape[0], Embedding(view.shape[1]));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::size_t bytes = rows[i].size() * sizeof(float);
      std::memcpy(rows[i].data(), view.bytes.data() + i * bytes, bytes);
    }
    return rows;
  }

  std::vector<std::vector<float>> pixels(const ClipScorer& scorer) const {
    std::vector<std::vector<float>> out;
    for (const Json& p : cases_["pictures"]) {
      out.push_back(scorer.pixels(images::test::picture({p[0], p[1]}, p[2])));
    }
    return out;
  }

  std::vector<std::string_view> captions() const { return {captions_.begin(), captions_.end()}; }

  Json cases_;
  std::vector<std::string> captions_;
};

float worst(const std::vector<Embedding>& ours, const std::vector<Embedding>& theirs) {
  float worst = 0;
  EXPECT_EQ(ours.size(), theirs.size());
  for (std::size_t i = 0; i < ours.size(); ++i) {
    EXPECT_EQ(ours[i].size(), theirs[i].size());
    for (std::size_t k = 0; k < ours[i].size(); ++k) {
      worst = std::max(worst, std::abs(ours[i][k] - theirs[i][k]));
    }
  }
  return worst;
}

TEST_P(ClipModels, TokensAreThoseOfTransformers) {
  ClipScorer scorer({folder(), 1});
  for (std::size_t i = 0; i < captions_.size(); ++i) {
    EXPECT_EQ(scorer.tokens(captions_[i]), cases_["ids"][i].get<std::vector<std::uint32_t>>())
        << captions_[i];
  }
}

TEST_P(ClipModels, LongTextsKeepTheirEnd) {
  ClipScorer scorer({folder(), 1});
  const auto end = scorer.tokens("a").back();
  for (std::size_t words = 60; words < 90; ++words) {
    std::string text;
    for (std::size_t i = 0; i < words; ++i) text += "1 ";
    const auto ids = scorer.tokens(text);
    EXPECT_EQ(ids.size(), std::min<std::size_t>(words + 5, 77));
    EXPECT_EQ(ids.back(), end);
    EXPECT_EQ(std::ranges::count(ids, end), 1);
  }
}

TEST_P(ClipModels, WhatLooksLikeATokenInACaptionIsText) {
  ClipScorer scorer({folder(), 1});
  const auto end = scorer.tokens("a").back(), begin = scorer.tokens("a").front();
  for (const char* text : {"a <|endoftext|> b", "<|startoftext|>", "<|endoftext|>",
                           "<|endoftext|><|endoftext|>", "<|EndOfText|>"}) {
    const auto ids = scorer.tokens(text);
    EXPECT_EQ(std::ranges::count(ids, end), 1) << text;
    EXPECT_EQ(std::ranges::count(ids, begin), 1) << text;
  }
}

TEST_P(ClipModels, VectorsAreThoseOfTransformers) {
  ClipScorer scorer({folder(), 2});
  const float images = worst(scorer.embed_pictures(pixels(scorer)), golden("images"));
  const float texts = worst(scorer.embed_texts(captions()), golden("texts"));
  EXPECT_LE(images, 2e-4F);
  EXPECT_LE(texts, 2e-4F);
  RecordProperty("worst_image", std::to_string(images));
  RecordProperty("worst_text", std::to_string(texts));
}

TEST_P(ClipModels, ScoresAreThoseOfThePapersFormula) {
  ClipScorer scorer({folder(), 1});
  const auto images = scorer.embed_pictures(pixels(scorer));
  const auto texts = scorer.embed_texts(captions());
  std::size_t above_zero = 0;
  for (std::size_t k = 0; k < texts.size(); ++k) {
    double reference = -1;
    for (const std::size_t r : cases_["references"][k].get<std::vector<std::size_t>>()) {
      reference = std::max(reference, cosine(texts[k], texts[r]));
    }
    for (std::size_t i = 0; i < images.size(); ++i) {
      const double clip = clip_score(cosine(images[i], texts[k]));
      above_zero += clip > 0;
      EXPECT_NEAR(clip, cases_["clipscore"][i][k].get<double>(), 1e-4) << i << " " << k;
      EXPECT_NEAR(ref_clip_score(clip, reference), cases_["refclipscore"][i][k].get<double>(), 1e-4)
          << i << " " << k;
    }
  }
  EXPECT_GT(above_zero, texts.size());
}

TEST_P(ClipModels, VectorsDependOnNeitherBatchNorThreads) {
  ClipScorer one({folder(), 1}), three({folder(), 3});
  const auto seen = pixels(one);
  const auto images = one.embed_pictures(seen);
  EXPECT_EQ(three.embed_pictures(seen), images);
  // Many texts: more than go through the layers at a time.
  std::vector<std::string_view> many;
  for (int copy = 0; copy < 5; ++copy) {
    for (const std::string& caption : captions_) many.push_back(caption);
  }
  const auto texts = one.embed_texts(many);
  EXPECT_EQ(three.embed_texts(many), texts);
  for (std::size_t i = 0; i < images.size(); ++i) {
    EXPECT_EQ(three.embed_pictures(std::span(seen).subspan(i, 1))[0], images[i]) << i;
  }
  std::vector<std::string_view> turned(many.rbegin(), many.rend());
  const auto backwards = three.embed_texts(turned);
  for (std::size_t i = 0; i < many.size(); ++i) {
    EXPECT_EQ(three.embed_texts(std::span(many).subspan(i, 1))[0], texts[i]) << many[i];
    EXPECT_EQ(backwards[many.size() - 1 - i], texts[i]) << many[i];
  }
  EXPECT_TRUE(one.embed_texts({}).empty());
  EXPECT_TRUE(one.embed_pictures({}).empty());
}

TEST_P(ClipModels, HaveNoTensorsWithoutUse) {
  const auto backend = engine::make_cpu_backend(1);
  const engine::ClipModel model(engine::load_clip_config(folder()),
                                engine::TensorStore::open(folder()), *backend,
                                engine::UnknownTensors::kRefuse);
  EXPECT_TRUE(model.tensors().unknown().empty());
}

TEST_P(ClipModels, AreToldApartByTheirSignature) {
  const ClipScorer scorer({folder(), 2}), again({folder() + "/", 1});
  EXPECT_TRUE(scorer.signature().starts_with("model:" + GetParam() + "|weights:"))
      << scorer.signature();
  EXPECT_TRUE(scorer.signature().ends_with("|dtype:F16|compute:fp32|engine:1"));
  EXPECT_EQ(again.signature(), scorer.signature());
}

INSTANTIATE_TEST_SUITE_P(Clip, ClipModels, testing::Values("hub", "saved"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace vernier::clip
