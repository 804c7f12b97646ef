#include "datasets/json/records.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/printable.h"
#include "datasets/json/object_scanner.h"
#include "datasets/json/strings.h"

namespace vernier::json {
namespace {

class RecordParser {
 public:
  explicit RecordParser(RecordSink& sink)
      : sink_(sink),
        options_(sink.context().options),
        scanner_(sink.bytes(), sink.context().names) {}

  bool run();

 private:
  void assemble();
  Slot* best(Role role, bool numbers);
  std::string_view id(Slot* slot);
  std::string_view candidate(Slot& slot);
  bool references(const Slot* text, Record& record);
  void add_references(Slot& slot);
  void add_reference(const RawString& raw, std::string_view what, bool alone);
  bool other_split();
  std::string_view meta();
  void label_early();

  std::string_view decoded(const RawString& raw);
  std::size_t offset_of(std::string_view part) const { return scanner_.offset_of(part); }
  std::string_view value_of(const Slot& slot) const { return scanner_.value(slot); }
  std::string quoted(const RawString& key) const {
    return fmt::format("\"{}\"", printable(key.bytes(), 60));
  }
  [[noreturn]] void refuse_type(const Slot& slot, const char* expected) const;

  RecordSink& sink_;
  const ReadOptions& options_;

  ObjectScanner scanner_;
  Slot lmms_answer_;  // the references of a sample of lmms-eval
  std::string scratch_;
};

bool RecordParser::run() {
  const bool array = sink_.context().layout.shape != Layout::Shape::kJsonStream;
  Cursor& cursor = scanner_.cursor();
  for (;;) {
    cursor.skip_space();
    while (array && cursor.take(',')) cursor.skip_space();
    if (cursor.at_end()) return true;
    sink_.begin(cursor.offset());
    try {
      scanner_.scan();
    } catch (const Fault& fault) {
      if (fault.at_end && sink_.is_last()) return false;
      label_early();
      if (fault.at_end && sink_.is_too_long()) {
        sink_.refuse(fault.offset, fmt::format("expected a record of at most {} bytes",
                                               options_.max_record_bytes));
      }
      sink_.refuse(fault.offset, fault.message);
    }
    assemble();
  }
}

void RecordParser::refuse_type(const Slot& slot, const char* expected) const {
  sink_.refuse(
      slot.offset,
      fmt::format(
          "expected {} in {}, found {}{}", expected, quoted(slot.key), describe(slot.type),
          slot.type == Type::kNumber ? fmt::format(" ({})", printable(value_of(slot), 30)) : ""));
}

/// The slot of the lowest rank. With `numbers`, slots that cannot be ids are passed over unless
/// their name says nothing but id.
Slot* RecordParser::best(Role role, bool numbers) {
  Slot* found = nullptr;
  for (Slot& slot : scanner_.slots()) {
    if (slot.field.role != role) continue;
    if (slot.type == Type::kNull && role != Role::kText) continue;  // null: not there
    const bool scalar = slot.type == Type::kString || slot.type == Type::kNumber;
    if (numbers && !scalar && slot.field.rank > 0) continue;
    if (found != nullptr && found->field.rank == slot.field.rank &&
        found->key.bytes() == slot.key.bytes()) {
      sink_.refuse(offset_of(slot.key.bytes()) - 1,
                   fmt::format("expected the key {} once, found it twice", quoted(slot.key)));
    }
    if (found == nullptr || slot.field.rank < found->field.rank) found = &slot;
  }
  return found;
}

std::string_view RecordParser::decoded(const RawString& raw) {
  if (!raw.escaped && raw.ascii) return raw.bytes();
  scratch_.clear();
  DecodeCounts counts;
  try {
    decode(raw, options_.replace_invalid, scratch_, counts);
  } catch (const Fault& fault) {
    sink_.refuse(offset_of(raw.bytes()) + fault.offset, fault.message);
  }
  sink_.counts().replaced_invalid += counts.replaced;
  sink_.counts().nul_characters += counts.nul;
  return scratch_ == raw.bytes() ? raw.bytes() : sink_.keep(scratch_);
}

std::string_view RecordParser::id(Slot* slot) {
  if (slot == nullptr) return {};
  slot->used = true;
  if (slot->type == Type::kNumber) return value_of(*slot);
  if (slot->type != Type::kString) refuse_type(*slot, "a string or a number");
  return sink_.checked(decoded(slot->string), slot->key.bytes(), slot->offset);
}

std::string_view RecordParser::candidate(Slot& slot) {
  slot.used = true;
  RawString raw = slot.string;
  if (slot.type == Type::kArray && FieldNames::is_lmms(slot.field.rank)) {
    if (slot.list.misfit != Type::kString) {
      slot.type = slot.list.misfit;
      refuse_type(slot, "generated text");
    }
    if (slot.list.begin == slot.list.end) return {};  // lmms-eval scores no response as ""
    raw = scanner_.text(slot.list.begin);
  } else if (slot.type != Type::kString) {
    refuse_type(slot, "a string");
  }
  return sink_.checked(decoded(raw), slot.key.bytes(), slot.offset);
}

void RecordParser::add_reference(const RawString& raw, std::string_view what, bool alone) {
  const std::size_t offset = offset_of(raw.bytes());
  const std::string_view text = decoded(raw);
  if (alone) sink_.refuse_list_text(text, what, offset);
  sink_.add_reference(sink_.checked(text, what, offset));
}

void RecordParser::add_references(Slot& slot) {
  slot.used = true;
  const std::string_view what = slot.key.bytes();
  if (slot.type == Type::kString) {
    add_reference(slot.string, what, true);
    return;
  }
  if (slot.type != Type::kArray) refuse_type(slot, "an array of strings");
  if (slot.list.misfit != Type::kString) {
    sink_.refuse(slot.list.misfit_offset,
                 fmt::format("expected only strings in {}, found {}", quoted(slot.key),
                             describe(slot.list.misfit)));
  }
  for (std::size_t i = slot.list.begin; i < slot.list.end; ++i)
    add_reference(scanner_.text(i), what, false);
}

bool RecordParser::references(const Slot* text, Record& record) {
  Slot* chosen = best(Role::kReferences, false);
  const bool target = chosen != nullptr && chosen->field.rank == FieldNames::kTarget;
  if (chosen == nullptr || target) {
    Slot* answer = nullptr;
    if (text != nullptr && FieldNames::is_model_output(text->field.rank)) {
      for (Slot& slot : scanner_.slots()) {
        const bool named = slot.field.role == Role::kText && slot.field.rank == FieldNames::kAnswer;
        const bool usable = slot.type == Type::kString || slot.type == Type::kArray;
        if (named && usable) answer = &slot;
      }
      if (lmms_answer_.key.data != nullptr) answer = &lmms_answer_;
    }
    if (answer != nullptr) {
      if (chosen != nullptr) chosen->used = true;
      chosen = answer;
    }
  }
  if (chosen == nullptr) return false;
  chosen->used = true;
  if (!options_.read_references) return false;
  record.has_references = true;
  add_references(*chosen);
  return true;
}

bool RecordParser::other_split() {
  if (sink_.context().layout.format != Format::kKarpathy || options_.split == "all") return false;
  for (const Slot& slot : scanner_.slots()) {
    if (slot.key.bytes() != "split" || slot.type != Type::kString) continue;
    for (std::size_t begin = 0; begin <= options_.split.size();) {
      const std::size_t end = std::min(options_.split.find(',', begin), options_.split.size());
      if (options_.split.compare(begin, end - begin, slot.string.bytes()) == 0) return false;
      begin = end + 1;
    }
    return true;
  }
  return false;
}

/// The id for a message about a record that could not be scanned to its end.
void RecordParser::label_early() {
  for (const Role role : {Role::kImageId, Role::kId}) {
    for (const Slot& slot : scanner_.slots()) {
      if (slot.field.role != role || slot.end == 0) continue;
      if (slot.type == Type::kString) sink_.set_label(slot.key.bytes(), slot.string.bytes());
      if (slot.type == Type::kNumber) sink_.set_label(slot.key.bytes(), value_of(slot));
    }
  }
}

std::string_view RecordParser::meta() {
  const TextRules rules{options_.replace_invalid, scanner_.cursor().needs_recoding()};
  DecodeCounts counts;
  std::string& out = scratch_;
  out.assign(1, '{');
  const auto append = [&](std::string_view value) {
    try {
      append_compact(out, value, rules, counts);
    } catch (const Fault& fault) {
      sink_.refuse(offset_of(value) + fault.offset, fault.message);
    }
  };
  for (const Slot& slot : scanner_.slots()) {
    if (slot.used) continue;
    const bool nested = slot.type == Type::kObject || slot.type == Type::kArray;
    if (nested && scanner_.is_lmms())
      continue;  // documents, arguments, other metrics: large and of no use
    if (out.size() > 1) out += ',';
    if (slot.type == Type::kObject && slot.key.bytes() == "meta") {
      const std::size_t before = out.size();
      append(value_of(slot));
      out.erase(before, 1);  // its members become members here
      out.pop_back();
      if (out.size() == before && before > 1) out.pop_back();
      continue;
    }
    append({slot.key.data - 1, slot.key.size + std::size_t{2}});
    out += ':';
    append(value_of(slot));
  }
  sink_.counts().replaced_invalid += counts.replaced;
  sink_.counts().not_finite += counts.not_finite;
  if (out.size() == 1) return {};
  out += '}';
  return sink_.keep(out);
}

void RecordParser::assemble() {
  lmms_answer_ = Slot();
  Slot lmms_image;
  if (scanner_.is_lmms() && scanner_.scan_lmms_metric(lmms_answer_, lmms_image) &&
      lmms_image.key.data != nullptr && best(Role::kImageId, true) == nullptr) {
    lmms_image.field = {Role::kImageId, 0};
    scanner_.slots().push_back(lmms_image);
  }
  Slot* sample = best(Role::kId, true);
  Slot* image = best(Role::kImageId, true);
  Record record;
  label_early();
  record.image_id = id(image);
  record.id = id(sample);
  if (other_split()) {
    ++sink_.counts().other_splits;
    return;
  }
  Slot* text = best(Role::kText, false);
  const bool referenced = references(text, record);
  if (text != nullptr) {
    record.has_text = true;
    record.text = candidate(*text);
  } else if (!referenced) {
    const bool ignored = best(Role::kReferences, false) != nullptr;
    std::string keys;
    for (const Slot& slot : scanner_.slots()) {
      if (!keys.empty()) keys += ", ";
      keys += quoted(slot.key);
      if (keys.size() > 200) break;
    }
    sink_.refuse(sink_.offset(), fmt::format("expected a field for the text ({}){}, found {}",
                                             sink_.context().names.text_names(),
                                             ignored ? "" : " or for references",
                                             keys.empty() ? "no field at all" : keys));
  }
  if (options_.keep_meta) record.meta = meta();
  sink_.commit(record);
}

}  // namespace

bool parse_records(RecordSink& sink) { return RecordParser(sink).run(); }

}  // namespace vernier::json
