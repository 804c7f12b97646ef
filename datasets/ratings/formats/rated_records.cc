#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/printable.h"
#include "datasets/ratings/formats/formats.h"
#include "datasets/ratings/rating_fields.h"

namespace vernier {
namespace {

/// THumB's references are joined by this.
constexpr std::string_view kSegment = "seg_id";

/// The names of a file's fields, by its first record.
[[noreturn]] void refuse_field(const ObjectFile& file, const std::string& wanted) {
  throw Error(
      ExitCode::kUsage,
      fmt::format("{}: has no ratings in '{}'; choose the field with --rating{}", file.name(),
                  printable(wanted, 60), known_names(wanted, file.records().front().value().keys)));
}

std::vector<std::string> rating_fields(const ObjectFile& file, const RatingOptions& options) {
  const ObjectRecord& first = file.records().front();
  for (const std::string& name : options.ratings) {
    if (first.value().find(name) == nullptr) refuse_field(file, name);
  }
  if (!options.ratings.empty()) return options.ratings;
  for (const std::string_view name : kRatingFields) {
    if (first.value().find(name) != nullptr) return {std::string(name)};
  }
  refuse_field(file, "rating");
}

RatedCaption caption_of(const ObjectRecord& record, std::string_view text) {
  RatedCaption caption;
  caption.image = record.text(kImageFields);
  caption.text = text;
  caption.line = record.line();
  caption.reference_key = record.find_text({kSegment}).value_or(caption.image);
  return caption;
}

void add_pair(const ObjectRecord& record, SetBuilder& out, bool left_out) {
  const std::vector<std::string> texts = two_captions(record);
  RatedCaption first = caption_of(record, texts[0]), second = caption_of(record, texts[1]);
  if (left_out) {
    out.set.excluded += 2;
    for (const std::string& text : texts) out.set.left_out.emplace_back(first.image, text);
    return;
  }
  first.references = second.references = out.references(references_of(record));
  out.add(first, second, preferred(record), record);
}

}  // namespace

void read_rated_records(const ObjectFile& file, const RatingOptions& options, SetBuilder& out) {
  RecordFilter filter(options.exclude);
  const bool pairs = holds_two(file.records().front());
  out.set.format = pairs ? "preferences" : "rated records";
  if (!pairs) out.set.rating_names = rating_fields(file, options);
  if (pairs && !options.ratings.empty()) {
    throw Error(ExitCode::kUsage, fmt::format("{}: holds preferences, which --rating has nothing "
                                              "to choose from",
                                              file.name()));
  }
  for (const ObjectRecord& record : file.records()) {
    const bool left_out = filter.leaves_out(record);
    if (pairs) {
      add_pair(record, out, left_out);
      continue;
    }
    RatedCaption caption = caption_of(record, record.text(kCaptionFields));
    if (left_out) {
      ++out.set.excluded;
      out.set.left_out.emplace_back(caption.image, caption.text);
      continue;
    }
    caption.system = record.find_text(kSystemFields).value_or("");
    caption.references = out.references(references_of(record));
    for (const std::string& name : out.set.rating_names) {
      const std::vector<double> ratings = numbers_of(record, name);
      caption.ratings.insert(caption.ratings.end(), ratings.begin(), ratings.end());
    }
    out.add(std::move(caption), record);
  }
  filter.check();
}

}  // namespace vernier
