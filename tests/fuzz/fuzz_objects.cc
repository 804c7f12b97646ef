// Any bytes as records whose fields the caller names: records or one Error(kBadInput) of one line.
// Every text is UTF-8, and what is asked of a record is there or refused.
#include <string>

#include "base/error.h"
#include "datasets/objects/object_file.h"
#include "tests/fuzz/input.h"

namespace {

using namespace vernier;
using fuzz::require;

void check(const Value& value, unsigned depth) {
  require(depth <= json::kMaxDepth);
  fuzz::require_utf8(value.text);
  require(!value.is_object() || value.keys.size() == value.items.size());
  for (const std::string& key : value.keys) fuzz::require_utf8(key);
  for (const Value& item : value.items) check(item, depth + 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  ObjectFileOptions options;
  options.replace_invalid = (input.byte() & 1) != 0;
  const fuzz::MemoryFile file(input.rest());
  fuzz::answered_or_refused([&] {
    ObjectFile objects = ObjectFile::read(file.path(), options);
    require(!objects.records().empty());
    std::uint64_t line = 1;
    for (const ObjectRecord& record : objects.records()) {
      check(record.value(), 1);
      require(record.line() >= line);
      line = record.line();
      fuzz::answered_or_refused([&] { record.text({"id", "a"}); });
      fuzz::answered_or_refused([&] { record.number({"a", "id"}); });
      fuzz::answered_or_refused([&] { record.texts({"list"}); });
    }
    if (objects.is_keyed()) require(!objects.members().empty());
    fuzz::answered_or_refused([&] { objects.members("a"); });
    ObjectFile texts = objects;
    const bool spread = texts.spread("key", "text", {"a"});
    for (const ObjectRecord& record : texts.records()) {
      if (spread) require(!record.texts({"text"}).empty() || record.find("text")->is_array());
    }
    fuzz::answered_or_refused([&] {
      require(objects.unwrap({"list", "a"}).empty() || !objects.records().empty());
    });
  });
  return 0;
}
