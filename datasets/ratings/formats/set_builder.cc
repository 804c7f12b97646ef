#include "datasets/ratings/formats/set_builder.h"

#include <fmt/format.h>

#include "base/printable.h"
#include "datasets/ratings/rating_fields.h"

namespace vernier {
namespace {

template <class... Texts>
std::string joined(const Texts&... texts) {
  std::string key;
  (key.append(texts).push_back('\0'), ...);
  return key;
}

}  // namespace

std::uint32_t SetBuilder::references(const std::vector<std::string>& texts) {
  if (texts.empty()) return RatedCaption::kNoReferences;
  std::string key;
  for (const std::string& text : texts) key += joined(text);
  const auto [at, fresh] =
      lists_.try_emplace(std::move(key), static_cast<std::uint32_t>(set.references.size()));
  if (fresh) set.references.push_back(texts);
  return at->second;
}

void SetBuilder::add(RatedCaption caption, const ObjectRecord& record) {
  const auto [at, fresh] =
      captions_.try_emplace(joined(caption.image, plain_text(caption.text), caption.system),
                            static_cast<std::uint32_t>(set.captions.size()));
  if (fresh) {
    set.captions.push_back(std::move(caption));
    return;
  }
  RatedCaption& known = set.captions[at->second];
  if (known.references != caption.references) {
    record.refuse(
        fmt::format("expected the references of line {}, which rates the same caption, "
                    "found others",
                    known.line));
  }
  if (several_) {
    known.ratings.insert(known.ratings.end(), caption.ratings.begin(), caption.ratings.end());
    return;
  }
  if (known.ratings != caption.ratings) {
    record.refuse(
        fmt::format("expected one rating of a caption, but line {} rates \"{}\" "
                    "otherwise; if these are ratings of several people, use "
                    "--several-ratings",
                    known.line, printable(caption.text, 60)));
  }
  ++set.duplicates;
}

void SetBuilder::add(const RatedCaption& first, const RatedCaption& second, std::size_t preferred,
                     const ObjectRecord& record) {
  if (plain_text(first.text) == plain_text(second.text)) {
    record.refuse("expected two different captions, found one twice: nobody can prefer either");
  }
  const auto [at, fresh] = pairs_.try_emplace(
      joined(first.image, plain_text(first.text), plain_text(second.text)), first.line, preferred);
  if (!fresh) {
    if (at->second.second != preferred) {
      record.refuse(
          fmt::format("expected the label of line {}, which has the same captions, found "
                      "the other one",
                      at->second.first));
    }
    ++set.duplicates;
    return;
  }
  const auto number = static_cast<std::uint32_t>(set.captions.size());
  set.captions.push_back(first);
  set.captions.push_back(second);
  set.preferences.push_back({number + static_cast<std::uint32_t>(preferred),
                             number + 1 - static_cast<std::uint32_t>(preferred)});
}

}  // namespace vernier
