// Where the objects of a scene lie.
#pragma once

#include <vector>

#include "datasets/scenes/world/drawn_scene.h"
#include "datasets/scenes/world/scene_random.h"

namespace vernier::scenes {

/// Gives every object a place so that boxes stay apart and inside the picture. Objects that stand
/// on others (`on`, which come later than what carries them) are put there. False when chance found
/// none; the objects' places mean nothing then.
bool lay_out(std::vector<DrawnObject>& objects, SceneRandom& random);

}  // namespace vernier::scenes
