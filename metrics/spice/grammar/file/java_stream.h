// One object of a Java object serialization stream, read into flat arrays.
//
// Follows the "Java Object Serialization Specification", protocol version 2: class descriptors,
// objects, strings, arrays, enum constants, references and annotations. Proxies, externalizable
// objects, class objects, exceptions and resets are refused: the grammar file has none.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vernier::spice {

/// The stream read whole. Everything that is read off it is checked: a value of another type than
/// asked for, like any damage of the stream, is Error(kResource). Memory is at most some 20 times
/// the size of the stream, nesting is bounded.
class JavaStream {
 public:
  /// An object, a string, an array …; kNull is Java's null.
  using Ref = std::uint32_t;
  static constexpr Ref kNull = 0;

  /// Reads a stream of exactly one object. `bytes` must outlive this; `name` is that of the file,
  /// for messages.
  JavaStream(std::string_view bytes, std::string name);

  Ref root() const { return root_; }

  /// Where a field lies in the objects of one class; remembers the class it was last looked up for.
  class Field {
   public:
    /// `name` as in the Java source, `type` a character of the protocol: I, S, F, D, Z, L, [ …
    Field(const char* name, char type) : name_(name), type_(type) {}

   private:
    friend class JavaStream;
    const char* name_;
    char type_;
    std::uint32_t class_ = 0, slot_ = 0;  // class 0 is no class
  };

  double get_double(Ref object, Field& field) const;
  float get_float(Ref object, Field& field) const;
  std::int32_t get_int(Ref object, Field& field) const;  ///< of a field of type I, S or Z
  Ref get_ref(Ref object, Field& field) const;           ///< of a field of type L or [

  /// Full name of the class of an object; empty for anything else.
  std::string_view class_name(Ref object) const;
  /// The bytes of a string (modified UTF-8 as it stands).
  std::string_view text(Ref string) const;
  /// An array of doubles.
  std::vector<double> doubles(Ref array) const;
  /// The items of a java.util.ArrayList.
  std::span<const Ref> list(Ref array_list) const;
  /// Keys and values of a java.util.HashMap in the order of the stream: key, value, key, value …
  std::span<const Ref> map(Ref hash_map) const;

  /// What the stream holds, for checks.
  std::size_t handles() const { return handles_.size(); }
  std::size_t classes() const { return classes_.size() - 1; }

  [[noreturn]] void fail(std::string_view why) const;

 private:
  enum class Kind : std::uint8_t { kNull, kClass, kObject, kString, kArray, kEnum, kBlock };
  struct Node {
    Kind kind = Kind::kNull;
    char element = 0;            // of an array: the type of its elements
    std::uint32_t class_id = 0;  // of an object, an array, an enum constant, a class
    std::uint32_t begin = 0;     // of slots, or of bytes for strings and blocks
    std::uint32_t count = 0;
  };
  struct FieldOfClass {
    char type;
    std::string_view name;
  };
  struct Class {
    std::string_view name;
    std::uint8_t flags = 0;
    bool complete = false;
    std::uint32_t super = 0;  // 0: none
    std::uint32_t depth = 1;  // of the chain of superclasses
    std::vector<FieldOfClass> fields;
    std::uint32_t slots = 0;  // with those of its superclasses
    bool annotated() const { return (flags & 1) != 0; }
    // Own slots: the fields, then where an annotation begins in items_ and how many it has.
    std::uint32_t own_slots() const {
      return static_cast<std::uint32_t>(fields.size()) + (annotated() ? 1 : 0);
    }
  };
  class Reader;

  void read();  // fills the arrays below
  const Node& object(Ref ref) const;
  std::uint64_t slot(Ref object, Field& field) const;
  std::span<const Ref> annotation(Ref object, std::string_view class_name) const;
  std::span<const Ref> counted_items(Ref object, std::string_view class_name, std::size_t block,
                                     std::size_t items_each, std::int64_t count) const;

  std::string_view bytes_;
  std::string name_;
  std::vector<Node> nodes_;
  std::vector<Class> classes_;
  std::vector<std::uint64_t> slots_;  // fields and array elements
  std::vector<Ref> items_;            // of annotations
  std::vector<Ref> handles_;
  Ref root_ = kNull;
};

}  // namespace vernier::spice
