// What people wrote about the pictures of captions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "runners/probe/captions/caption_file.h"

namespace vernier {

/// All captions have references or none has.
class CaptionReferences {
 public:
  /// Of `paths`, in any format, matched by image id (datasets/image_ids.h); without paths those
  /// that stand in the records themselves (read_captions), if any. The file must outlive it. Throws
  /// Error(kBadInput), naming the first, where some captions have none.
  CaptionReferences(const CaptionFile& file, const std::vector<std::string>& paths,
                    bool replace_invalid);

  bool present() const { return present_; }
  /// How ids were compared; empty for references of the records.
  const std::string& id_rule() const { return id_rule_; }

  /// Of the caption at this place in the file; empty where none are present.
  const std::vector<std::string>& of(std::size_t caption) const;
  /// A digest of them, 0 where none are present.
  std::uint64_t digest(std::size_t caption) const;

 private:
  const CaptionFile& file_;
  bool present_ = false;
  std::string id_rule_;
  std::vector<std::vector<std::string>> texts_;  ///< of files, by image
  std::vector<std::size_t> images_;              ///< by caption, with files
};

}  // namespace vernier
