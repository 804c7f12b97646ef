// What makes a family of models that family: constants, names, and a choice of parts. Everything
// that depends on the family is here, a file a family; the parts themselves know none.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "judges/engine/config/images/image_processor_config.h"
#include "judges/engine/config/model_config.h"
#include "judges/engine/serve/prompt.h"
#include "judges/engine/tokenizer/tokenizer.h"

namespace vernier::engine {

/// How a checkpoint's name begins, or is, and what stands for that in the canonical one.
struct NameRewrite {
  std::string_view from, to;
  bool whole = false;
};

struct FamilyProfile {
  Family family = Family::kLlava;

  /// Whether config.json describes one of these.
  bool (*describes)(const ConfigFiles& files) = nullptr;
  /// Reads all but the family.
  void (*read)(const ConfigFiles& files, ModelConfig& config) = nullptr;

  /// Folders below the model's own, where it has such: of the language model's files, tokenizer
  /// and templates included, and of the tower's, the image processor's included.
  std::string_view text_folder = {}, vision_folder = {};

  /// The first that matches counts; a spelling that begins as another one stands before it.
  std::span<const NameRewrite> names = {};
  /// What is never in few bits, by all names of the modules in files and in memory.
  std::span<const std::string_view> plain_modules = {};

  /// Classes of image processors (without "ImageProcessor") that go with it, the usual one first.
  std::span<const ImageProcessorKind> processors = {};
  std::string_view processor_names = {};  ///< for messages
  bool drops_alpha = false;  ///< pictures are converted before their processor sees them

  /// The text that stands for an image; `token` is that of one feature.
  std::string (*expansion)(const VisionInput& input, std::string_view token) = nullptr;
  /// What is in that text besides, and the tokenizer must know as one token.
  std::span<const std::string_view> markers = {};
  /// Tokens that a tokenizer gets where its file lacks them.
  std::span<const std::string_view> added_tokens = {};
  /// The chat template of folders without one; null: none.
  std::string_view (*usual_template)(const ModelConfig& config,
                                     const Tokenizer& tokenizer) = nullptr;
  /// The chat template has a say in what ends answers and images (load_model_texts()).
  bool follows_template = false;
};

/// Of a family with a language model, or kClip, of which only the names and the image processor
/// are there.
const FamilyProfile& profile_of(Family family);

/// That of what config.json describes. Throws Error(kResource), with what is supported.
const FamilyProfile& profile_for(const ConfigFiles& files);

/// The profiles themselves.
extern const FamilyProfile kLlavaProfile, kLlavaNextProfile, kIdefics3Profile, kSmolVlmProfile,
    kVilaProfile, kClipProfile;

}  // namespace vernier::engine
