// The part of JavaStream that reads: one pass over the stream.
#include <fmt/format.h>

#include "metrics/spice/grammar/file/java_stream.h"

namespace vernier::spice {
namespace {

// Type bytes of the protocol.
enum : std::uint8_t {
  kNullItem = 0x70,
  kReference = 0x71,
  kClassItem = 0x72,
  kObjectItem = 0x73,
  kStringItem = 0x74,
  kArrayItem = 0x75,
  kBlockItem = 0x77,
  kEndItem = 0x78,
  kLongBlockItem = 0x7A,
  kLongStringItem = 0x7C,
  kEnumItem = 0x7E
};
constexpr std::uint32_t kFirstHandle = 0x7E0000;
constexpr std::uint8_t kSerializable = 2, kOther = 4 | 8;

// The grammar file nests 20 deep and its longest chain of superclasses has 4 members.
constexpr int kMostNesting = 400;
constexpr std::uint32_t kMostSuperclasses = 32;
constexpr std::size_t kMostBytes = std::size_t{1} << 30;

/// Bytes that a field or element takes, at least.
std::size_t least_bytes(char type) {
  switch (type) {
    case 'D':
    case 'J':
      return 8;
    case 'F':
    case 'I':
      return 4;
    case 'C':
    case 'S':
      return 2;
    case 'B':
    case 'Z':
    case 'L':
    case '[':
      return 1;
    default:
      return 0;
  }
}

}  // namespace

class JavaStream::Reader {
 public:
  explicit Reader(JavaStream& out) : out_(out), bytes_(out.bytes_) {}

  void read() {
    if (bytes_.size() > kMostBytes) out_.fail("larger than any grammar");
    if (integer(4) != 0xACED0005) out_.fail("not a Java object stream");
    out_.root_ = content();
    if (at_ != bytes_.size()) out_.fail("bytes follow the grammar");
  }

 private:
  std::size_t left() const { return bytes_.size() - at_; }

  std::uint64_t integer(std::size_t size) {
    if (left() < size) out_.fail("truncated");
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
      value = value << 8 | static_cast<unsigned char>(bytes_[at_ + i]);
    }
    at_ += size;
    return value;
  }
  std::uint8_t byte() { return static_cast<std::uint8_t>(integer(1)); }

  std::string_view text(std::size_t size) {
    if (left() < size) out_.fail("truncated");
    at_ += size;
    return bytes_.substr(at_ - size, size);
  }
  std::string_view short_text() { return text(integer(2)); }

  Ref add(const Node& node) {
    out_.nodes_.push_back(node);
    return static_cast<Ref>(out_.nodes_.size() - 1);
  }
  Ref add_with_handle(const Node& node) {
    const Ref ref = add(node);
    out_.handles_.push_back(ref);
    return ref;
  }

  Ref bytes_node(Kind kind, std::uint64_t size) {
    Node node;
    node.kind = kind;
    node.begin = static_cast<std::uint32_t>(at_);
    node.count = static_cast<std::uint32_t>(text(size).size());
    return kind == Kind::kString ? add_with_handle(node) : add(node);
  }

  Ref reference() {
    const std::uint64_t handle = integer(4) - kFirstHandle;
    if (handle >= out_.handles_.size()) out_.fail("refers to an object that does not exist");
    return out_.handles_[handle];
  }

  Ref content() { return item(byte()); }

  Ref item(std::uint8_t type) {
    if (++nesting_ > kMostNesting) out_.fail("nested too deep");
    const Ref ref = item_inside(type);
    --nesting_;
    return ref;
  }

  Ref item_inside(std::uint8_t type) {
    switch (type) {
      case kNullItem:
        return kNull;
      case kReference:
        return reference();
      case kClassItem:
        return new_class();
      case kObjectItem:
        return new_object();
      case kStringItem:
        return bytes_node(Kind::kString, integer(2));
      case kLongStringItem:
        return bytes_node(Kind::kString, integer(8));
      case kArrayItem:
        return new_array();
      case kBlockItem:
        return bytes_node(Kind::kBlock, integer(1));
      case kLongBlockItem:
        return bytes_node(Kind::kBlock, integer(4));
      case kEnumItem:
        return new_enum();
      default:
        out_.fail(fmt::format("has an item of an unknown kind, {:#04x}", type));
    }
  }

  /// The class of something; 0 for null.
  std::uint32_t class_of(bool may_be_null) {
    const std::uint8_t type = byte();
    if (type != kNullItem && type != kReference && type != kClassItem) {
      out_.fail("has something else where a class must stand");
    }
    const Ref ref = item(type);
    if (ref == kNull) {
      if (!may_be_null) out_.fail("has an object without a class");
      return 0;
    }
    const Node& node = out_.nodes_[ref];
    if (node.kind != Kind::kClass || !out_.classes_[node.class_id].complete) {
      out_.fail("has something else where a class must stand");
    }
    return node.class_id;
  }

