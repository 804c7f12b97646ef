#include "datasets/scenes/language/questions/conversation.h"

#include <algorithm>
#include <array>

#include "datasets/scenes/language/captions/candidates.h"

namespace vernier::scenes {
namespace {

constexpr std::size_t kMostListed = 5;

Utterance plain(std::string text) { return {std::move(text), {}}; }

class Conversationalist {
 public:
  Conversationalist(const World& world, const DrawnScene& scene, const DrawnScene& other,
                    const Prompts& prompts, SceneRandom& random)
      : world_(world), scene_(scene), other_(other), prompts_(prompts), random_(random) {}

  void add_questions(QuestionKind kind, unsigned wanted) {
    std::vector<std::string> asked;
    for (unsigned n = 0; n < 2 * wanted && asked.size() < wanted; ++n) {
      std::optional<Question> question = ask(world_, scene_, kind, random_);
      if (!question || std::ranges::find(asked, question->text.text) != asked.end()) continue;
      asked.push_back(question->text.text);
      add(question_kind_name(kind), {{std::move(question->text), std::move(question->answer)}});
    }
  }

  void add_captions(unsigned wanted) {
    for (unsigned n = 0; n < wanted; ++n) {
      const CaptionPlan truth = true_plan(scene_, 0, random_);
      add("caption", {{plain(prompts_.caption),
                       caption_text(scene_, truth, CaptionStyle::kList, scene_.left_to_right())}});
    }
  }

  Turn context() const { return {plain(prompts_.context), visual_context(scene_)}; }
  Turn rating() {
    Candidate candidate = rated_caption(world_, scene_, other_, random_);
    Turn turn{plain(prompts_.rating), plain(std::to_string(candidate.score.rating))};
    turn.question.add(candidate.caption);
    return turn;
  }

  void add(std::string_view kind, std::vector<Turn> turns) {
    out_.push_back({std::string(kind), {scene_.id}, std::move(turns)});
  }

  std::vector<Conversation> take() { return std::move(out_); }

 private:
  const World& world_;
  const DrawnScene& scene_;
  const DrawnScene& other_;
  const Prompts& prompts_;
  SceneRandom& random_;
  std::vector<Conversation> out_;
};

/// The next thing to the right and how they stand to each other, by the axis on which they are
/// farther apart; support before all.
const DrawnRelation* strongest(const DrawnScene& scene, std::size_t subject, std::size_t object) {
  const DrawnRelation* best = nullptr;
  for (const DrawnRelation& relation : scene.relations) {
    if (relation.subject != subject || relation.object != object) continue;
    if (relation.predicate == Predicate::kOnTopOf || relation.predicate == Predicate::kUnder) {
      return &relation;
    }
    if (best == nullptr || relation.margin > best->margin) best = &relation;
  }
  return best;
}

}  // namespace

Utterance visual_context(const DrawnScene& scene) {
  std::vector<std::size_t> order = scene.left_to_right();
  order.resize(std::min(order.size(), kMostListed));
  const auto self = [](std::size_t object) {
    return std::vector<Referent>{{0, static_cast<std::uint32_t>(object)}};
  };
  Utterance out;
  out.add("Objects:");
  for (const std::size_t object : order) {
    out.add("\n- ");
    out.add(word(scene.objects[object].shape), self(object));
  }
  out.add("\nFeatures:");
  for (const std::size_t number : order) {
    const DrawnObject& object = scene.objects[number];
    std::string features = std::string(word(object.shape)) + ": ";
    if (object.is_sign()) {
      features += "says \"" + object.text + "\"";
    } else {
      for (const std::string_view one : {word(object.size), word(object.pattern)}) {
        features += std::string(one) + ", ";
      }
      features += word(object.color);
    }
    out.add("\n- ");
    out.add(features, self(number));
  }
  out.add("\nRelationships:");
  for (std::size_t i = 0; i + 1 < order.size(); ++i) {
    const DrawnRelation* const relation = strongest(scene, order[i], order[i + 1]);
    if (relation == nullptr) continue;
    const auto add_reference = [&](std::size_t object) {
      out.add("the ");
      out.add(describe(scene.objects[object], attribute_set({Attribute::kColor, Attribute::kShape}))
                  .words(),
              self(object));
    };
    out.add("\n- ");
    add_reference(relation->subject);
    out.add(" is ");
    out.add(phrase(relation->predicate));
    out.add(" ");
    add_reference(relation->object);
  }
  return out;
}

std::vector<Conversation> converse(const World& world, const DrawnScene& scene,
                                   const DrawnScene& other, const ConversationPlan& plan,
                                   const Prompts& prompts, SceneRandom& random) {
  Conversationalist maker(world, scene, other, prompts, random);
  const std::array<unsigned, kQuestionKinds> questions = {
      plan.existence, plan.attribute, plan.color, plan.shape,
      plan.count,     plan.relation,  plan.order, plan.sign};
  for (std::size_t kind = 0; kind < kQuestionKinds; ++kind) {
    maker.add_questions(static_cast<QuestionKind>(kind), questions[kind]);
  }
  maker.add_captions(plan.captions);
  for (unsigned n = 0; n < plan.contexts; ++n) maker.add("context", {maker.context()});
  for (unsigned n = 0; n < plan.ratings; ++n) {
    maker.add("rating", {maker.context(), maker.rating()});
  }
  for (unsigned n = 0; n < plan.direct_ratings; ++n) maker.add("rating", {maker.rating()});
  return maker.take();
}

}  // namespace vernier::scenes
