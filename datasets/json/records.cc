#include "datasets/json/records.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/printable.h"
#include "datasets/json/cursor.h"

namespace vernier::json {
namespace {

/// A range of RecordParser::texts_, from an array of texts.
struct TextList {
  std::uint32_t begin = 0, end = 0;
  std::uint32_t misfit_offset = 0;  ///< of the first element that is no text
  Type misfit = Type::kString;      ///< its type; kString: there is none
};

/// One member of a record. Offsets are 32 bits: a block is below 4 GiB.
struct Slot {
  RawString key;
  RawString string;                   ///< for kString
  TextList list;                      ///< for arrays of fields that may hold texts
  std::uint32_t offset = 0, end = 0;  ///< of the value
  Field field;
  Type type = Type::kNull;
  bool used = false;
};

class RecordParser {
 public:
  explicit RecordParser(RecordSink& sink)
      : sink_(sink), text_(sink.bytes()), cursor_(text_), options_(sink.context().options) {}

  bool run();

 private:
  void scan();
  void scan_value(Slot& slot);
  Field look_up(std::size_t position, const RawString& key);
  TextList scan_list(Role role);
  bool scan_element(Role role);
  void scan_lmms_metric();

  void assemble();
  Slot* best(Role role, bool numbers);
  std::string_view id(Slot* slot);
  std::string_view candidate(Slot& slot);
  bool references(const Slot* text, Record& record);
  void add_references(Slot& slot);
  void add_reference(const RawString& raw, std::string_view what);
  bool other_split();
  std::string_view meta();
  void label_early();

  std::string_view decoded(const RawString& raw);
  std::size_t offset_of(std::string_view part) const {
    return static_cast<std::size_t>(part.data() - text_.data());
  }
  std::string_view value_of(const Slot& slot) const {
    return text_.substr(slot.offset, slot.end - slot.offset);
  }
  std::string quoted(const RawString& key) const {
    return fmt::format("\"{}\"", printable(key.bytes(), 60));
  }
  [[noreturn]] void refuse_type(const Slot& slot, const char* expected) const;

  RecordSink& sink_;
  std::string_view text_;
  Cursor cursor_;
  const ReadOptions& options_;

  std::vector<Slot> slots_;
  std::vector<RawString> texts_;
  bool lmms_ = false;  // the record has filtered_resps or resps
  Slot lmms_metric_;   // its image id and answers, from the first metric that holds them
  std::string scratch_;

