#include "runners/caption/image_list.h"

#include <fmt/format.h>

#include <unordered_set>

#include "base/error.h"
#include "base/io/byte_source.h"
#include "base/printable.h"
#include "datasets/reader.h"

namespace vernier {
namespace {

bool holds_records(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  return first != std::string::npos && (text[first] == '{' || text[first] == '[');
}

class Ids {
 public:
  void add(std::string_view id) {
    if (!id.empty() && known_.emplace(id).second) ids_.emplace_back(id);
  }
  std::vector<std::string> take() { return std::move(ids_); }

 private:
  std::unordered_set<std::string> known_;
  std::vector<std::string> ids_;
};

void add_records(const std::string& file, Ids& ids) {
  const auto reader = RecordReader::open(file);
  for (RecordBlock block; reader->next(block);) {
    reader->parse(block);
    for (const Record& record : block.records()) {
      ids.add(record.image_id.empty() ? record.id : record.image_id);
    }
  }
}

void add_lines(std::string_view text, Ids& ids) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    ids.add(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace

std::vector<std::string> image_list(const PictureFolder& folder, const std::string& folder_name,
                                    const std::string& file) {
  if (file.empty()) {
    std::vector<std::string> names = folder.names();
    if (!names.empty()) return names;
    throw Error(ExitCode::kUsage,
                fmt::format("{}: no file ends in .jpg, .jpeg, .png, .gif or .webp",
                            printable(folder_name, 200)));
  }
  Ids ids;
  const std::string head = ByteSource::open(file)->read_rest(1 << 12);
  if (holds_records(head)) {
    add_records(file, ids);
  } else {
    add_lines(ByteSource::open(file)->read_rest(), ids);
  }
  std::vector<std::string> all = ids.take();
  if (all.empty()) {
    throw Error(ExitCode::kBadInput,
                fmt::format("{}: expected records with an image_id, or an id a line; found none",
                            printable(file, 200)));
  }
  return all;
}

}  // namespace vernier
