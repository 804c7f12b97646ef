// What vernier doctor says about one part.
#pragma once

#include <string>
#include <string_view>

namespace vernier {

struct PartCheck {
  std::string_view part;
  enum Kind { kFine, kNote, kMissing } kind;  ///< a note is a fact; a missing part fails the check
  std::string text;
};

}  // namespace vernier