  Ref new_class() {
    const auto id = static_cast<std::uint32_t>(out_.classes_.size());
    Class result;
    result.name = short_text();
    integer(8);
    Node node;
    node.kind = Kind::kClass;
    node.class_id = id;
    const Ref ref = add_with_handle(node);
    out_.classes_.emplace_back();
    result.flags = byte();
    if ((result.flags & kOther) != 0 || ((result.flags & 1) != 0 && !(result.flags & 2))) {
      out_.fail("has a class of an unknown kind");
    }
    const std::size_t fields = integer(2);
    for (std::size_t i = 0; i < fields; ++i) {
      const char type = static_cast<char>(byte());
      if (least_bytes(type) == 0) out_.fail("has a field of an unknown type");
      result.fields.push_back({type, short_text()});
      if (type == 'L' || type == '[') {
        const Ref signature = content();
        if (out_.nodes_[signature].kind != Kind::kString) out_.fail("has a field without a type");
      }
    }
    // Such a class would take memory without taking bytes of the stream.
    if ((result.flags & kSerializable) == 0 && fields > 0)
      out_.fail("has a class of an unknown kind");
    while (skip_annotation_item()) {
    }
    result.super = class_of(true);
    const Class& super = out_.classes_[result.super];
    if (result.super != 0) result.depth = super.depth + 1;
    if (result.depth > kMostSuperclasses) out_.fail("has too many superclasses");
    result.slots = super.slots + result.own_slots();
    result.complete = true;
    out_.classes_[id] = std::move(result);
    return ref;
  }

  bool skip_annotation_item() {
    const std::uint8_t type = byte();
    if (type == kEndItem) return false;
    item(type);
    return true;
  }

  Ref new_object() {
    const std::uint32_t id = class_of(false);
    Node node;
    node.kind = Kind::kObject;
    node.class_id = id;
    node.begin = static_cast<std::uint32_t>(out_.slots_.size());
    node.count = out_.classes_[id].slots;
    const Ref ref = add_with_handle(node);
    // Every slot takes a byte or more of the stream, so that no lie can make this large.
    if (node.count > left()) out_.fail("truncated");
    out_.slots_.resize(out_.slots_.size() + node.count);

    std::uint32_t chain[kMostSuperclasses];
    std::size_t length = 0;
    for (std::uint32_t c = id; c != 0; c = out_.classes_[c].super) chain[length++] = c;
    std::uint32_t slot = node.begin;
    while (length-- > 0) slot = class_data(chain[length], slot);
    return ref;
  }

  std::uint32_t class_data(std::uint32_t id, std::uint32_t slot) {
    // Nested classes may move the array of classes, not the fields of a complete one.
    const std::span<const FieldOfClass> fields = out_.classes_[id].fields;
    for (const FieldOfClass& field : fields) {
      const std::uint64_t read = value(field.type);
      out_.slots_[slot++] = read;
    }
    if (out_.classes_[id].annotated()) {
      const std::uint64_t read = annotation();
      out_.slots_[slot++] = read;
    }
    return slot;
  }

  std::uint64_t value(char type) {
    if (type != 'L' && type != '[') return integer(least_bytes(type));
    const Ref ref = content();
    const Kind kind = out_.nodes_[ref].kind;
    if (kind == Kind::kBlock || kind == Kind::kClass) out_.fail("has a field that is no object");
    return ref;
  }

  /// Where its items begin in items_ and how many they are, as one number.
  std::uint64_t annotation() {
    const std::size_t begin = pending_.size();
    for (std::uint8_t type; (type = byte()) != kEndItem;) {
      const Ref ref = item(type);
      pending_.push_back(ref);
    }
    const std::uint64_t range = std::uint64_t{out_.items_.size()} << 32 | (pending_.size() - begin);
    out_.items_.insert(out_.items_.end(), pending_.begin() + static_cast<std::ptrdiff_t>(begin),
                       pending_.end());
    pending_.resize(begin);
    return range;
  }

  Ref new_array() {
    Node node;
    node.kind = Kind::kArray;
    node.class_id = class_of(false);
    const std::string_view name = out_.classes_[node.class_id].name;
    if (name.size() < 2 || name[0] != '[' || least_bytes(name[1]) == 0) {
      out_.fail("has an array of an unknown type");
    }
    node.element = name[1];
    const Ref ref = add_with_handle(node);
    const std::uint64_t count = integer(4);
    if (count * least_bytes(node.element) > left()) out_.fail("truncated");
    const std::size_t begin = out_.slots_.size();
    out_.slots_.resize(begin + count);
    out_.nodes_[ref].begin = static_cast<std::uint32_t>(begin);
    out_.nodes_[ref].count = static_cast<std::uint32_t>(count);
    for (std::size_t i = begin; i < begin + count; ++i) {
      const std::uint64_t read = value(node.element);
      out_.slots_[i] = read;
    }
    return ref;
  }

  Ref new_enum() {
    Node node;
    node.kind = Kind::kEnum;
    node.class_id = class_of(false);
    const Ref ref = add_with_handle(node);
    const Ref constant = content();
    if (out_.nodes_[constant].kind != Kind::kString) out_.fail("has an enum without a name");
    return ref;
  }

  JavaStream& out_;
  std::string_view bytes_;
  std::size_t at_ = 0;
  int nesting_ = 0;
  std::vector<Ref> pending_;
};

void JavaStream::read() { Reader(*this).read(); }

}  // namespace vernier::spice
