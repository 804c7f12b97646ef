#include "judges/probes/object/words/vocabulary.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/io/byte_source.h"
#include "base/io/text_lines.h"

namespace vernier {
std::string_view embedded_chair_synonyms();
}

namespace vernier::probes {

ObjectVocabulary ObjectVocabulary::read(const std::string& path) {
  const auto source = ByteSource::open(path);
  return parse(source->read_rest(), source->name());
}

ObjectVocabulary ObjectVocabulary::coco() {
  return parse(embedded_chair_synonyms(), "built-in synonyms");
}

ObjectVocabulary ObjectVocabulary::parse(std::string_view text, const std::string& name) {
  ObjectVocabulary vocabulary;
  for_each_line(text, [&](std::string_view line, std::uint64_t) {
    line = line.substr(0, line.find_last_not_of(" \t\r") + 1);
    if (line.empty()) return;  // one copy in circulation begins with such a line
    vocabulary.digest_ = hash_more(vocabulary.digest_, hash_bytes(line));
    const auto object = static_cast<std::uint32_t>(vocabulary.names_.size());
    for (bool first = true; !line.empty(); first = false) {
      const std::size_t comma = std::min(line.find(", "), line.size());
      const std::string_view word = line.substr(0, comma);
      line.remove_prefix(std::min(comma + 2, line.size()));
      if (first) {
        vocabulary.names_.emplace_back(word);
        vocabulary.class_of_name_.emplace(word, object);
      }
      vocabulary.classes_.insert_or_assign(std::string(word), object);
    }
  });
  if (vocabulary.names_.empty()) {
    throw Error(ExitCode::kBadInput,
                fmt::format("{}: expected a class a line, its words separated by ', ', the first "
                            "being its name; found none",
                            name));
  }
  return vocabulary;
}

std::optional<std::uint32_t> ObjectVocabulary::class_of_name(std::string_view name) const {
  const auto found = class_of_name_.find(name);
  if (found == class_of_name_.end()) return std::nullopt;
  return found->second;
}

}  // namespace vernier::probes
