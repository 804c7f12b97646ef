// Drawn scenes of 96 pixels: what a scene takes, part by part.
#include <benchmark/benchmark.h>

#include "datasets/scenes/language/captions/candidates.h"
#include "datasets/scenes/language/questions/conversation.h"
#include "datasets/scenes/output/png.h"
#include "datasets/scenes/render/picture.h"
#include "datasets/scenes/world/world.h"

namespace vernier::scenes {
namespace {

constexpr std::uint64_t kScenes = 1000;

/// Calls part(scene, other scene, chance) for scene after scene.
template <class Part>
void per_scene(benchmark::State& state, Part part) {
  const World world = full_world();
  std::vector<DrawnScene> scenes;
  for (std::uint64_t n = 0; n < kScenes; ++n) scenes.push_back(draw_scene(world, 1, n));
  std::uint64_t n = 0;
  for (auto _ : state) {
    SceneRandom random(2, n);
    part(world, scenes[n % kScenes], scenes[(n + 1) % kScenes], random);
    ++n;
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(n));
}

void scene_draw(benchmark::State& state) {
  per_scene(state,
            [](const World& world, const DrawnScene& scene, const DrawnScene&, SceneRandom&) {
              benchmark::DoNotOptimize(draw_scene(world, 1, scene.number));
            });
}
void scene_render(benchmark::State& state) {
  per_scene(state, [](const World&, const DrawnScene& scene, const DrawnScene&, SceneRandom&) {
    benchmark::DoNotOptimize(render(scene, 96));
  });
}
void scene_png(benchmark::State& state) {
  const Picture picture = render(draw_scene(full_world(), 1, 3), 96);
  for (auto _ : state) benchmark::DoNotOptimize(encode_png(picture.pixels, picture.side));
  state.SetItemsProcessed(state.iterations());
}
void scene_captions(benchmark::State& state) {
  per_scene(state, [](const World& world, const DrawnScene& scene, const DrawnScene& other,
                      SceneRandom& random) {
    benchmark::DoNotOptimize(graded_captions(world, scene, other, random));
  });
}
void scene_conversations(benchmark::State& state) {
  per_scene(state, [](const World& world, const DrawnScene& scene, const DrawnScene& other,
                      SceneRandom& random) {
    benchmark::DoNotOptimize(converse(world, scene, other, {}, {}, random));
  });
}

BENCHMARK(scene_draw);
BENCHMARK(scene_render);
BENCHMARK(scene_png);
BENCHMARK(scene_captions);
BENCHMARK(scene_conversations);

}  // namespace
}  // namespace vernier::scenes
