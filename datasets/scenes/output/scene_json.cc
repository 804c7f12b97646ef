#include "datasets/scenes/output/scene_json.h"

#include <fmt/format.h>

#include <cmath>

#include "base/json_text.h"

namespace vernier::scenes {
namespace {

/// Pixels to a hundredth.
double pixels(double share, unsigned side) { return std::round(share * side * 100) / 100; }

void append_list(std::string& out, std::initializer_list<double> numbers) {
  out.push_back('[');
  for (const double number : numbers) {
    if (out.back() != '[') out.push_back(',');
    append_json_number(out, number);
  }
  out.push_back(']');
}

void append_attributes(std::string& out, const DrawnObject& object) {
  append_json_key(out, "attributes");
  out.push_back('[');
  append_json_string(out, word(object.color));
  if (!object.is_sign()) {
    for (const std::string_view one : {word(object.size), word(object.pattern)}) {
      out.push_back(',');
      append_json_string(out, one);
    }
  }
  out.push_back(']');
}

void append_object(std::string& out, const DrawnObject& object, std::size_t number, unsigned side) {
  out.push_back('{');
  append_json_count(out, "id", number);
  append_json_member(out, "name", word(object.shape));
  append_attributes(out, object);
  append_json_member(out, "shape", word(object.shape));
  append_json_member(out, "color", word(object.color));
  if (!object.is_sign()) {
    append_json_member(out, "size", word(object.size));
    append_json_member(out, "pattern", word(object.pattern));
  } else {
    append_json_member(out, "text", object.text);
  }
  const Box box = object.box();
  append_json_key(out, "bbox");
  append_list(out, {pixels(box.left, side), pixels(box.top, side), pixels(box.width(), side),
                    pixels(box.height(), side)});
  append_json_key(out, "center");
  append_list(out, {pixels(object.x, side), pixels(object.y, side)});
  append_json_key(out, "anchor");
  const auto [x, y] = object.anchor();
  append_list(out, {pixels(x, side), pixels(y, side)});
  append_json_key(out, "rgb");
  append_list(out, {static_cast<double>(object.main.r), static_cast<double>(object.main.g),
                    static_cast<double>(object.main.b)});
  append_json_count(out, "level", object.level);
  append_json_key(out, "on");
  out += object.on ? std::to_string(*object.on) : "null";
  out.push_back('}');
}

void append_relation(std::string& out, const DrawnRelation& relation, unsigned side) {
  out.push_back('{');
  append_json_count(out, "subject", relation.subject);
  append_json_member(out, "predicate", word(relation.predicate));
  append_json_count(out, "object", relation.object);
  append_json_member(out, "margin", pixels(relation.margin, side));
  out.push_back('}');
}

void append_mentions(std::string& out, std::size_t turn, const Utterance& utterance,
                     std::size_t shift) {
  for (const Mention& mention : utterance.mentions) {
    if (out.back() != '[') out.push_back(',');
    fmt::format_to(std::back_inserter(out), "[{},{},{},[", turn, mention.start + shift,
                   mention.end + shift);
    for (const Referent& referent : mention.referents) {
      if (out.back() != '[') out.push_back(',');
      fmt::format_to(std::back_inserter(out), "[{},{}]", referent.image, referent.object);
    }
    out += "]]";
  }
}

void append_turn(std::string& out, std::string_view from, std::string_view value) {
  if (out.back() != '[') out.push_back(',');
  out.push_back('{');
  append_json_member(out, "from", from);
  append_json_member(out, "value", value);
  out.push_back('}');
}

}  // namespace

void append_scene(std::string& out, const DrawnScene& scene, unsigned side,
                  std::span<const std::string> references) {
  out.push_back('{');
  append_json_member(out, "image_id", scene.id);
  append_json_member(out, "image", scene.id + ".png");
  append_json_member(out, "kind", "full");
  append_json_count(out, "width", side);
  append_json_count(out, "height", side);
  append_json_key(out, "background");
  append_list(
      out, {static_cast<double>(scene.background.from), static_cast<double>(scene.background.to)});
  append_json_key(out, "objects");
  out.push_back('[');
  for (std::size_t i = 0; i < scene.objects.size(); ++i) {
    if (i > 0) out.push_back(',');
    append_object(out, scene.objects[i], i, side);
  }
  out.push_back(']');
  append_json_key(out, "relations");
  out.push_back('[');
  for (const DrawnRelation& relation : scene.relations) {
    if (out.back() != '[') out.push_back(',');
    append_relation(out, relation, side);
  }
  out.push_back(']');
  append_json_key(out, "references");
  append_json_strings(out, references);
  out += "}\n";
}

void append_candidate(std::string& out, const DrawnScene& scene, std::size_t number,
                      const Candidate& candidate, std::span<const std::string> references) {
  out.push_back('{');
  append_json_member(out, "id", fmt::format("{}#{}", scene.id, number));
  append_json_member(out, "image_id", scene.id);
  append_json_member(out, "kind", candidate.kind);
  append_json_member(out, "caption", candidate.caption.text);
  append_json_count(out, "rating", static_cast<std::uint64_t>(candidate.score.rating));
  append_json_member(out, "objects_f1", candidate.score.objects);
  append_json_member(out, "attributes_f1", candidate.score.attributes);
  append_json_member(out, "relations_right", candidate.score.relations);
  append_json_key(out, "references");
  append_json_strings(out, references);
  out += "}\n";
}

void append_question(std::string& out, const DrawnScene& scene, std::size_t number,
                     const Question& question, std::string_view answer_key) {
  out.push_back('{');
  append_json_member(out, "question_id", fmt::format("{}/{}", scene.id, number));
  append_json_member(out, "image_id", scene.id);
  append_json_member(out, "image", scene.id + ".png");
  append_json_member(out, "category", question_kind_name(question.kind));
  append_json_member(out, "text", question.text.text);
  append_json_member(out, answer_key, question.answer.text);
  if (question.negative) append_json_member(out, "negative", question.hard ? "hard" : "easy");
  out += "}\n";
}

void append_conversation(std::string& out, std::string_view id, const Conversation& conversation) {
  out.push_back('{');
  append_json_member(out, "id", id);
  append_json_key(out, "image");
  if (conversation.images.size() == 1) {
    append_json_string(out, conversation.images.front());
  } else {
    append_json_strings(out, conversation.images);
  }
  append_json_member(out, "kind", conversation.kind);
  append_json_key(out, "conversations");
  out.push_back('[');
  std::string tokens;
  for (std::size_t i = 0; i < conversation.images.size(); ++i) tokens += "<image>\n";
  for (std::size_t t = 0; t < conversation.turns.size(); ++t) {
    const Turn& turn = conversation.turns[t];
    append_turn(out, "human", t == 0 ? tokens + turn.question.text : turn.question.text);
    append_turn(out, "gpt", turn.answer.text);
  }
  out.push_back(']');
  append_json_key(out, "mentions");
  out.push_back('[');
  for (std::size_t t = 0; t < conversation.turns.size(); ++t) {
    append_mentions(out, 2 * t, conversation.turns[t].question, t == 0 ? tokens.size() : 0);
    append_mentions(out, 2 * t + 1, conversation.turns[t].answer, 0);
  }
  out += "]}\n";
}

}  // namespace vernier::scenes
