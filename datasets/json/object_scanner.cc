#include "datasets/json/object_scanner.h"

#include <algorithm>
#include <utility>

#include "datasets/json/strings.h"

namespace vernier::json {

Field ObjectScanner::look_up(std::size_t position, const RawString& key) {
  if (position < known_.size() && known_[position].key == key.bytes()) {
    return known_[position].field;
  }
  Field field;
  if (key.escaped) {
    std::string name;
    DecodeCounts ignored;
    decode(key, true, name, ignored);
    field = names_.find(name);
  } else {
    field = names_.find(key.bytes());
  }
  known_.resize(std::max(known_.size(), position + 1));
  known_[position] = {key.bytes(), field};
  return field;
}

void ObjectScanner::scan() {
  slots_.clear();
  texts_.clear();
  lmms_ = false;
  cursor_.reset_recoding();
  cursor_.expect('{', "an object");
  bool first = true;
  RawString key;
  while (cursor_.next_member(first, key)) {
    const Field field = look_up(slots_.size(), key);
    Slot& slot = slots_.emplace_back();
    slot.key = key;
    slot.field = field;
    scan_value(slot);
    lmms_ |= slot.field.role == Role::kText && FieldNames::is_lmms(slot.field.rank);
  }
}

void ObjectScanner::scan_value(Slot& slot) {
  slot.type = cursor_.type();
  slot.offset = static_cast<std::uint32_t>(cursor_.offset());
  if (slot.type == Type::kString) {
    slot.string = cursor_.string();
  } else if (slot.type == Type::kArray &&
             (slot.field.role == Role::kReferences || slot.field.role == Role::kText)) {
    slot.list = scan_list(slot.field.role);
  } else {
    cursor_.value();
  }
  slot.end = static_cast<std::uint32_t>(cursor_.offset());
}

/// Scans an array of texts: strings, for references also objects that hold one (Karpathy, COCO),
/// for texts also arrays that begin with one (lmms-eval).
TextList ObjectScanner::scan_list(Role role) {
  TextList list;
  list.begin = static_cast<std::uint32_t>(texts_.size());
  cursor_.take('[');
  bool first = true;
  while (cursor_.next_element(first)) {
    const Type type = cursor_.type();
    const std::size_t offset = cursor_.offset();
    if (!scan_element(role) && list.misfit == Type::kString) {
      list.misfit = type;
      list.misfit_offset = static_cast<std::uint32_t>(offset);
    }
  }
  list.end = static_cast<std::uint32_t>(texts_.size());
  return list;
}

bool ObjectScanner::scan_element(Role role) {
  const std::size_t offset = cursor_.offset();
  if (cursor_.peek() == '"') {
    texts_.push_back(cursor_.string());
    return true;
  }
  cursor_.value();
  Cursor inner(text_.substr(0, cursor_.offset()), offset);
  if (role == Role::kText && inner.take('[')) {
    if (inner.peek() != '"') return false;
    texts_.push_back(inner.string());
    return true;
  }
  if (role == Role::kReferences && inner.take('{')) {
    bool first = true;
    RawString key;
    while (inner.next_member(first, key)) {
      const bool wanted = key.bytes() == "raw" || key.bytes() == "caption" || key.bytes() == "text";
      if (wanted && inner.peek() == '"') {
        texts_.push_back(inner.string());
        return true;
      }
      inner.value();
    }
  }
  return false;
}

bool ObjectScanner::scan_lmms_metric(Slot& answer, Slot& image) {
  for (const Slot& slot : slots_) {
    if (slot.type != Type::kObject || slot.key.bytes() == "doc") continue;
    Cursor inner(text_.substr(0, slot.end), slot.offset + 1);
    std::swap(inner, cursor_);
    bool first = true, prediction = false;
    RawString key;
    Slot found_answer, found_image;
    while (cursor_.next_member(first, key)) {
      Slot part;
      part.key = key;
      part.field = {Role::kReferences, 0};
      scan_value(part);
      prediction |= key.bytes() == "pred";
      if (key.bytes() == "answer") found_answer = part;
      if (key.bytes() == "image_id" || key.bytes() == "ann_id") found_image = part;
    }
    std::swap(inner, cursor_);
    if (!prediction || found_answer.key.data == nullptr) continue;
    answer = found_answer;
    if (found_image.key.data != nullptr) image = found_image;
    return true;
  }
  return false;
}

}  // namespace vernier::json
