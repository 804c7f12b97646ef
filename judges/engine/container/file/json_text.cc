#include "judges/engine/container/file/json_text.h"

#include "datasets/json/strings.h"

namespace vernier::engine {

std::string decoded(const json::Cursor& cursor, const json::RawString& raw) {
  std::string text;
  json::DecodeCounts counts;
  json::decode(raw, /*replace=*/true, text, counts);
  if (counts.replaced > 0) cursor.fail("text in UTF-8 before this place");
  return text;
}

std::string string_value(json::Cursor& cursor) {
  if (cursor.type() != json::Type::kString) cursor.fail("a string");
  return decoded(cursor, cursor.string());
}

}  // namespace vernier::engine
