// Reads the lines of a run file one by one.
#pragma once

#include <simdjson.h>

#include <string_view>

#include "results/run/run_file.h"

namespace vernier {

class RunParser {
 public:
  explicit RunParser(std::string name);

  /// One line without its newline; simdjson's padding must be readable behind it.
  void line(std::string_view text);
  /// No more lines; `partial`: bytes of a last line without newline.
  Run finish(bool partial);

 private:
  using Element = simdjson::dom::element;
  using Object = simdjson::dom::object;
  enum class Next { kHeader, kSample, kNothing };

  [[noreturn]] void refuse(std::string_view what) const;
  void header(const Object& object);
  void sample(const Object& object);
  void footer(const Object& object);
  std::string_view string(const Object& object, const char* key) const;
  Object member(const Object& object, const char* key) const;
  std::vector<std::string> strings(const Object& object, const char* key) const;
  double number(const Element& element) const;

  simdjson::dom::parser parser_;
  Run run_;
  RunDigest digest_;
  Next next_ = Next::kHeader;
  std::uint64_t line_ = 0;
};

}  // namespace vernier
