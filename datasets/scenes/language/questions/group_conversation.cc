#include <fmt/format.h>

#include <algorithm>

#include "datasets/scenes/language/questions/conversation.h"

namespace vernier::scenes {
namespace {

constexpr int kTries = 20;
constexpr double kHard = 0.75;

class GroupQuestioner {
 public:
  GroupQuestioner(const World& world, std::span<const DrawnScene* const> scenes,
                  SceneRandom& random)
      : world_(world), scenes_(scenes), random_(random) {}

  std::optional<Turn> ask() {
    const std::size_t way = random_.below(4);
    const bool wanted = random_.chance(0.5);
    for (int attempt = 0; attempt < kTries; ++attempt) {
      turn_ = {};
      const bool made = way == 0   ? ask_which()
                        : way == 1 ? ask_whether(wanted)
                        : way == 2 ? ask_how_many()
                                   : ask_color();
      if (made) return std::move(turn_);
    }
    return std::nullopt;
  }

 private:
  std::size_t any_image() { return random_.below(scenes_.size()); }

  /// Colour and shape, or shape alone, of something in an image.
  Description something(std::size_t image) {
    DrawnObject any;
    any.shape = static_cast<Shape>(random_.below(world_.shapes));
    any.color = static_cast<Color>(random_.below(kColors));
    const DrawnObject& object = random_.chance(0.1) ? any : random_.of(scenes_[image]->objects);
    return describe(object, random_.chance(0.7)
                                ? attribute_set({Attribute::kColor, Attribute::kShape})
                                : attribute_set({Attribute::kShape}));
  }

  std::vector<Referent> all_referents(const Description& description) const {
    std::vector<Referent> out;
    for (std::size_t image = 0; image < scenes_.size(); ++image) {
      const auto here = referents(*scenes_[image], description, static_cast<std::uint32_t>(image));
      out.insert(out.end(), here.begin(), here.end());
    }
    return out;
  }
  std::size_t images_with(const Description& description) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        scenes_, [&](const DrawnScene* scene) { return !referents(*scene, description).empty(); }));
  }

  void say(std::string_view words) { turn_.question.add(words); }
  void say_with_article(const Description& description, std::vector<Referent> referents) {
    const std::string phrase = description.words_with_article();
    say(std::string_view(phrase).substr(0, phrase.find(' ') + 1));
    turn_.question.add(description.words(), std::move(referents));
  }

  bool ask_which() {
    const std::size_t image = any_image();
    const Description description = something(image);
    if (images_with(description) != 1 || referents(*scenes_[image], description).empty()) {
      return false;
    }
    say("In which image is there ");
    say_with_article(description, all_referents(description));
    say("?");
    turn_.answer.add(std::to_string(image + 1));
    return true;
  }

  bool ask_whether(bool wanted) {
    const std::size_t image = any_image();
    const std::size_t from = wanted || random_.chance(1 - kHard) ? image : any_image();
    const Description description = something(from);
    std::vector<Referent> here =
        referents(*scenes_[image], description, static_cast<std::uint32_t>(image));
    if (here.empty() == wanted) return false;
    say(fmt::format("In image {}, is there ", image + 1));
    say_with_article(description, std::move(here));
    say("?");
    turn_.answer.add(wanted ? "yes" : "no");
    return true;
  }

  bool ask_how_many() {
    const Description description = something(any_image());
    say("How many images show ");
    say_with_article(description, all_referents(description));
    say("?");
    turn_.answer.add(std::to_string(images_with(description)));
    return true;
  }

  bool ask_color() {
    const std::size_t image = any_image();
    const DrawnObject& object = random_.of(scenes_[image]->objects);
    const Description description = describe(object, attribute_set({Attribute::kShape}));
    std::vector<Referent> here =
        referents(*scenes_[image], description, static_cast<std::uint32_t>(image));
    if (object.is_sign() || here.size() != 1) return false;
    say(fmt::format("In image {}, what color is the ", image + 1));
    turn_.question.add(description.words(), std::move(here));
    say("?");
    turn_.answer.add(word(object.color));
    return true;
  }

  const World& world_;
  const std::span<const DrawnScene* const> scenes_;
  SceneRandom& random_;
  Turn turn_;
};

}  // namespace

std::optional<Conversation> converse_about_group(const World& world,
                                                 std::span<const DrawnScene* const> scenes,
                                                 SceneRandom& random) {
  std::optional<Turn> turn = GroupQuestioner(world, scenes, random).ask();
  if (!turn) return std::nullopt;
  Conversation conversation{"group", {}, {std::move(*turn)}};
  for (const DrawnScene* scene : scenes) conversation.images.push_back(scene->id);
  return conversation;
}

}  // namespace vernier::scenes
