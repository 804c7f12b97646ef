// How a judge that sees pictures goes through captions.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "judges/visce/context/context_maker.h"
#include "runners/model/asking.h"
#include "runners/model/picture_folder.h"
#include "runners/probe/captions/caption_file.h"

namespace vernier {

struct SeenCaption {
  std::size_t caption;  ///< its place in the file
  visce::Seen seen;
};

/// Captions of a picture follow each other, so that it is read once and what the model saw of it is
/// still there; 64 at a time, since their pictures are in memory.
class CaptionPass {
 public:
  /// `images`: the folder of pictures; `label`: of the progress line. Throws Error(kUsage) when the
  /// folder cannot be read. File and options must outlive it.
  CaptionPass(const CaptionFile& file, const std::string& images, std::string label,
              const GlobalOptions& global);

  /// Whether a caption needs no asking.
  using Known = std::function<bool(const SeenCaption& one)>;
  using Ask = std::function<void(std::span<const SeenCaption> portion)>;
  /// Calls known() for every caption whose picture can be read and ask() for those that are left.
  /// Throws what these throw, and Error(kInterrupted) between portions.
  void run(const Known& known, const Ask& ask);

  /// A caption gets no answer.
  void fail(std::size_t caption, std::string reason);
  /// Those that got none, in the file's order.
  std::vector<Unanswered> failed() const;

 private:
  const CaptionFile& file_;
  PictureFolder folder_;
  std::string label_;
  const GlobalOptions& global_;
  std::vector<std::pair<std::size_t, std::string>> failed_;
};

}  // namespace vernier
