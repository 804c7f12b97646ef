#include "judges/probes/words/labelled/labelled_texts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/error.h"
#include "datasets/objects/object_file.h"
#include "metrics/text/text_set.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier::probes {
namespace {

using View = std::string_view;

std::uint32_t code_points(View text) {
  return static_cast<std::uint32_t>(
      std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

class Reader {
 public:
  explicit Reader(LabelledTexts& out) : out_(out) {}

  void read_hat(const ObjectRecord& record) {
    LabelledText text;
    text.id = record.find_text({"sample_id", "id"}).value_or("");
    text.image = image_of(record, record.text({"image_path", "image_id"}));
    text.text = record.text({"caption"});
    const Value& words = list(record, "grounding");
    std::size_t at = 0;  // in bytes
    for (const Value& pair : words.items) {
      if (!pair.is_array() || pair.items.size() != 2 || !pair.items[0].is_string()) {
        record.refuse("expected grounding as [word, whether it is invented] pairs");
      }
      const View word = pair.items[0].text;
      const std::size_t begin = text.text.find(word, at);
      if (begin == std::string::npos) {
        record.refuse(
            fmt::format("expected the words of grounding in the caption, did not find "
                        "\"{}\"",
                        word));
      }
      at = begin + word.size();
      if (truth(record, pair.items[1])) {
        text.places.push_back({code_points(View(text.text).substr(0, begin)),
                               code_points(View(text.text).substr(0, at))});
      }
    }
    const Value* const label = record.find("contains_hallucination");
    text.invented = label != nullptr ? truth(record, *label) : !text.places.empty();
    add(record, std::move(text));
  }

  void read_foil(const ObjectRecord& record) {
    const std::uint32_t image = image_of(record, record.text({"image_path", "image_id"}));
    const std::string group(record.find_text({"domain"}).value_or(""));
    const std::string right(record.text({"baseline"})), wrong(record.text({"foil"}));
    const std::string id = std::to_string(out_.texts.size() / 2 + 1);
    add(record, {id + "/baseline", image, right, false, {}, group});
    add(record, {id + "/foil", image, wrong, true, {difference(right, wrong)}, group});
  }

  void read_faithscore(const ObjectRecord& record) {
    const std::uint32_t image = image_of(record, record.text({"id"}));
    const Value& facts = object(record, "stage 2");
    double supported = 0, descriptive = 0;
    for (std::size_t i = 0; i < facts.items.size(); ++i) {
      const bool right = truth(record, facts.items[i]);
      supported += right ? 1 : 0;
      add(record,
          {fmt::format("{}/{}", answers_ + 1, i + 1), image, facts.keys[i], !right, {}, {}});
    }
    ++answers_;
    out_.fact_scores.push_back(supported / static_cast<double>(facts.items.size()));
    if (record.find("stage 1") == nullptr) return;
    const Value& parts = object(record, "stage 1");
    for (const Value& part : parts.items) descriptive += truth(record, part) ? 1 : 0;
    out_.descriptive_shares.push_back(descriptive / static_cast<double>(parts.items.size()));
  }

 private:
  static const Value& list(const ObjectRecord& record, View name) {
    const Value* const value = record.find(name);
    if (value == nullptr || !value->is_array()) {
      record.refuse(fmt::format("expected a list \"{}\"", name));
    }
    return *value;
  }
  static const Value& object(const ObjectRecord& record, View name) {
    const Value* const value = record.find(name);
    if (value == nullptr || !value->is_object()) {
      record.refuse(fmt::format("expected an object \"{}\"", name));
    }
    return *value;
  }
  static bool truth(const ObjectRecord& record, const Value& value) {
    if (value.type == json::Type::kTrue) return true;
    if (value.type == json::Type::kFalse) return false;
    if (value.is_number() && (value.text == "1" || value.text == "0")) return value.text == "1";
    record.refuse("expected true, false, 1 or 0 as a label");
  }

  /// The words of `wrong` that `right` does not have at that place.
  static CharacterRange difference(View right, View wrong) {
    const auto [a, b] = std::ranges::mismatch(right, wrong);
    std::size_t begin = static_cast<std::size_t>(b - wrong.begin());
    std::size_t tail = 0;
    while (tail < std::min(right.size(), wrong.size()) - begin &&
           right[right.size() - 1 - tail] == wrong[wrong.size() - 1 - tail]) {
      ++tail;
    }
    std::size_t end = wrong.size() - tail;
    const auto part_of_word = [&](std::size_t i) {
      return wrong[i] != ' ' && wrong[i] != ',' && wrong[i] != '.';
    };
    while (begin > 0 && part_of_word(begin - 1)) --begin;
    while (end < wrong.size() && part_of_word(end)) ++end;
    return {code_points(wrong.substr(0, begin)), code_points(wrong.substr(0, end))};
  }

  std::uint32_t image_of(const ObjectRecord& record, View id) {
    const auto [known, fresh] =
        images_.try_emplace(std::string(id), static_cast<std::uint32_t>(out_.images.size()));
    if (fresh) {
      out_.images.emplace_back(id);
      std::vector<std::string>& references = out_.references.emplace_back();
      if (record.find("references") != nullptr) references = record.texts({"references"});
      if (references.empty() && out_.format != "faithscore") {
        record.refuse("expected references, found none");
      }
    }
    return known->second;
  }

  void add(const ObjectRecord& record, LabelledText text) {
    if (text.id.empty()) text.id = std::to_string(out_.texts.size() + 1);
    if (text.text.empty()) record.refuse("expected a text, found an empty one");
    out_.texts.push_back(std::move(text));
  }

  LabelledTexts& out_;
  text::TextMap<std::uint32_t> images_;
  std::size_t answers_ = 0;
};

}  // namespace

bool LabelledText::marks(CharacterRange place) const {
  return std::ranges::any_of(places, [&](CharacterRange marked) { return marked.overlaps(place); });
}

LabelledTexts read_labelled_texts(const std::string& path) {
  const ObjectFile file = ObjectFile::read(path);
  LabelledTexts out;
  out.name = file.name();
  const ObjectRecord& first = file.records().front();
  out.format = first.find("grounding") != nullptr ? "hat"
               : first.find("foil") != nullptr    ? "foil"
               : first.find("stage 2") != nullptr ? "faithscore"
                                                  : "";
  if (out.format.empty()) {
    first.refuse(
        "expected HAT's grounding, FOIL's baseline and foil or FaithScore's \"stage 2\", found "
        "none");
  }
  Reader reader(out);
  for (const ObjectRecord& record : file.records()) {
    if (out.format == "hat") {
      reader.read_hat(record);
    } else if (out.format == "foil") {
      reader.read_foil(record);
    } else {
      reader.read_faithscore(record);
    }
  }
  return out;
}

}  // namespace vernier::probes
