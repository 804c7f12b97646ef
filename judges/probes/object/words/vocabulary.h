// The words that name an object class.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/text/text_set.h"

namespace vernier::probes {

/// A table of synonyms as CHAIR (Rohrbach et al. 2018) has it: one class a line, its words
/// separated by a comma and a blank, the first of which is its name. A word on two lines belongs to
/// the later one. Words are compared with lower-cased tokens as they stand in the file, so an entry
/// with a capital or a leading blank never counts, which published numbers depend on.
class ObjectVocabulary {
 public:
  /// Throws Error(kUsage) for a path that cannot be opened, Error(kBadInput) where there is no
  /// class.
  static ObjectVocabulary read(const std::string& path);
  /// The 80 classes of COCO, as published with CHAIR.
  static ObjectVocabulary coco();
  /// `name` of the file, for messages.
  static ObjectVocabulary parse(std::string_view text, const std::string& name);

  /// The class of a word.
  std::optional<std::uint32_t> find(std::string_view word) const {
    const auto found = classes_.find(word);
    if (found == classes_.end()) return std::nullopt;
    return found->second;
  }
  const std::string& class_name(std::uint32_t object) const { return names_[object]; }
  /// The class of this name.
  std::optional<std::uint32_t> class_of_name(std::string_view name) const;
  std::size_t class_count() const { return names_.size(); }
  std::size_t word_count() const { return classes_.size(); }
  /// Of all lines, for signatures.
  std::uint64_t digest() const { return digest_; }

 private:
  std::vector<std::string> names_;
  text::TextMap<std::uint32_t> classes_, class_of_name_;
  std::uint64_t digest_ = 0;
};

}  // namespace vernier::probes
