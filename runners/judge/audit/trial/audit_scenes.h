// Drawn scenes that a judge is tried on, with captions whose worth is known.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "datasets/scenes/world/drawn_scene.h"
#include "judges/visce/context/context_maker.h"

namespace vernier {

struct KnownCaption {
  std::string text;
  double truth = 0;  ///< its rating by the scene graph, 0 to 100
};

struct AuditScene {
  std::string id;
  scenes::DrawnScene scene;
  visce::Seen seen;
  /// By kind: "correct", "missing object", "wrong attribute", "wrong relation", "swapped
  /// arguments", "invented object", "verbose", "mixed", "other image".
  std::map<std::string, KnownCaption> captions;

  const KnownCaption& correct() const { return captions.at("correct"); }
};

/// `folder` as `vernier synth --write images,scenes,captions` makes it. At most `most` of its
/// scenes, evenly spread over it. Throws Error(kUsage) where a part is missing, Error(kBadInput)
/// for what cannot be read, and where fewer than eight scenes have captions.
std::vector<AuditScene> read_audit_scenes(const std::string& folder, std::size_t most);

/// "A small red circle and a blue star.": the objects with these numbers, fully described, from
/// left to right.
std::string caption_of(const AuditScene& scene, std::size_t objects);
/// A correct caption that says how two of its things lie to each other, and the same with that said
/// the other way round, too: true, and nothing new. None where nothing was said.
struct Repetition {
  std::string once, twice;
};
std::optional<Repetition> repetition(const AuditScene& scene);
/// A thing that is not there.
struct FalseObject {
  std::string shape, features, phrase;  ///< "star"; "large, solid, blue"; "a large blue star"
};
FalseObject false_object(const AuditScene& scene);

}  // namespace vernier
