// What the JSON texts of a checkpoint have in common.
#pragma once

#include <string>
#include <string_view>

#include "datasets/json/cursor.h"

namespace vernier::engine {

/// What the string that the cursor has just taken stands for. Throws json::Fault where it is not
/// valid UTF-8 or holds a lone surrogate.
std::string decoded(const json::Cursor& cursor, const json::RawString& raw);

/// Visits the members of the object that comes next: visit(key) with the cursor before the value,
/// which it must take.
template <class Visit>
void for_each_member(json::Cursor& cursor, Visit visit) {
  cursor.expect('{', "an object");
  json::RawString key;
  for (bool first = true; cursor.next_member(first, key);) visit(decoded(cursor, key));
}

/// Visits the elements of the array that comes next: visit() with the cursor before each.
template <class Visit>
void for_each_element(json::Cursor& cursor, Visit visit) {
  cursor.expect('[', "an array");
  for (bool first = true; cursor.next_element(first);) visit();
}

/// The string that comes next.
std::string string_value(json::Cursor& cursor);

}  // namespace vernier::engine
