#include "runners/judge/audit/trial/audit_scenes.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "base/hash.h"
#include "base/printable.h"
#include "datasets/objects/object_file.h"
#include "datasets/scenes/input/drawn_scene_file.h"
#include "datasets/scenes/language/captions/caption_reading.h"
#include "datasets/scenes/language/captions/caption_text.h"
#include "runners/model/picture_folder.h"

namespace vernier {
namespace {

using scenes::CaptionPlan;
using scenes::Description;
using scenes::DrawnObject;

constexpr std::size_t kLeast = 8;

void need(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored)) return;
  throw Error(ExitCode::kUsage,
              fmt::format("{}: no such file; an audit needs what this makes: vernier synth --world "
                          "small --write images,scenes,captions -o DIR",
                          printable(path, 300)));
}

void add_captions(const std::string& path, std::vector<AuditScene>& out) {
  std::map<std::string_view, AuditScene*> by_id;
  for (AuditScene& scene : out) by_id[scene.id] = &scene;
  const ObjectFile file = ObjectFile::read(path, {});
  for (const ObjectRecord& record : file.records()) {
    const auto scene = by_id.find(record.text({"image_id"}));
    if (scene == by_id.end()) continue;
    const std::string kind(record.text({"kind"}));
    if (kind == "empty") continue;
    scene->second->captions[kind] = {std::string(record.text({"caption"})),
                                     record.number({"rating"})};
  }
  std::erase_if(out, [](const AuditScene& one) { return !one.captions.contains("correct"); });
}

}  // namespace

std::vector<AuditScene> read_audit_scenes(const std::string& folder, std::size_t most) {
  for (const char* part : {"/scenes.jsonl", "/captions.jsonl", "/images"}) need(folder + part);
  std::vector<scenes::DrawnScene> drawn = scenes::read_drawn_scenes(folder + "/scenes.jsonl");
  std::vector<AuditScene> out;
  const std::size_t wanted = std::min(most, drawn.size());
  for (std::size_t i = 0; i < wanted; ++i) {
    scenes::DrawnScene& scene = drawn[i * drawn.size() / wanted];
    std::string id = scene.id;
    out.push_back({std::move(id), std::move(scene), {}, {}});
  }
  add_captions(folder + "/captions.jsonl", out);
  if (out.size() < kLeast) {
    throw Error(
        ExitCode::kBadInput,
        fmt::format("{}: {} scenes with captions; an audit needs {} or more, and says little "
                    "with fewer than 100",
                    printable(folder, 300), out.size(), kLeast));
  }
  const PictureFolder pictures(folder + "/images");
  for (AuditScene& scene : out) scene.seen = visce::see(pictures.load(scene.id));
  return out;
}

std::string caption_of(const AuditScene& scene, std::size_t objects) {
  CaptionPlan plan;
  for (const std::size_t number : scene.scene.left_to_right()) {
    if (plan.items.size() == objects) break;
    plan.items.push_back(describe_fully(scene.scene.objects[number]));
  }
  return caption_text(scene.scene, plan, scenes::CaptionStyle::kList).text;
}

std::optional<Repetition> repetition(const AuditScene& scene) {
  CaptionPlan plan = scenes::read_caption(scene.correct().text).plan;
  if (plan.relations.empty()) return std::nullopt;
  const auto text = [&] {
    return caption_text(scene.scene, plan, scenes::CaptionStyle::kList).text;
  };
  Repetition out{text(), {}};
  const CaptionPlan::Relation first = plan.relations.front();
  plan.relations.push_back({first.object, scenes::opposite(first.predicate), first.subject});
  out.twice = text();
  return out;
}

FalseObject false_object(const AuditScene& scene) {
  scenes::SceneRandom random(hash_bytes(scene.id), 1);
  constexpr std::size_t kShapes = 4;  // those that all worlds have
  for (;;) {
    DrawnObject object;
    object.shape = static_cast<scenes::Shape>(random.below(kShapes));
    object.color = static_cast<scenes::Color>(random.below(scenes::kColors));
    object.size = static_cast<scenes::Size>(random.below(2));
    Description what;
    what.take(scenes::Attribute::kShape, object);
    what.take(scenes::Attribute::kColor, object);
    if (!referents(scene.scene, what).empty()) continue;
    what.take(scenes::Attribute::kSize, object);
    return {std::string(word(object.shape)),
            fmt::format("{}, {}, {}", word(object.size), word(object.pattern), word(object.color)),
            what.words_with_article()};
  }
}

}  // namespace vernier
