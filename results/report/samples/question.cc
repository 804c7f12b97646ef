#include "results/report/samples/question.h"

#include <simdjson.h>

namespace vernier::report {

std::string question_of(std::string_view meta) {
  // Most metas hold none, and are not parsed.
  if (meta.find("\"question\"") == std::string_view::npos) return {};
  simdjson::dom::parser parser;
  simdjson::dom::object whole;
  std::string_view question;
  if (parser.parse(meta).get(whole) != simdjson::SUCCESS ||
      whole["question"].get(question) != simdjson::SUCCESS) {
    return {};
  }
  return std::string(question);
}

}  // namespace vernier::report
