#include "runners/synth/scene_block.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "datasets/scenes/language/captions/candidates.h"
#include "datasets/scenes/output/png.h"
#include "datasets/scenes/output/scene_json.h"
#include "datasets/scenes/render/picture.h"
#include "datasets/scenes/replicator/drawn_graph.h"

namespace vernier {
namespace {

using scenes::DrawnScene;
using scenes::SceneRandom;

// Streams of chance of their own, so that leaving a part out does not change another.
constexpr std::uint64_t kReferences = 1, kCaptions = 2, kQuestions = 3, kConversations = 4;

class BlockFiller {
 public:
  BlockFiller(const SynthOptions& options, SceneBlock& block) : options_(options), block_(block) {}

  void add(std::uint64_t number) {
    const DrawnScene scene = scenes::draw_scene(options_.world, options_.seed, number);
    count(scene);
    const std::vector<std::string> references = write_references(scene);
    draw(scene, references.front());
    if (options_.wants(SynthPart::kScenes)) {
      scenes::append_scene(block_.scenes, scene, options_.sides.front(), references);
    }
    if (options_.wants(SynthPart::kCaptions)) add_captions(scene, references);
    if (options_.wants(SynthPart::kQuestions)) add_questions(scene);
    if (options_.wants(SynthPart::kConversations)) add_conversations(scene);
    if (options_.wants(SynthPart::kReplicator)) {
      add_graph_files(options_.replicator, replicator::graph_of(scene, options_.sides.front()),
                      scene.number, scene.id, block_.graphs, block_.counts.graphs);
    }
  }

 private:
  SceneRandom random(const DrawnScene& scene, std::uint64_t stream) const {
    return {options_.seed + (stream << 56), scene.number};
  }

  void count(const DrawnScene& scene) {
    ++block_.counts.scenes;
    block_.counts.objects += scene.objects.size();
    block_.counts.relations += scene.relations.size();
  }

  /// Any other scene of the set; the next one's drawing again where there is only one.
  DrawnScene other(const DrawnScene& scene, SceneRandom& random) const {
    const std::uint64_t steps = options_.count > 1 ? 1 + random.below(options_.count - 1) : 1;
    const std::uint64_t number =
        options_.count > 1 ? (scene.number + steps) % options_.count : scene.number + 1;
    return scenes::draw_scene(options_.world, options_.seed, number);
  }

  /// The truth in each style, with and without relations.
  std::vector<std::string> write_references(const DrawnScene& scene) const {
    SceneRandom chance = random(scene, kReferences);
    std::vector<std::string> references;
    for (std::size_t style = 0; style < scenes::kCaptionStyles; ++style) {
      const auto plan = scenes::true_plan(scene, style == 0 ? 0 : 1, chance);
      references.push_back(
          scenes::caption_text(scene, plan, static_cast<scenes::CaptionStyle>(style)).text);
    }
    return references;
  }

  void draw(const DrawnScene& scene, const std::string& caption) {
    const bool images = options_.wants(SynthPart::kImages);
    const bool masks = options_.wants(SynthPart::kMasks);
    const bool arrays = options_.wants(SynthPart::kArrays);
    const bool coco = options_.wants(SynthPart::kCoco);
    if (!images && !masks && !arrays && !coco) return;
    for (const unsigned side : options_.sides) {
      const bool first = side == options_.sides.front();
      const scenes::Picture picture = scenes::render(scene, side);
      const std::string folder = options_.sides.size() == 1 ? "" : "/" + std::to_string(side);
      if (images) {
        block_.files.emplace_back(fmt::format("images{}/{}.png", folder, scene.id),
                                  scenes::encode_png(picture.pixels, side));
      }
      if (masks) {
        block_.files.emplace_back(fmt::format("instances{}/{}.png", folder, scene.id),
                                  scenes::encode_png(picture.instances, side));
      }
      if (arrays && first) {
        block_.pixels.append(picture.pixels.begin(), picture.pixels.end());
        block_.instances.append(picture.instances.begin(), picture.instances.end());
      }
      if (coco && first) block_.coco.add(scene, picture, caption);
    }
  }

  void add_captions(const DrawnScene& scene, const std::vector<std::string>& references) {
    SceneRandom chance = random(scene, kCaptions);
    const DrawnScene other_scene = other(scene, chance);
    std::size_t number = 0;
    for (const scenes::Candidate& candidate :
         scenes::graded_captions(options_.world, scene, other_scene, chance)) {
      scenes::append_candidate(block_.captions, scene, number++, candidate, references);
    }
    block_.counts.captions += number;
  }

  void add_questions(const DrawnScene& scene) {
    SceneRandom chance = random(scene, kQuestions);
    std::size_t number = 0;
    std::set<std::string> asked;
    for (std::size_t kind = 0; kind < scenes::kQuestionKinds; ++kind) {
      for (unsigned n = 0; n < options_.questions; ++n) {
        const auto question =
            scenes::ask(options_.world, scene, static_cast<scenes::QuestionKind>(kind), chance);
        if (!question || !asked.insert(question->text.text).second) continue;
        const bool yes = question->answer.text == "yes";
        scenes::append_question(block_.questions, scene, number, *question, "answer");
        if (yes || question->negative) {
          scenes::append_question(block_.yes_no, scene, number, *question, "label");
        }
        ++number;
        ++block_.counts.questions[kind];
        block_.counts.yes += yes;
        block_.counts.no += question->negative;
        block_.counts.hard += question->hard;
      }
    }
  }

  void add_conversations(const DrawnScene& scene) {
    SceneRandom chance = random(scene, kConversations);
    const DrawnScene other_scene = other(scene, chance);
    std::vector<scenes::Conversation> all = scenes::converse(
        options_.world, scene, other_scene, options_.conversations, options_.prompts, chance);
    if (options_.count > 1) add_group_conversation(scene, chance, all);
    for (std::size_t i = 0; i < all.size(); ++i) {
      scenes::append_conversation(block_.conversations, fmt::format("{}/{}", scene.id, i), all[i]);
    }
    block_.counts.conversations += all.size();
  }

  /// One about this scene and one to three others, wherever chance puts it among them.
  void add_group_conversation(const DrawnScene& scene, SceneRandom& chance,
                              std::vector<scenes::Conversation>& all) {
    std::vector<DrawnScene> group{scene};
    const std::size_t size = chance.between(std::size_t{2}, std::size_t{4});
    while (group.size() < size) group.push_back(other(scene, chance));
    std::vector<const DrawnScene*> shown(group.size());
    std::ranges::transform(group, shown.begin(), [](const DrawnScene& one) { return &one; });
    chance.shuffle(shown);
    if (auto conversation = scenes::converse_about_group(options_.world, shown, chance)) {
      all.push_back(std::move(*conversation));
    }
  }

  const SynthOptions& options_;
  SceneBlock& block_;
};

}  // namespace

void SynthCounts::add(const SynthCounts& other) {
  scenes += other.scenes;
  objects += other.objects;
  relations += other.relations;
  captions += other.captions;
  conversations += other.conversations;
  for (std::size_t kind = 0; kind < questions.size(); ++kind) {
    questions[kind] += other.questions[kind];
  }
  graphs.add(other.graphs);
  yes += other.yes;
  no += other.no;
  hard += other.hard;
}

void fill_block(const SynthOptions& options, SceneBlock& block) {
  BlockFiller filler(options, block);
  for (std::uint64_t number = block.begin; number < block.end; ++number) filler.add(number);
}

}  // namespace vernier
