#include "judges/prompts/prompt_template.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "base/error.h"
#include "base/printable.h"

namespace vernier::prompts {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

[[noreturn]] void refuse_slot(std::string_view slot, std::span<const std::string_view> known) {
  std::string names;
  for (const std::string_view name : known) {
    names += fmt::format("{}{{{}}}", names.empty() ? "" : ", ", name);
  }
  throw std::invalid_argument(
      fmt::format("unknown slot {{{}}} (known here: {})", printable(slot, 40), names));
}

}  // namespace

PromptTemplate::PromptTemplate(std::string_view text, std::span<const std::string_view> known,
                               std::span<const std::string_view> needed) {
  std::string plain;
  const auto flush = [&] {
    if (!plain.empty()) pieces_.push_back({false, std::move(plain)});
    plain.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if ((c == '{' || c == '}') && i + 1 < text.size() && text[i + 1] == c) {
      plain += c;
      ++i;
    } else if (c == '{') {
      const std::size_t end = text.find_first_of("{}\n", i + 1);
      if (end == std::string_view::npos || text[end] != '}') {
        throw std::invalid_argument("a slot that does not end (write {{ for a brace)");
      }
      const std::string_view slot = text.substr(i + 1, end - i - 1);
      if (std::ranges::find(known, slot) == known.end()) refuse_slot(slot, known);
      flush();
      pieces_.push_back({true, std::string(slot)});
      i = end;
    } else if (c == '}') {
      throw std::invalid_argument("a lone closing brace (write }} for a brace)");
    } else {
      plain += c;
    }
  }
  flush();
  for (const std::string_view slot : needed) {
    const bool quoted = has(fmt::format("{}_quoted", slot));
    if (!has(slot) && !quoted) {
      throw std::invalid_argument(fmt::format("the slot {{{}}} is missing", slot));
    }
  }
}

bool PromptTemplate::has(std::string_view slot) const {
  return std::ranges::any_of(pieces_,
                             [&](const Piece& piece) { return piece.slot && piece.text == slot; });
}

std::string PromptTemplate::fill(std::span<const SlotValue> values) const {
  std::string out;
  for (const Piece& piece : pieces_) {
    if (!piece.slot) {
      out += piece.text;
      continue;
    }
    const auto value = std::ranges::find(values, std::string_view(piece.text), &SlotValue::slot);
    if (value == values.end()) {
      throw Error(ExitCode::kInternal,
                  fmt::format("nothing to fill the prompt's slot {{{}}} with", piece.text));
    }
    out += value->text;
  }
  return out;
}

std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (!is_space(c)) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string quoted_line(std::string_view text) {
  std::string out = "\"";
  for (const char c : one_line(text)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

}  // namespace vernier::prompts
