#include "runners/synth/scene_groups.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/json_text.h"
#include "judges/probes/position/group_plan.h"

namespace vernier {
namespace {

using scenes::DrawnScene;

constexpr std::size_t kMostStacks = 100;

DrawnScene draw(const SynthOptions& options, std::uint64_t number) {
  return scenes::draw_scene(options.world, options.seed, number);
}

void append_images(std::string& out, const std::vector<std::string>& ids) {
  append_json_key(out, "images");
  append_json_strings(out, ids);
}

}  // namespace

std::string group_records(const SynthOptions& options) {
  if (options.group_size < 2 || options.group_size > options.count) {
    throw Error(ExitCode::kUsage,
                fmt::format("--group-size: expected 2 to {} (the scenes), found {}", options.count,
                            options.group_size));
  }
  std::vector<std::string> ids;
  std::vector<std::size_t> objects;
  for (std::uint64_t number = 0; number < options.count; ++number) {
    const DrawnScene scene = draw(options, number);
    ids.push_back(scene.id);
    objects.push_back(scene.objects.size());
  }
  std::string out;
  for (const probes::PlannedOrder& planned :
       probes::plan_groups(ids, options.group_size, false, options.seed).orders) {
    std::vector<std::string> shown;
    for (const std::size_t image : planned.images) shown.push_back(ids[image]);
    for (std::size_t position = 0; position < shown.size(); ++position) {
      out.push_back('{');
      append_json_count(out, "group", planned.group);
      append_json_count(out, "order", planned.order);
      append_json_count(out, "position", position + 1);
      append_json_member(out, "image_id", shown[position]);
      append_images(out, shown);
      append_json_member(out, "text",
                         fmt::format("In image {}, how many objects are there?", position + 1));
      append_json_member(out, "label", std::to_string(objects[planned.images[position]]));
      out += "}\n";
    }
  }
  return out;
}

std::string needle_records(const SynthOptions& options) {
  std::vector<std::string> hay;
  std::vector<std::pair<std::string, std::string>> needles;  // id, word
  for (std::uint64_t number = 0; number < options.count; ++number) {
    const DrawnScene scene = draw(options, number);
    const auto sign = std::ranges::find_if(scene.objects, &scenes::DrawnObject::is_sign);
    if (sign == scene.objects.end()) {
      hay.push_back(scene.id);
    } else if (needles.size() < kMostStacks) {
      needles.emplace_back(scene.id, sign->text);
    }
  }
  if (needles.empty() || hay.size() + 1 < options.frames || options.frames < 2) {
    throw Error(ExitCode::kUsage,
                fmt::format("--frames: expected 2 to {} (the images without a sign, and one with), "
                            "found {}{}",
                            hay.size() + 1, options.frames,
                            needles.empty() ? "; no image has a sign" : ""));
  }
  std::string out;
  for (std::size_t stack = 0; stack < needles.size(); ++stack) {
    scenes::SceneRandom random(options.seed + (std::uint64_t{5} << 56), stack);
    std::vector<std::string> frames = hay;
    random.shuffle(frames);
    frames.resize(options.frames - 1);
    for (std::size_t depth = 0; depth < options.depths; ++depth) {
      const std::size_t last = std::max<std::size_t>(options.depths - 1, 1);
      const std::size_t at = (frames.size() * depth + last / 2) / last;
      std::vector<std::string> shown = frames;
      shown.insert(shown.begin() + static_cast<std::ptrdiff_t>(at), needles[stack].first);
      out.push_back('{');
      append_json_member(out, "id", fmt::format("n{}/{}", stack, depth));
      append_json_count(out, "group", stack);
      append_json_count(out, "order", depth);
      append_json_count(out, "position", at + 1);
      append_json_member(out, "depth", static_cast<double>(depth) / static_cast<double>(last));
      append_json_member(out, "image_id", needles[stack].first);
      append_images(out, shown);
      append_json_member(out, "text", "What does the sign say?");
      append_json_member(out, "label", needles[stack].second);
      out += "}\n";
    }
  }
  return out;
}

}  // namespace vernier
