#include "runners/probe/captions/known_images.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/printable.h"

namespace vernier {
namespace {

constexpr std::size_t kShown = 10;

}  // namespace

std::vector<std::string_view> image_ids(const CaptionFile& file) {
  std::vector<std::string_view> ids;
  for (const CaptionRecord& caption : file.captions) ids.push_back(caption.image_id);
  return ids;
}

KnownImages keep_known(CaptionFile& file, const MatchedIds& matched, const std::string& known,
                       bool ignore_extra) {
  KnownImages out;
  out.id_rule = matched.rule;
  std::vector<CaptionRecord> kept;
  std::string missing;
  for (std::size_t i = 0; i < matched.images.size(); ++i) {
    CaptionRecord& caption = file.captions[i];
    if (matched.images[i] != MatchedIds::kNone) {
      out.images.push_back(matched.images[i]);
      kept.push_back(std::move(caption));
    } else if (out.extra++ < kShown) {
      missing += (missing.empty() ? "" : ", ") + printable(caption.image_id, 60);
    }
  }
  file.captions = std::move(kept);
  if (out.extra > 0 && (!ignore_extra || out.images.empty())) {
    throw Error(ExitCode::kBadInput,
                fmt::format("{}: {} of {} captions are of images that {} does not have: {}{}; "
                            "--ignore-extra leaves them out",
                            file.name, out.extra, out.extra + out.images.size(), known, missing,
                            out.extra > kShown ? ", ..." : ""));
  }
  return out;
}

}  // namespace vernier
