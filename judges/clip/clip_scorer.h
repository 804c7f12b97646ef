// CLIPScore and RefCLIPScore (clip_score.h) with a CLIP checkpoint.
//
// Texts go to CLIP behind "A photo depicts ", captions and references alike, cut after 77 tokens
// with the end token kept; pictures as the checkpoint's preprocessor_config.json says (for
// published CLIPs: the shortest side 224 pixels, bicubic, the middle of it).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/images/image.h"
#include "judges/clip/clip_score.h"

namespace vernier::clip {

struct ClipOptions {
  std::string folder;  ///< as transformers writes a CLIPModel, with tokenizer and image processor
  unsigned threads = 1;
};

/// What stands before every text.
inline constexpr std::string_view kClipPrefix = "A photo depicts ";

/// One thread calls it. A vector depends on its picture or text alone, to the last bit.
class ClipScorer {
 public:
  /// Throws Error(kResource), naming file and what is wrong, for a folder that holds no CLIP
  /// checkpoint or an incomplete one, and for weights that are no numbers.
  explicit ClipScorer(const ClipOptions& options);
  ~ClipScorer();
  ClipScorer(const ClipScorer&) = delete;
  ClipScorer& operator=(const ClipScorer&) = delete;

  /// model:NAME|weights:DIGEST|dtype:..|compute:fp32|engine:1, as chat::LocalModel has it.
  std::string signature() const;

  /// The token ids of a caption with the prefix.
  std::vector<std::uint32_t> tokens(std::string_view caption);

  /// The bytes of an image file as a picture. `name` stands in messages. Throws Error(kBadInput)
  /// for what is no picture (datasets/images/decode/decode.h).
  images::Image decode(std::string_view bytes, const std::string& name) const;

  /// Pixels [3, H, W] as CLIP reads them. Throws Error(kBadInput) for a shape that cannot be
  /// resized.
  std::vector<float> pixels(const images::Image& picture) const;

  /// Of pictures' pixels, all of one size.
  std::vector<Embedding> embed_pictures(std::span<const std::vector<float>> pixels);
  /// Of captions, to which the prefix is added.
  std::vector<Embedding> embed_texts(std::span<const std::string_view> captions);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace vernier::clip
