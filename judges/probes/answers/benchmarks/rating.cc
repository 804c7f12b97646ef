#include "judges/probes/answers/benchmarks/rating.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/printable.h"
#include "metrics/text/unicode/unicode.h"
#include "metrics/text/unicode/white_space.h"

namespace vernier::probes {
namespace {

constexpr std::size_t kShown = 10;

const ObjectRecord::Names kReply = {"rating", "score", "review", "judge", "gpt_review", "content"};

void add(RatedGroup& group, std::optional<int> rating) {
  ++group.rows;
  if (!rating) {
    ++group.failed;
    return;
  }
  group.sum += static_cast<std::uint64_t>(*rating);
  group.hallucinated.add(*rating < 3);
}

}  // namespace

std::optional<int> parse_rating(std::string_view reply) {
  const std::string text = text::to_lower(text::strip_left(text::strip_right(reply)));
  const auto is_rating = [](char c) { return c >= '0' && c <= '6'; };
  if (text.size() == 1 && is_rating(text[0])) return text[0] - '0';
  if (text.size() == 3 && is_rating(text[0]) && text.ends_with(".0")) return text[0] - '0';
  std::optional<int> found;
  constexpr std::string_view kMark = "rating:";
  for (std::size_t at = 0; (at = text.find(kMark, at)) != std::string::npos;) {
    at += kMark.size();
    const std::string_view rest = text::strip_left(std::string_view(text).substr(at));
    const bool more =
        rest.size() > 1 && ((rest[1] >= '0' && rest[1] <= '9') || rest[1] == '/' || rest[1] == '%');
    const bool decimal = rest.size() > 2 && rest[1] == '.' && rest[2] >= '0' && rest[2] <= '9';
    if (rest.empty() || !is_rating(rest[0]) || more || decimal) return std::nullopt;
    if (found && *found != rest[0] - '0') return std::nullopt;
    found = rest[0] - '0';
  }
  return found;
}

double RatedGroup::mean() const {
  return rows == failed ? std::nan("")
                        : static_cast<double>(sum) / static_cast<double>(rows - failed);
}

RatedFile read_ratings(const ObjectFile& file, const std::string& field) {
  RatedFile out;
  out.groups.emplace_back().type = "overall";
  std::map<std::string, std::optional<int>> seen;
  for (const ObjectRecord& record : file.records()) {
    const std::string type(record.text({"question_type", "type"}));
    // Null is a judge that did not answer; no field at all is the wrong file.
    const auto is_there = [&](std::string_view name) {
      return record.value().find(name) != nullptr;
    };
    if (field.empty() ? std::ranges::none_of(kReply, is_there) : !is_there(field)) {
      record.refuse(
          fmt::format("expected a rating in {}, found none; these look like answers "
                      "that nobody has rated",
                      field.empty() ? "\"rating\" or \"review\"" : printable(field, 40)));
    }
    const auto reply =
        field.empty() ? record.find_text(kReply) : record.find_text({std::string_view(field)});
    const auto rating = parse_rating(reply.value_or(""));
    const std::string image(record.find_text({"image_id", "image_src", "image"}).value_or(""));
    const std::string question(record.find_text({"question"}).value_or(""));
    if (!image.empty() && !question.empty()) {
      const auto [found, fresh] = seen.try_emplace(fmt::format("{}\n{}", image, question), rating);
      if (!fresh) {
        if (found->second != rating) {
          record.refuse("expected each question of an image once, found it with another rating");
        }
        ++out.duplicates;
        continue;
      }
    }
    if (!rating && out.failures.size() < kShown) {
      out.failures.push_back(fmt::format("{}: {}", record.place(), reply.value_or("null")));
    }
    add(out.groups.front(), rating);
    auto group =
        std::ranges::find(out.groups.begin() + 1, out.groups.end(), type, &RatedGroup::type);
    if (group == out.groups.end()) {
      out.groups.emplace_back().type = type;
      group = out.groups.end() - 1;
    }
    add(*group, rating);
  }
  return out;
}

}  // namespace vernier::probes
