// Compiles METEOR's data file from the sources that a user can get.
#pragma once

#include <cstdint>
#include <string>

namespace vernier {

struct MeteorDataInfo {
  std::uint64_t file_bytes = 0;
  std::uint64_t wordnet_digest = 0;
  std::uint64_t paraphrase_digest = 0;  ///< 0: without paraphrases
  std::uint64_t paraphrase_entries = 0;
};

constexpr const char* kDebianWordNet = "/usr/share/wordnet";

/// Reads the WordNet 3.0 files of Debian's wordnet-base from `wordnet_dir` and METEOR 1.5's
/// paraphrase table `paraphrase-en.gz` (from the PyPI package pycocoevalcap or the Meteor
/// distribution; empty: none, METEOR then runs without paraphrases only) and writes one file for
/// MeteorOptions::data_path. Takes a few seconds.
///
/// Throws Error(kResource) for WordNet files that are missing or of another version, Error(kUsage)
/// or Error(kBadInput) for a table that cannot be read, Error(kOutput) when the file cannot be
/// written.
MeteorDataInfo compile_meteor_data(const std::string& wordnet_dir, const std::string& paraphrase_gz,
                                   const std::string& output_path);

/// What a compiled file says of itself; checks its header only. Throws Error(kResource).
MeteorDataInfo read_meteor_data_info(const std::string& path);

/// Checks every byte of a compiled file. Throws Error(kResource).
MeteorDataInfo verify_meteor_data(const std::string& path);

}  // namespace vernier
