// The members of one JSON object, validated and sorted by what their names mean.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/json/cursor.h"
#include "datasets/records/fields.h"

namespace vernier::json {

/// A range of ObjectScanner::texts(), from an array of texts.
struct TextList {
  std::uint32_t begin = 0, end = 0;
  std::uint32_t misfit_offset = 0;  ///< of the first element that is no text
  Type misfit = Type::kString;      ///< its type; kString: there is none
};

/// One member. Offsets into the scanned text are 32 bits wide: it is below 4 GiB.
struct Slot {
  RawString key;
  RawString string;                   ///< for kString
  TextList list;                      ///< for arrays of fields that may hold texts
  std::uint32_t offset = 0, end = 0;  ///< of the value
  Field field;
  Type type = Type::kNull;
  bool used = false;  ///< for the reader of the slots
};

class ObjectScanner {
 public:
  ObjectScanner(std::string_view text, const FieldNames& names)
      : text_(text), cursor_(text), names_(names) {}

  Cursor& cursor() { return cursor_; }

  /// Scans the object that comes next. When it throws Fault, the slots hold the members before the
  /// damaged one.
  void scan();

  std::vector<Slot>& slots() { return slots_; }
  const RawString& text(std::size_t i) const { return texts_[i]; }
  std::string_view value(const Slot& slot) const {
    return text_.substr(slot.offset, slot.end - slot.offset);
  }
  std::size_t offset_of(std::string_view part) const {
    return static_cast<std::size_t>(part.data() - text_.data());
  }

  /// Whether the object is a sample of lmms-eval (filtered_resps or resps).
  bool is_lmms() const { return lmms_; }

  /// lmms-eval logs each metric's input: {"answer": [...], "pred": "...", "image_id": 42}. All of
  /// them hold the same, so the first serves. There the references are a list; `target` holds
  /// str() of it. Sets `answer`, and `image` when the metric names the image; false when there is
  /// no such metric.
  bool scan_lmms_metric(Slot& answer, Slot& image);

 private:
  Field look_up(std::size_t position, const RawString& key);
  void scan_value(Slot& slot);
  TextList scan_list(Role role);
  bool scan_element(Role role);

  std::string_view text_;
  Cursor cursor_;
  const FieldNames& names_;
  std::vector<Slot> slots_;
  std::vector<RawString> texts_;
  bool lmms_ = false;

  // Records of one file have the same keys in the same order: the last record's are tried first.
  struct Known {
    std::string_view key;
    Field field;
  };
  std::vector<Known> known_;
};

}  // namespace vernier::json
