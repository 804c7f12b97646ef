#include "runners/judge/caption_references.h"

#include <fmt/format.h>

#include <string_view>

#include "base/error.h"
#include "base/hash.h"
#include "base/printable.h"
#include "datasets/image_ids.h"
#include "datasets/ratings/reference_texts.h"
#include "runners/probe/captions/known_images.h"

namespace vernier {

CaptionReferences::CaptionReferences(const CaptionFile& file, const std::vector<std::string>& paths,
                                     bool replace_invalid)
    : file_(file) {
  if (!paths.empty()) {
    const ReferenceTexts read(paths, "", replace_invalid);
    const std::vector<std::string_view> known(read.images().begin(), read.images().end());
    const MatchedIds matched = match_ids(image_ids(file), known);
    id_rule_ = matched.rule;
    images_ = matched.images;
    for (std::size_t i = 0; i < known.size(); ++i) texts_.push_back(read.of(i));
    // Images without references have empty ones.
    for (std::size_t& image : images_) {
      if (image == MatchedIds::kNone) image = texts_.size();
    }
    texts_.emplace_back();
  }
  std::size_t missing = 0, first = 0;
  for (std::size_t i = file.captions.size(); i-- > 0;) {
    if (!of(i).empty()) continue;
    ++missing;
    first = i;
  }
  present_ = missing < file.captions.size() || !paths.empty();
  if (!present_ || missing == 0) return;
  throw Error(ExitCode::kBadInput,
              fmt::format("{}: {} of {} captions have no references{} (first: line {}, image {})",
                          file.name, missing, file.captions.size(),
                          paths.empty() ? ", the others have; give those of all with -r FILE"
                                        : " in " + printable(paths.front(), 200),
                          file.captions[first].line, printable(file.captions[first].image_id, 60)));
}

const std::vector<std::string>& CaptionReferences::of(std::size_t caption) const {
  return images_.empty() ? file_.captions[caption].references : texts_[images_[caption]];
}

std::uint64_t CaptionReferences::digest(std::size_t caption) const {
  std::uint64_t digest = 0;
  for (const std::string& text : of(caption)) digest = hash_more(digest, hash_bytes(text));
  return digest;
}

}  // namespace vernier
