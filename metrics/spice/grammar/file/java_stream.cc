#include "metrics/spice/grammar/file/java_stream.h"

#include <fmt/format.h>

#include <bit>
#include <utility>

#include "base/error.h"

namespace vernier::spice {

JavaStream::JavaStream(std::string_view bytes, std::string name)
    : bytes_(bytes), name_(std::move(name)), nodes_(1), classes_(1) {
  read();
}

void JavaStream::fail(std::string_view why) const {
  throw Error(ExitCode::kResource, fmt::format("{}: not a usable grammar: {}", name_, why));
}

const JavaStream::Node& JavaStream::object(Ref ref) const {
  if (nodes_[ref].kind != Kind::kObject) fail("an object is missing");
  return nodes_[ref];
}

std::uint64_t JavaStream::slot(Ref ref, Field& field) const {
  const Node& node = object(ref);
  if (field.class_ != node.class_id) {
    for (std::uint32_t id = node.class_id;; id = classes_[id].super) {
      if (id == 0) fail(fmt::format("the field {} is missing", field.name_));
      const Class& c = classes_[id];
      std::uint32_t index = 0;
      while (index < c.fields.size() &&
             (c.fields[index].type != field.type_ || c.fields[index].name != field.name_)) {
        ++index;
      }
      if (index == c.fields.size()) continue;
      field.class_ = node.class_id;
      field.slot_ = c.slots - c.own_slots() + index;
      break;
    }
  }
  return slots_[node.begin + field.slot_];
}

double JavaStream::get_double(Ref ref, Field& field) const {
  return std::bit_cast<double>(slot(ref, field));
}

float JavaStream::get_float(Ref ref, Field& field) const {
  return std::bit_cast<float>(static_cast<std::uint32_t>(slot(ref, field)));
}

std::int32_t JavaStream::get_int(Ref ref, Field& field) const {
  const std::uint64_t value = slot(ref, field);
  if (field.type_ == 'S') return static_cast<std::int16_t>(value);
  return static_cast<std::int32_t>(value);
}

JavaStream::Ref JavaStream::get_ref(Ref ref, Field& field) const {
  return static_cast<Ref>(slot(ref, field));
}

std::string_view JavaStream::class_name(Ref ref) const {
  return nodes_[ref].kind == Kind::kObject ? classes_[nodes_[ref].class_id].name
                                           : std::string_view();
}

std::string_view JavaStream::text(Ref ref) const {
  const Node& node = nodes_[ref];
  if (node.kind != Kind::kString) fail("a string is missing");
  return bytes_.substr(node.begin, node.count);
}

std::vector<double> JavaStream::doubles(Ref ref) const {
  const Node& node = nodes_[ref];
  if (node.kind != Kind::kArray || node.element != 'D') fail("an array of numbers is missing");
  std::vector<double> values(node.count);
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = std::bit_cast<double>(slots_[node.begin + i]);
  }
  return values;
}

std::span<const JavaStream::Ref> JavaStream::annotation(Ref ref,
                                                        std::string_view class_name) const {
  const Node& node = object(ref);
  for (std::uint32_t id = node.class_id; id != 0; id = classes_[id].super) {
    const Class& c = classes_[id];
    if (c.name != class_name || !c.annotated()) continue;
    const std::uint64_t range = slots_[node.begin + c.slots - 1];
    return std::span(items_).subspan(range >> 32, range & 0xFFFFFFFF);
  }
  fail(fmt::format("a {} is missing", class_name));
}

// The first item is a block of `block` bytes; `count` < 0: the last four of them are the count.
std::span<const JavaStream::Ref> JavaStream::counted_items(Ref ref, std::string_view class_name,
                                                           std::size_t block,
                                                           std::size_t items_each,
                                                           std::int64_t count) const {
  const std::span<const Ref> all = annotation(ref, class_name);
  const bool whole =
      !all.empty() && nodes_[all[0]].kind == Kind::kBlock && nodes_[all[0]].count == block;
  if (!whole) fail(fmt::format("a {} is damaged", class_name));
  if (count < 0) {
    count = 0;
    for (const char c : bytes_.substr(nodes_[all[0]].begin + block - 4, 4)) {
      count = count << 8 | static_cast<unsigned char>(c);
    }
  }
  const std::span<const Ref> items = all.subspan(1);
  if (items.size() != static_cast<std::size_t>(count) * items_each) {
    fail(fmt::format("a {} has another size than it says", class_name));
  }
  return items;
}

std::span<const JavaStream::Ref> JavaStream::list(Ref ref) const {
  Field size("size", 'I');
  const std::int32_t count = get_int(ref, size);
  if (count < 0) fail("a list has another size than it says");
  return counted_items(ref, "java.util.ArrayList", 4, 1, count);
}

std::span<const JavaStream::Ref> JavaStream::map(Ref ref) const {
  return counted_items(ref, "java.util.HashMap", 8, 2, -1);
}

}  // namespace vernier::spice
