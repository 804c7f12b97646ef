#include "judges/engine/container/file/shard_index.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/printable.h"
#include "judges/engine/container/file/json_text.h"

namespace vernier::engine {
namespace {

using Pair = std::pair<std::string, std::string>;

[[noreturn]] void fail(const std::string& file, const std::string& what) {
  throw Error(ExitCode::kResource,
              fmt::format("{}: {}; download or write the file again", file, what));
}

bool stays_in_folder(std::string_view name) {
  constexpr std::string_view kSeparators("/\\\0", 3);
  return !name.empty() && name.find("..") == std::string_view::npos && name != "." &&
         name.find_first_of(kSeparators) == std::string_view::npos;
}

/// Tensor and file, as they stand.
std::vector<Pair> weight_map(std::string_view text, const std::string& file) {
  std::vector<Pair> pairs;
  bool found = false;
  try {
    json::Cursor cursor(text);
    for_each_member(cursor, [&](const std::string& key) {
      if (key != "weight_map") {
        cursor.value();
        return;
      }
      if (found) cursor.fail("\"weight_map\" once");
      found = true;
      for_each_member(cursor, [&](std::string tensor) {
        pairs.emplace_back(std::move(tensor), string_value(cursor));
      });
    });
    if (cursor.peek() != '\0' || !cursor.at_end()) cursor.fail("nothing behind the object");
  } catch (const json::Fault& fault) {
    fail(file, fmt::format("byte {}: {}", fault.offset, fault.message));
  }
  if (!found) fail(file, "lacks \"weight_map\", an object of tensor names and file names");
  return pairs;
}

}  // namespace

ShardIndex parse_shard_index(std::string_view text, const std::string& file) {
  std::vector<Pair> pairs = weight_map(text, file);
  std::ranges::sort(pairs);
  const auto twice = std::ranges::adjacent_find(pairs, {}, &Pair::first);
  if (twice != pairs.end()) {
    fail(file, fmt::format("tensor {} stands twice in \"weight_map\"", printable(twice->first)));
  }
  ShardIndex index;
  index.files.reserve(pairs.size());
  for (const Pair& pair : pairs) {
    if (!stays_in_folder(pair.second)) {
      fail(file, fmt::format("tensor {} lies in {}, expected the name of a file in the same folder",
                             printable(pair.first), printable(pair.second)));
    }
    index.files.push_back(pair.second);
  }
  std::ranges::sort(index.files);
  index.files.erase(std::unique(index.files.begin(), index.files.end()), index.files.end());
  index.entries.reserve(pairs.size());
  for (Pair& pair : pairs) {
    const auto place = std::ranges::lower_bound(index.files, pair.second);
    index.entries.push_back(
        {std::move(pair.first), static_cast<std::size_t>(place - index.files.begin())});
  }
  return index;
}

}  // namespace vernier::engine
