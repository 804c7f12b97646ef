// One of the models under comparison.
#pragma once

#include <memory>
#include <string>

#include "judges/chat/local/local_model.h"

namespace vernier {

struct Side {
  std::string label;   ///< "a", "b"; of a grid "b1", "b2", ...
  std::string source;  ///< the checkpoint's folder
  std::string folder;  ///< where what it said is kept
  std::unique_ptr<chat::LocalModel> model;

  std::string file(const std::string& name) const { return folder + "/" + name; }
};

/// What is the same in all levels of one comparison.
struct SidePair {
  Side& a;
  Side& b;
  /// The run of a side in a level: "FOLDER OF B/LEVEL.a.run.jsonl".
  std::string run(const std::string& level, const Side& side) const {
    return b.file(level + (&side == &a ? ".a" : ".b") + ".run.jsonl");
  }
};

}  // namespace vernier
