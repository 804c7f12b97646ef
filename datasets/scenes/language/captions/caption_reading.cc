#include "datasets/scenes/language/captions/caption_reading.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "datasets/scenes/language/reading/phrase_reader.h"

namespace vernier::scenes {
namespace {

// Matching tries all pairs of a shape: a model that says one thing over and over would take for
// ever.
constexpr std::size_t kMostItems = 16, kMostAlike = 10;

/// Whether all that `phrase` says is said by `item`.
bool says_all_of(const Description& item, const Description& phrase) {
  return (!phrase.size || phrase.size == item.size) &&
         (!phrase.pattern || phrase.pattern == item.pattern) &&
         (!phrase.color || phrase.color == item.color) &&
         (!phrase.shape || phrase.shape == item.shape) &&
         (phrase.text.empty() || phrase.text == item.text);
}

class SentenceReader {
 public:
  SentenceReader(std::string_view sentence, const CaptionPlan& before)
      : words_(sentence), plan_(before) {}

  /// None where the sentence is not understood to its end.
  std::optional<CaptionPlan> read() {
    if (!words_.take_any({"there is", "there are"})) {
      words_.take_any(
          {"the image shows", "this image shows", "the picture shows", "this picture shows"});
    }
    do {
      if (!read_item()) return std::nullopt;
    } while (take_separator());
    words_.take(".");
    if (!words_.at_end() || too_many()) return std::nullopt;
    return plan_;
  }

 private:
  bool too_many() const {
    const auto& items = plan_.items;
    return items.size() > kMostItems ||
           std::any_of(items.begin(), items.end(), [&](const Description& one) {
             return std::ranges::count(items, one.shape, &Description::shape) >
                    static_cast<std::ptrdiff_t>(kMostAlike);
           });
  }

  bool take_separator() {
    const bool comma = words_.take(",");
    return words_.take("and") || comma;
  }

  /// A thing, or one and how it stands to another.
  bool read_item() {
    const std::vector<std::size_t> subjects = take_things();
    if (subjects.empty()) return false;
    const std::size_t before = words_.place();
    words_.take_any({"is", "are"});
    const std::optional<Predicate> predicate = words_.take_predicate();
    if (!predicate) {
      words_.go_back(before);
      return true;
    }
    const std::vector<std::size_t> objects = take_things();
    for (const std::size_t subject : subjects) {
      for (const std::size_t object : objects) {
        plan_.relations.push_back({subject, *predicate, object});
      }
    }
    return !objects.empty();
  }

  /// The items of "a red circle", "two red circles", "the red circle"; none where there is no such
  /// phrase.
  std::vector<std::size_t> take_things() {
    const bool known = words_.take("the");
    std::size_t count = 1;
    if (!known && !words_.take_any({"a", "an", "another", "one"})) {
      count = words_.take_number().value_or(1);
    }
    const auto phrase = words_.take_phrase();
    if (!phrase || count == 0 || count > kMostItems) return {};
    if (known) {
      if (const auto item = find(phrase->description)) return {*item};
    }
    std::vector<std::size_t> out;
    for (std::size_t n = 0; n < count; ++n) {
      out.push_back(plan_.items.size());
      plan_.items.push_back(phrase->description);
    }
    return out;
  }

  std::optional<std::size_t> find(const Description& phrase) const {
    const auto& items = plan_.items;
    auto found = std::find(items.begin(), items.end(), phrase);
    if (found == items.end()) {
      found = std::find_if(items.begin(), items.end(),
                           [&](const Description& item) { return says_all_of(item, phrase); });
    }
    if (found == items.end()) return std::nullopt;
    return static_cast<std::size_t>(found - items.begin());
  }

  PhraseReader words_;
  CaptionPlan plan_;
};

}  // namespace

CaptionReading read_caption(std::string_view text) {
  CaptionReading out;
  for (const std::string_view sentence : sentences_of(text)) {
    if (auto plan = SentenceReader(sentence, out.plan).read()) {
      out.plan = std::move(*plan);
    } else {
      ++out.passed_over;
    }
  }
  return out;
}

}  // namespace vernier::scenes
