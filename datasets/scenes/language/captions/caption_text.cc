#include "datasets/scenes/language/captions/caption_text.h"

#include <algorithm>
#include <array>

namespace vernier::scenes {
namespace {

using View = std::string_view;

constexpr std::array<View, 4> kFillers = {
    " Everything in this image can be seen clearly and is easy to make out.",
    " The image is simple, with a plain background behind it all.",
    " There is a lot of empty space around what the image shows.",
    " It is an image that one can take in at a single glance."};

class CaptionWriter {
 public:
  CaptionWriter(const DrawnScene& scene, const CaptionPlan& plan,
                std::span<const std::size_t> meant)
      : scene_(scene), plan_(plan), meant_(meant) {}

  Utterance write(CaptionStyle style) {
    if (style == CaptionStyle::kRelation && plan_.items.size() == 2 &&
        plan_.relations.size() == 1) {
      const CaptionPlan::Relation& relation = plan_.relations.front();
      add_item(relation.subject);
      out_.add(" is ");
      out_.add(phrase(relation.predicate));
      out_.add(" ");
      add_item(relation.object);
      out_.add(".");
    } else if (!plan_.items.empty()) {
      if (style == CaptionStyle::kThere) out_.add("there is ");
      if (style == CaptionStyle::kShows) out_.add("the image shows ");
      add_list();
      out_.add(".");
      for (const CaptionPlan::Relation& relation : plan_.relations) add_sentence(relation);
    }
    out_.capitalize();
    return std::move(out_);
  }

 private:
  void add_phrase(const Description& description) {
    out_.add(description.words(), referents(scene_, description));
  }

  void add_item(std::size_t item) {
    const Description& description = plan_.items[item];
    const bool again = std::find(plan_.items.begin(), plan_.items.begin() + item, description) !=
                       plan_.items.begin() + item;
    const std::string with_article = description.words_with_article();
    out_.add(again ? View("another ") : View(with_article).substr(0, with_article.find(' ') + 1));
    if (meant_.empty()) {
      add_phrase(description);
    } else {
      out_.add(description.words(), {{0, static_cast<std::uint32_t>(meant_[item])}});
    }
  }

  void add_list() {
    for (std::size_t i = 0; i < plan_.items.size(); ++i) {
      if (i > 0) out_.add(i + 1 < plan_.items.size() ? ", " : " and ");
      add_item(i);
    }
  }

  /// "the red circle", or all that the item says where that might be another item.
  void add_reference(std::size_t item) {
    const Description& full = plan_.items[item];
    Description brief;
    brief.shape = full.shape;
    brief.color = full.color;
    const auto alike = std::ranges::count_if(plan_.items, [&](const Description& other) {
      return other.shape == brief.shape && other.color == brief.color;
    });
    out_.add("the ");
    add_phrase(alike == 1 ? brief : full);
  }

  void add_sentence(const CaptionPlan::Relation& relation) {
    out_.add(" ");
    const std::size_t start = out_.text.size();
    add_reference(relation.subject);
    out_.text[start] = 'T';
    out_.add(" is ");
    out_.add(phrase(relation.predicate));
    out_.add(" ");
    add_reference(relation.object);
    out_.add(".");
  }

  const DrawnScene& scene_;
  const CaptionPlan& plan_;
  const std::span<const std::size_t> meant_;
  Utterance out_;
};

}  // namespace

Utterance caption_text(const DrawnScene& scene, const CaptionPlan& plan, CaptionStyle style,
                       std::span<const std::size_t> meant) {
  return CaptionWriter(scene, plan, meant).write(style);
}

View filler(SceneRandom& random) { return random.of(kFillers); }

}  // namespace vernier::scenes
