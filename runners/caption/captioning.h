// Pictures through a model: a caption for each, kept as they come.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "judges/chat/chat_model.h"
#include "runners/commands/commands.h"
#include "runners/model/asking.h"

namespace vernier {

struct CaptioningOptions {
  std::string images;         ///< a folder
  std::string list;           ///< only these, in this order (image_list.h); empty: all
  std::string output = "-";   ///< JSON Lines: image_id, caption, finished, tokens
  std::string system, shots;  ///< what goes before each question (shots.h)
  std::string prompt = "Describe the image.";
  std::size_t most_new = 128;
  bool resume = false;
  double most_failures = 0;  ///< share of the pictures
};

/// Returns how many captions there are. `open` is called once, when all else has been read: a large
/// model takes its time. With a file as output, OUTPUT.part keeps them until all is
/// done, and equal work goes on with it. Throws Error(kIncomplete) where more pictures got no
/// caption than may, and what reading and asking throw.
std::size_t caption_pictures(const std::function<chat::ChatModel&()>& open,
                             const CaptioningOptions& options, const GlobalOptions& global);

}  // namespace vernier