  // Records of one file have the same keys in the same order: the last record's are tried first.
  struct Known {
    std::string_view key;
    Field field;
  };
  std::vector<Known> known_;
};

bool RecordParser::run() {
  const bool array = sink_.context().layout.shape != Layout::Shape::kJsonStream;
  for (;;) {
    cursor_.skip_space();
    while (array && cursor_.take(',')) cursor_.skip_space();
    if (cursor_.at_end()) return true;
    sink_.begin(cursor_.offset());
    try {
      scan();
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

Field RecordParser::look_up(std::size_t position, const RawString& key) {
  if (position < known_.size() && known_[position].key == key.bytes())
    return known_[position].field;
  Field field;
  if (key.escaped) {
    scratch_.clear();
    DecodeCounts ignored;
    decode(key, true, scratch_, ignored);
    field = sink_.context().names.find(scratch_);
  } else {
    field = sink_.context().names.find(key.bytes());
  }
  known_.resize(std::max(known_.size(), position + 1));
  known_[position] = {key.bytes(), field};
  return field;
}

void RecordParser::scan() {
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

void RecordParser::scan_value(Slot& slot) {
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
TextList RecordParser::scan_list(Role role) {
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

bool RecordParser::scan_element(Role role) {
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

/// lmms-eval logs each metric's input: {"answer": [...], "pred": "...", "image_id": 42}. All of
/// them hold the same, so the first serves. The references are there as a list; `target` holds
/// str() of it.
void RecordParser::scan_lmms_metric() {
  lmms_metric_ = Slot();
  for (const Slot& slot : slots_) {
    if (slot.type != Type::kObject || slot.key.bytes() == "doc") continue;
    Cursor inner(text_.substr(0, slot.end), slot.offset + 1);
    std::swap(inner, cursor_);
    bool first = true, prediction = false;
    RawString key;
    Slot image, answer;
    while (cursor_.next_member(first, key)) {
      Slot part;
      part.key = key;
      part.field = {Role::kReferences, 0};
      scan_value(part);
      prediction |= key.bytes() == "pred";
      if (key.bytes() == "answer") answer = part;
      if (key.bytes() == "image_id" || key.bytes() == "ann_id") image = part;
    }
    std::swap(inner, cursor_);
    if (!prediction || answer.key.data == nullptr) continue;
    lmms_metric_ = answer;
    image.field = {Role::kImageId, 0};
    if (image.key.data != nullptr && best(Role::kImageId, true) == nullptr) slots_.push_back(image);
    return;
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
  for (Slot& slot : slots_) {
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
    raw = texts_[slot.list.begin];
  } else if (slot.type != Type::kString) {
    refuse_type(slot, "a string");
  }
  return sink_.checked(decoded(raw), slot.key.bytes(), slot.offset);
}

void RecordParser::add_reference(const RawString& raw, std::string_view what) {
  const std::size_t offset = offset_of(raw.bytes());
  sink_.add_reference(sink_.checked(decoded(raw), what, offset));
}

void RecordParser::add_references(Slot& slot) {
  slot.used = true;
  const std::string_view what = slot.key.bytes();
  if (slot.type == Type::kString) {
    sink_.refuse_list_text(slot.string.bytes(), what, slot.offset);
    add_reference(slot.string, what);
    return;
  }
  if (slot.type != Type::kArray) refuse_type(slot, "an array of strings");
  if (slot.list.misfit != Type::kString) {
    sink_.refuse(slot.list.misfit_offset,
                 fmt::format("expected only strings in {}, found {}", quoted(slot.key),
                             describe(slot.list.misfit)));
  }
  for (std::size_t i = slot.list.begin; i < slot.list.end; ++i) add_reference(texts_[i], what);
}

bool RecordParser::references(const Slot* text, Record& record) {
  Slot* chosen = best(Role::kReferences, false);
  const bool target = chosen != nullptr && chosen->field.rank == FieldNames::kTarget;
  if (chosen == nullptr || target) {
    Slot* answer = nullptr;
    if (text != nullptr && FieldNames::is_model_output(text->field.rank)) {
      for (Slot& slot : slots_) {
        const bool named = slot.field.role == Role::kText && slot.field.rank == FieldNames::kAnswer;
        const bool usable = slot.type == Type::kString || slot.type == Type::kArray;
        if (named && usable) answer = &slot;
      }
      if (lmms_ && lmms_metric_.key.data != nullptr) answer = &lmms_metric_;
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
  for (const Slot& slot : slots_) {
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
    for (const Slot& slot : slots_) {
      if (slot.field.role != role || slot.end == 0) continue;
      if (slot.type == Type::kString) sink_.set_label(slot.key.bytes(), slot.string.bytes());
      if (slot.type == Type::kNumber) sink_.set_label(slot.key.bytes(), value_of(slot));
    }
  }
}

std::string_view RecordParser::meta() {
  const TextRules rules{options_.replace_invalid, cursor_.needs_recoding()};
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
  for (const Slot& slot : slots_) {
    if (slot.used) continue;
    const bool nested = slot.type == Type::kObject || slot.type == Type::kArray;
    if (nested && lmms_) continue;  // documents, arguments, other metrics: large and of no use
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
  if (lmms_) scan_lmms_metric();
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
    for (const Slot& slot : slots_) {
      if (!keys.empty()) keys += ", ";
      keys += quoted(slot.key);
      if (keys.size() > 200) break;
    }
    sink_.refuse(
        offset_of(text_.substr(cursor_.offset())) - 1,
        fmt::format("expected a field for the text ({}){}, found {}",
                    sink_.context().names.text_names(), ignored ? "" : " or for references",
                    keys.empty() ? "no field at all" : keys));
  }
  if (options_.keep_meta) record.meta = meta();
  sink_.commit(record);
}

}  // namespace

bool parse_records(RecordSink& sink) { return RecordParser(sink).run(); }

}  // namespace vernier::json
