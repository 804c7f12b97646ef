#include "judges/probes/answers/input/written_list.h"

#include <fmt/format.h>

#include "base/printable.h"
#include "metrics/text/unicode/white_space.h"

namespace vernier::probes {

void refuse_written_list(const ObjectRecord& record, std::string_view field) {
  const Value* value = record.find(field);
  if (value == nullptr || !value->is_string()) return;
  const std::string_view text = text::strip_left(text::strip_right(value->text));
  const bool begins = text.starts_with("['") || text.starts_with("[\"") || text == "[]";
  if (!begins || !text.ends_with(']')) return;
  record.refuse(
      fmt::format("expected a list in \"{}\", found a list written as one text, {}; write records "
                  "with JSON lists (in Python, ast.literal_eval reads the text), and a text that "
                  "does look like this as a list of one",
                  field, printable(value->text, 60)));
}

}  // namespace vernier::probes
