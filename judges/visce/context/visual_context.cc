#include "judges/visce/context/visual_context.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "metrics/text/text_set.h"

namespace vernier::visce {
namespace {

enum class Section : std::uint8_t { kObjects, kFeatures, kRelations };
constexpr std::array<std::string_view, 3> kSections = {"objects", "features", "relationships"};

std::string_view trim(std::string_view text, std::string_view marks = " \t\r\n*_#:-") {
  const std::size_t begin = text.find_first_not_of(marks);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(marks) - begin + 1);
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// A line's text behind "-", "*", "•", "1." or "2)"; nothing where it is no bullet.
std::optional<std::string_view> bullet(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(" \t");
  if (begin == line.npos) return std::nullopt;
  line.remove_prefix(begin);
  constexpr std::array<std::string_view, 5> kMarks = {"- ", "* ", "\xe2\x80\xa2", "+ ",
                                                      "\xe2\x80\x93"};
  for (const std::string_view mark : kMarks) {
    if (line.starts_with(mark)) return trim(line.substr(mark.size()), " \t\r");
  }
  std::size_t digits = 0;
  while (digits < line.size() && line[digits] >= '0' && line[digits] <= '9') ++digits;
  if (digits > 0 && digits < line.size() && (line[digits] == '.' || line[digits] == ')')) {
    return trim(line.substr(digits + 1), " \t\r");
  }
  return std::nullopt;
}

struct Heading {
  Section section;
  std::string_view rest;  ///< what stands behind its colon
};

// "Objects:", "## Important objects", "2. Features: red, round".
std::optional<Heading> heading(std::string_view line) {
  const std::string_view plain = trim(bullet(line).value_or(line));
  const std::size_t colon = plain.find(':');
  const std::string words = lower(trim(plain.substr(0, colon)));
  constexpr std::size_t kLongest = 40;
  if (words.empty() || words.size() > kLongest) return std::nullopt;
  // "Features of objects", "Relationships between objects": what is rarer says which.
  const auto says = [&](std::string_view word) { return words.find(word) != words.npos; };
  std::optional<Section> section;
  if (says("relationship") || words.ends_with("relations")) {
    section = Section::kRelations;
  } else if (says("feature") || words.ends_with("attributes")) {
    section = Section::kFeatures;
  } else if (words.ends_with("object") || words.ends_with("objects")) {
    section = Section::kObjects;
  }
  // A sentence may say so, too: a heading is short.
  if (!section || std::ranges::count(words, ' ') > 3) return std::nullopt;
  return Heading{*section, colon == plain.npos ? "" : trim(plain.substr(colon + 1), " \t\r*_")};
}

class ContextReader {
 public:
  void line(std::string_view line) {
    if (const auto found = heading(line)) {
      open(found->section);
      if (!found->rest.empty()) listed(found->rest);
      return;
    }
    if (!section_) return;
    if (const auto item = bullet(line)) {
      if (!item->empty()) add(*item);
    }
  }
  VisualContext take() { return std::move(context_); }

 private:
  void open(Section section) {
    section_ = section;
    const std::string_view name = kSections[static_cast<std::size_t>(section)];
    auto& found = context_.sections_found;
    if (std::ranges::find(found, name) == found.end()) found.emplace_back(name);
  }

  void listed(std::string_view items) {
    while (!items.empty()) {
      const std::size_t end = std::min(items.find_first_of(",;"), items.size());
      if (const std::string_view item = trim(items.substr(0, end), " \t\r."); !item.empty()) {
        add(item);
      }
      items.remove_prefix(std::min(end + 1, items.size()));
    }
  }

  void add(std::string_view item) {
    ++context_.bullets;
    if (section_ == Section::kRelations) {
      context_.relations.emplace_back(trim(item, " \t\r*_"));
      return;
    }
    const std::size_t colon = item.find(':');
    const std::string_view name = trim(item.substr(0, colon));
    const std::string_view text =
        colon == item.npos ? std::string_view() : trim(item.substr(colon + 1), " \t\r*_");
    if (section_ == Section::kObjects) {
      context_.objects.push_back({std::string(name), std::string(text), {}});
      return;
    }
    const std::string wanted = lower(name);
    // Of two circles the second line of features is the second one's.
    auto object = context_.objects.end();
    for (auto one = context_.objects.begin(); one != context_.objects.end(); ++one) {
      if (lower(one->name) != wanted) continue;
      if (object == context_.objects.end() || one->features.empty()) object = one;
      if (one->features.empty()) break;
    }
    if (object == context_.objects.end()) {
      context_.objects.push_back({std::string(name), "", {}});
      object = context_.objects.end() - 1;
    }
    if (!text.empty()) object->features.emplace_back(text);
  }

  VisualContext context_;
  std::optional<Section> section_;
};

}  // namespace

std::size_t find_loop(std::string_view text) {
  constexpr std::size_t kRun = 8, kTimes = 4;
  std::vector<std::pair<std::size_t, std::size_t>> words;  // [begin, end)
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = text.find_first_not_of(" \t\r\n", i);
    if (begin == text.npos) break;
    i = std::min(text.find_first_of(" \t\r\n", begin), text.size());
    words.emplace_back(begin, i);
  }
  struct Seen {
    std::size_t times = 0, second = 0;
  };
  text::TextMap<Seen> seen;
  std::size_t first = std::string_view::npos;
  for (std::size_t w = 0; w + kRun <= words.size(); ++w) {
    std::string run;
    for (std::size_t k = 0; k < kRun; ++k) {
      run.append(text.substr(words[w + k].first, words[w + k].second - words[w + k].first));
      run += ' ';
    }
    Seen& one = seen[run];
    if (++one.times == 2) one.second = words[w].first;
    if (one.times == kTimes) first = std::min(first, one.second);
  }
  return first;
}

VisualContext read_context(std::string_view text, bool finished) {
  const std::size_t loop = find_loop(text);
  std::string kept(trim(text.substr(0, loop), " \t\r\n"));
  ContextReader reader;
  for (std::size_t begin = 0; begin <= kept.size();) {
    const std::size_t end = std::min(kept.find('\n', begin), kept.size());
    reader.line(std::string_view(kept).substr(begin, end - begin));
    begin = end + 1;
  }
  VisualContext context = reader.take();
  context.text = std::move(kept);
  context.truncated = !finished && loop == std::string_view::npos;
  context.loop = loop != std::string_view::npos;
  return context;
}

}  // namespace vernier::visce
