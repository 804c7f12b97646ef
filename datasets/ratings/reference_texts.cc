#include "datasets/ratings/reference_texts.h"

#include <fmt/format.h>

#include "base/error.h"
#include "datasets/reader.h"

namespace vernier {

ReferenceTexts::ReferenceTexts(const std::vector<std::string>& paths, const std::string& other_key,
                               bool replace_invalid) {
  for (const std::string& path : paths) {
    if (read(path, {}, replace_invalid)) continue;
    if (other_key.empty() || path == "-" || !read(path, other_key, replace_invalid)) {
      throw Error(ExitCode::kBadInput,
                  fmt::format("{}: expected the image of each reference (image_id, image, ...), "
                              "found a record without",
                              path));
    }
  }
}

bool ReferenceTexts::read(const std::string& path, const std::string& key, bool replace_invalid) {
  ReadOptions options;
  options.fields.image_id = key;
  options.replace_invalid = replace_invalid;
  options.keep_meta = false;
  options.split = "all";
  const auto reader = RecordReader::open(path, options);
  ReadCounts counts;
  for (RecordBlock block; reader->next(block);) {
    reader->parse(block);
    counts += block.counts();
    for (const Record& record : block.records()) {
      const std::string_view image = record.image_id.empty() ? record.id : record.image_id;
      if (image.empty()) return false;
      const auto [at, fresh] = numbers_.try_emplace(std::string(image), images_.size());
      if (fresh) {
        images_.emplace_back(image);
        texts_.emplace_back();
      }
      std::vector<std::string>& texts = texts_[at->second];
      if (record.has_references) {
        texts.insert(texts.end(), record.references.begin(), record.references.end());
      } else if (record.has_text) {
        if (!record.id.empty()) {
          by_id_.try_emplace(std::string(record.id), at->second, texts.size());
        }
        texts.emplace_back(record.text);
      }
    }
  }
  reader->check(counts);
  return true;
}

const std::string* ReferenceTexts::find(std::string_view id) const {
  const auto at = by_id_.find(std::string(id));
  return at == by_id_.end() ? nullptr : &texts_[at->second.first][at->second.second];
}

}  // namespace vernier
