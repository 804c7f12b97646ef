// Captions that people have judged.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace vernier {

struct RatedCaption {
  static constexpr std::uint32_t kNoReferences = 0xFFFFFFFFu;

  std::string image, text, system;  ///< system: empty where the file names none
  std::string reference_key;        ///< by which reference files are joined: the image, mostly
  std::string label;                ///< a caption's own id (image#k); mostly empty
  std::uint64_t line = 0;
  std::vector<double> ratings;               ///< empty in a file of preferences
  std::uint32_t references = kNoReferences;  ///< a list of RatedSet::references
};

struct Preference {
  std::uint32_t better, worse;  ///< captions
};

/// What a file of judgements holds: captions with ratings or, where `preferences` is not empty,
/// captions of which people prefer one of two.
struct RatedSet {
  std::string name;    ///< of the file, printable
  std::string format;  ///< what it was taken for, e.g. "keyed ratings"
  std::vector<std::string> rating_names;
  std::vector<RatedCaption> captions;
  std::vector<Preference> preferences;
  std::vector<std::vector<std::string>> references;  ///< lists that captions share

  // What became of the rest.
  std::uint64_t excluded = 0;            ///< captions that a filter left out
  std::uint64_t own_captions = 0;        ///< captions left out as they are their image's own
  std::uint64_t removed_references = 0;  ///< references that are captions to be judged
  std::uint64_t duplicates = 0;          ///< records that said the same again
  std::uint64_t replaced_invalid = 0;
  std::vector<std::pair<std::string, std::string>> left_out;  ///< (image, text) of those
  std::string reference_rule;  ///< how reference files were joined; empty without
};

}  // namespace vernier
