// Pictures that say nothing about a question: grey ones, and those of other scenes. What a model
// gets right with them it did not see.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "datasets/images/image.h"
#include "judges/chat/chat_model.h"
#include "judges/probes/live/question.h"
#include "metrics/text/text_set.h"

namespace vernier::probes {

/// Of a picture's file. Throws Error(kBadInput) where it cannot be decoded.
images::Size picture_size(const chat::Picture& picture);

/// A picture of this size, grey all over (128, 128, 128), as a PNG file. Throws Error(kInternal)
/// when a side is 0, or zlib cannot.
std::shared_ptr<const chat::Picture> grey_picture(images::Size size);

/// For each image another one of the same list: as many places further on as the seed says.
class OtherImages {
 public:
  /// The images of the questions, each once, in their order.
  OtherImages(std::span<const LiveQuestion> questions, std::uint64_t seed);

  /// An image that is not among those which the question shows; empty where there is none.
  std::string of(const LiveQuestion& question) const;

 private:
  std::vector<std::string> images_;
  text::TextMap<std::size_t> places_;
  std::size_t step_ = 0;
};

}  // namespace vernier::probes
