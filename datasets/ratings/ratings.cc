#include "datasets/ratings/ratings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/error.h"
#include "base/printable.h"
#include "datasets/ratings/formats/formats.h"
#include "datasets/ratings/rating_fields.h"
#include "datasets/ratings/reference_texts.h"

namespace vernier {
namespace {

constexpr std::size_t kShown = 10;

[[noreturn]] void refuse(const RatedSet& set, const RatedCaption& caption,
                         const std::string& message) {
  throw Error(ExitCode::kBadInput, fmt::format("{}:{}: image {}: {}", set.name, caption.line,
                                               printable(caption.image, 60), message));
}

// Captions of Flickr8k's lines have but an id.
void fill_in_texts(RatedSet& set, const ReferenceTexts& texts) {
  for (RatedCaption& caption : set.captions) {
    if (caption.label.empty()) continue;
    const std::string* const text = texts.find(caption.label);
    if (text == nullptr) {
      refuse(set, caption,
             fmt::format("the files given with -r hold no caption '{}'",
                         printable(caption.label, 60)));
    }
    caption.text = *text;
  }
}

void join_references(RatedSet& set, const ReferenceTexts& texts, SetBuilder& builder) {
  std::vector<std::string_view> wanted, images(texts.images().begin(), texts.images().end());
  wanted.reserve(set.captions.size());
  for (const RatedCaption& caption : set.captions) wanted.push_back(caption.reference_key);
  const IdMatcher matcher(wanted, images);
  set.reference_rule = matcher.description();
  std::unordered_map<std::string, std::size_t> by_key;
  std::string buffer;
  for (std::size_t i = 0; i < images.size(); ++i) {
    by_key.emplace(matcher.key(images[i], buffer), i);
  }
  std::vector<std::string> missing;
  std::size_t count = 0;
  for (RatedCaption& caption : set.captions) {
    const auto at = by_key.find(std::string(matcher.key(caption.reference_key, buffer)));
    if (at != by_key.end()) {
      caption.references = builder.references(texts.of(at->second));
      continue;
    }
    if (++count <= kShown) missing.push_back(printable(caption.reference_key, 60));
  }
  if (count > 0) {
    throw Error(ExitCode::kBadInput,
                fmt::format("{}: {} of {} captions have no references in the files given with -r: "
                            "{}{}",
                            set.name, count, set.captions.size(), fmt::join(missing, ", "),
                            count > kShown ? ", ..." : ""));
  }
}

bool is_own(const RatedSet& set, const RatedCaption& caption) {
  if (!caption.label.empty()) {
    return caption.label.substr(0, caption.label.rfind('#')) == caption.image;
  }
  if (caption.references == RatedCaption::kNoReferences) return false;
  const std::string text = plain_text(caption.text);
  return std::ranges::any_of(set.references[caption.references], [&](const std::string& reference) {
    return plain_text(reference) == text;
  });
}

void drop_own(RatedSet& set) {
  std::vector<RatedCaption> kept;
  for (RatedCaption& caption : set.captions) {
    if (is_own(set, caption)) {
      ++set.own_captions;
      set.left_out.emplace_back(caption.image, caption.text);
    } else {
      kept.push_back(std::move(caption));
    }
  }
  set.captions = std::move(kept);
}

void unreference_own(RatedSet& set, SetBuilder& builder) {
  std::unordered_map<std::string, std::unordered_set<std::string>> judged;
  for (const RatedCaption& caption : set.captions) {
    judged[caption.image].insert(plain_text(caption.text));
  }
  std::unordered_map<std::string, std::uint32_t> rest;  // by image and list
  for (RatedCaption& caption : set.captions) {
    if (caption.references == RatedCaption::kNoReferences) continue;
    const auto [at, fresh] =
        rest.try_emplace(caption.image + '\0' + std::to_string(caption.references));
    if (fresh) {
      std::vector<std::string> kept = set.references[caption.references];
      set.removed_references += std::erase_if(kept, [&](const std::string& reference) {
        return judged[caption.image].contains(plain_text(reference));
      });
      if (kept.empty()) {
        refuse(set, caption,
               "all its references are captions to be judged; keep them with --own-captions keep");
      }
      at->second = builder.references(kept);
    }
    caption.references = at->second;
  }
}

OwnCaptions protocol(const RatedSet& set, OwnCaptions wanted) {
  if (wanted != OwnCaptions::kAuto) return wanted;
  if (set.format == "keyed ratings" || set.format == "Flickr8k votes") {
    return OwnCaptions::kUnreference;
  }
  if (set.format == "Flickr8k expert ratings") return OwnCaptions::kDrop;
  return OwnCaptions::kKeep;
}

void read_records(const std::string& path, const RatingOptions& options, SetBuilder& builder) {
  ObjectFileOptions reading;
  reading.replace_invalid = options.replace_invalid;
  const ObjectFile file = ObjectFile::read(path, reading);
  builder.set.replaced_invalid = file.replaced_invalid();
  builder.set.name = file.name();
  if (is_keyed_ratings(file)) {
    read_keyed_ratings(file, options, builder);
  } else {
    read_rated_records(file, options, builder);
  }
}

}  // namespace

RatedSet read_ratings(const std::string& path, const RatingOptions& options) {
  SetBuilder builder(options.several_ratings);
  RatedSet& set = builder.set;
  set.name = printable(path, path.size());
  if (!read_flickr8k_lines(path, builder)) {
    read_records(path, options, builder);
  } else {
    if (options.references.empty()) {
      throw Error(ExitCode::kUsage,
                  fmt::format("{}: names captions by their ids; give the file that holds them "
                              "with -r (image#k TAB caption)",
                              set.name));
    }
    if (!options.exclude.empty() || !options.ratings.empty()) {
      throw Error(ExitCode::kUsage, fmt::format("{}: lines without names of fields, so --exclude "
                                                "and --rating have nothing to choose from",
                                                set.name));
    }
  }
  if (set.captions.empty()) {
    throw Error(ExitCode::kBadInput, fmt::format("{}: holds no judged captions", set.name));
  }
  if (!options.references.empty()) {
    const bool keyed = set.captions.front().reference_key != set.captions.front().image;
    const ReferenceTexts texts(options.references, keyed ? "seg_id" : "", options.replace_invalid);
    fill_in_texts(set, texts);
    join_references(set, texts, builder);
  }
  const OwnCaptions own = protocol(set, options.own);
  if (own == OwnCaptions::kDrop && !set.preferences.empty()) {
    throw Error(ExitCode::kUsage,
                fmt::format("{}: --own-captions drop would take captions out of pairs", set.name));
  }
  if (own == OwnCaptions::kDrop) drop_own(set);
  if (own == OwnCaptions::kUnreference) unreference_own(set, builder);
  if (set.captions.empty()) {
    throw Error(ExitCode::kBadInput,
                fmt::format("{}: all captions are their images' own", set.name));
  }
  return std::move(set);
}

const RatedCaption* first_uneven(const RatedSet& set) {
  for (const RatedCaption& caption : set.captions) {
    if (caption.ratings.size() != set.captions.front().ratings.size()) return &caption;
  }
  return nullptr;
}

}  // namespace vernier
