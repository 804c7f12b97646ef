// A prompt's text with named slots: "Caption: {caption}". {{ and }} are braces.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vernier::prompts {

/// What goes into a slot. It is never looked at again: a caption that says "{context}" stays so.
struct SlotValue {
  std::string_view slot, text;
};

class PromptTemplate {
 public:
  PromptTemplate() = default;
  /// Throws std::invalid_argument, in a few words, for a lone brace, a slot that is none of `known`
  /// and one of `needed` that is not there.
  PromptTemplate(std::string_view text, std::span<const std::string_view> known,
                 std::span<const std::string_view> needed);

  bool empty() const { return pieces_.empty(); }
  bool has(std::string_view slot) const;
  /// Throws Error(kInternal) where a slot gets no value: a prompt with a hole in it is never sent.
  /// Values for slots that it does not have are ignored.
  std::string fill(std::span<const SlotValue> values) const;
  std::string fill(std::initializer_list<SlotValue> values) const {
    return fill(std::span<const SlotValue>(values.begin(), values.size()));
  }

 private:
  struct Piece {
    bool slot;
    std::string text;
  };
  std::vector<Piece> pieces_;
};

/// A caption on one line: runs of white space, line breaks among them, become one blank.
std::string one_line(std::string_view text);
/// one_line() between quotation marks, with those inside it escaped, so that its end is where it
/// ends.
std::string quoted_line(std::string_view text);

}  // namespace vernier::prompts
