#include "datasets/scenes/scene_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/printable.h"
#include "datasets/scenes/scene_keys.h"
#include "metrics/text/unicode/unicode.h"
#include "metrics/text/unicode/white_space.h"

namespace vernier {
namespace {

using View = std::string_view;

std::optional<std::uint32_t> read_level(const ObjectRecord& record, const Value& value) {
  const Value* const level = find_first(value, scene_keys::kLevel);
  if (level == nullptr) return std::nullopt;
  std::uint32_t number = 0;
  const char* const end = level->text.data() + level->text.size();
  const auto [stop, error] = std::from_chars(level->text.data(), end, number);
  if (!level->is_number() || error != std::errc() || stop != end) {
    record.refuse(fmt::format(
        "expected a whole number, 0 or more, as the support level of an object, found {}",
        level->is_number() ? printable(level->text, 40) : json::describe(level->type)));
  }
  return number;
}

}  // namespace

const Value* find_first(const Value& object, std::span<const View> names) {
  if (!object.is_object()) return nullptr;
  for (const View name : names) {
    const Value* const value = object.find(name);
    if (value != nullptr && !value->is_null()) return value;
  }
  return nullptr;
}

std::string scene_name(View text) {
  std::string out = text::to_lower(text);
  std::ranges::replace(out, '_', ' ');
  const std::size_t begin = out.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  return out.substr(begin, out.find_last_not_of(" \t\r\n") + 1 - begin);
}

View last_path_part(View path) {
  const std::size_t slash = path.rfind('/');
  return slash == View::npos ? View() : path.substr(slash + 1);
}

const char* graph_kind_name(GraphKind kind) {
  constexpr const char* kNames[] = {"open", "full", "pruned"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::vector<std::string> SceneBuilder::strings(const Value& value, View what) const {
  std::vector<std::string> out;
  const auto take = [&](const Value& item) {
    if (!item.is_string()) {
      record_.refuse(fmt::format("expected {} as text, found {}", what, json::describe(item.type)));
    }
    out.push_back(item.text);
  };
  if (value.is_array()) {
    for (const Value& item : value.items) take(item);
  } else {
    take(value);
  }
  return out;
}

std::vector<std::string> SceneBuilder::names_of(const Value& value) const {
  const Value* const name = value.is_string() ? &value : find_first(value, scene_keys::kName);
  std::vector<std::string> names;
  if (name != nullptr) {
    for (const std::string& one : strings(*name, "the name of an object")) {
      if (std::string cleaned = scene_name(one); !cleaned.empty())
        names.push_back(std::move(cleaned));
    }
  }
  if (names.empty()) {
    // A node without label is called by the last part of its path, as the simulator itself does.
    for (const View key : scene_keys::kObjectId) {
      const Value* const path = value.is_object() ? value.find(key) : nullptr;
      if (path == nullptr || !path->is_string()) continue;
      if (path->text.find('/') == std::string::npos) continue;
      names.push_back(scene_name(last_path_part(path->text)));
      break;
    }
  }
  if (names.empty()) {
    const Value* const label = find_first(value, scene_keys::kAiLabel);
    if (label != nullptr && label->is_string()) names.push_back(scene_name(label->text));
  }
  if (names.empty() || names.front().empty()) record_.refuse("expected a name for every object");
  return names;
}

void SceneBuilder::add_object(const Value& value, View id) {
  const auto number = static_cast<std::uint32_t>(scene_.objects.size());
  SceneObject object;
  object.names = names_of(value);
  for (const std::string& name : object.names) by_name_.try_emplace(name, number);
  if (!id.empty()) by_id_.insert_or_assign(std::string(id), number);
  const Value* const own_id = find_first(value, scene_keys::kObjectId);
  if (own_id != nullptr) by_id_.insert_or_assign(own_id->text, number);
  if (const Value* attributes = find_first(value, scene_keys::kAttributes)) {
    if (attributes->is_object()) {
      // {"color": "red"}: what they are called does not matter to captions.
      for (const Value& item : attributes->items) {
        if (item.is_string()) object.attributes.push_back(scene_name(item.text));
      }
    } else {
      for (const std::string& one : strings(*attributes, "attributes")) {
        object.attributes.push_back(scene_name(one));
      }
    }
  }
  object.level = read_level(record_, value);
  scene_.objects.push_back(std::move(object));
  sources_.objects.push_back(&value);
  const Value* const relations = find_first(value, scene_keys::kRelations);
  if (relations != nullptr && relations->is_array()) {
    for (const Value& relation : relations->items) inner_.push_back({number, &relation});
  }
}

void SceneBuilder::add_objects(const Value& list) {
  if (list.is_object()) {
    for (std::size_t i = 0; i < list.items.size(); ++i) add_object(list.items[i], list.keys[i]);
  } else if (list.is_array()) {
    for (std::size_t i = 0; i < list.items.size(); ++i) add_object(list.items[i], {});
  } else {
    record_.refuse(fmt::format("expected a list of objects, found {}", json::describe(list.type)));
  }
}

std::uint32_t SceneBuilder::object_named(View name) {
  const std::string key = scene_name(name);
  if (key.empty()) record_.refuse("expected the name of an object in a relation, found none");
  const auto [known, fresh] =
      by_name_.try_emplace(key, static_cast<std::uint32_t>(scene_.objects.size()));
  if (fresh) {
    scene_.objects.push_back({{key}, {}, {}});
    sources_.objects.push_back(nullptr);
  }
  return known->second;
}

std::optional<std::uint32_t> SceneBuilder::find_object(const Value& value) const {
  const Value* const id = value.is_object() ? find_first(value, scene_keys::kObjectId) : &value;
  if (id == nullptr || (!id->is_string() && !id->is_number())) return std::nullopt;
  if (const auto known = by_id_.find(id->text); known != by_id_.end()) return known->second;
  const auto named = by_name_.find(scene_name(id->text));
  if (id->is_string() && named != by_name_.end()) return named->second;
  return std::nullopt;
}

std::uint32_t SceneBuilder::object_of(const Value& value) {
  if (value.is_object()) {
    const Value* const id = find_first(value, scene_keys::kObjectId);
    if (id != nullptr && by_id_.contains(id->text)) return by_id_.find(id->text)->second;
    const std::uint32_t number = object_named(names_of(value).front());
    if (id != nullptr) by_id_.emplace(id->text, number);
    return number;
  }
  if (const auto known = by_id_.find(value.text); known != by_id_.end()) return known->second;
  if (value.is_string()) return object_named(value.text);
  record_.refuse(
      fmt::format("expected the id or name of an object in a relation, found {}",
                  value.is_number() ? printable(value.text, 40) : json::describe(value.type)));
}

/// "(subject, predicate, object)"; the object may hold commas.
void SceneBuilder::add_triplet(View triplet) {
  View text = text::strip_left(triplet);
  if (text.starts_with('(')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ')' || text.back() == ' ')) text.remove_suffix(1);
  const std::size_t first = text.find(','), second = text.find(',', first + 1);
  if (first == View::npos || second == View::npos) {
    record_.refuse(fmt::format("expected a triplet \"(subject, predicate, object)\", found \"{}\"",
                               printable(triplet, 60)));
  }
  const std::uint32_t subject = object_named(text.substr(0, first));
  const std::string predicate = scene_name(text.substr(first + 1, second - first - 1));
  scene_.relations.push_back({subject, predicate, object_named(text.substr(second + 1))});
}

void SceneBuilder::add_relation(const Value& value) {
  if (value.is_string()) return add_triplet(value.text);
  if (value.is_array()) {
    if (value.items.size() != 3 || !value.items[1].is_string()) {
      record_.refuse("expected [subject, predicate, object] as a relation");
    }
    const std::uint32_t subject = object_of(value.items[0]);
    scene_.relations.push_back(
        {subject, scene_name(value.items[1].text), object_of(value.items[2])});
    return;
  }
  const Value* const subject = find_first(value, scene_keys::kSubject);
  const Value* const object = find_first(value, scene_keys::kObject);
  const Value* const predicate = find_first(value, scene_keys::kPredicate);
  if (subject == nullptr || object == nullptr || predicate == nullptr || !predicate->is_string()) {
    record_.refuse("expected a subject, a predicate and an object in every relation");
  }
  const std::uint32_t from = object_of(*subject);
  scene_.relations.push_back({from, scene_name(predicate->text), object_of(*object)});
}

void SceneBuilder::add_relations(const Value& list) {
  if (!list.is_array()) {
    record_.refuse(
        fmt::format("expected a list of relations, found {}", json::describe(list.type)));
  }
  for (const Value& value : list.items) {
    add_relation(value);
    sources_.relations.push_back(&value);
  }
}

void SceneBuilder::add_texts() {
  for (const View name : scene_keys::kTexts) {
    const Value* const value = record_.value().find(name);
    if (value == nullptr) continue;
    if (value->is_null()) {
      ++scene_.null_texts;
      continue;
    }
    for (std::string& one : strings(*value, name)) scene_.texts.push_back(std::move(one));
  }
  for (const View name : scene_keys::kPairs) {
    const Value* const value = record_.value().find(name);
    scene_.null_texts += value != nullptr && value->is_null();
  }
}

ImageScene SceneBuilder::build(GraphKind otherwise) {
  const Value& value = record_.value();
  const Value* const id = find_first(value, scene_keys::kImage);
  scene_.id = !record_.key().empty() ? record_.key() : id != nullptr ? id->text : "";
  scene_.line = record_.line();
  if (const Value* objects = find_first(value, scene_keys::kObjects)) add_objects(*objects);
  for (const Inner& inner : inner_) {
    const Value* const object = find_first(*inner.relation, scene_keys::kObject);
    const Value* const predicate = find_first(*inner.relation, scene_keys::kPredicate);
    if (object == nullptr || predicate == nullptr) {
      record_.refuse("expected a name and an object in every relation");
    }
    scene_.relations.push_back({inner.subject, scene_name(predicate->text), object_of(*object)});
    sources_.relations.push_back(inner.relation);
  }
  if (const Value* relations = find_first(value, scene_keys::kRelations)) add_relations(*relations);
  add_texts();
  scene_.kind = otherwise;
  const Value* const kind = value.find("kind");
  for (const GraphKind known : {GraphKind::kOpen, GraphKind::kFull, GraphKind::kPruned}) {
    if (kind != nullptr && kind->text == graph_kind_name(known)) scene_.kind = known;
  }
  return std::move(scene_);
}

}  // namespace vernier
