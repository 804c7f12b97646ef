// What became of the records of a corpus.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

#include "datasets/reader.h"

namespace vernier {

struct CorpusCounts {
  std::uint64_t scored = 0, empty_candidate = 0, missing_candidate = 0, extra_candidate = 0,
                duplicate_candidate = 0;
  std::uint64_t other_script = 0;  ///< scored samples with a text in another script than Latin
  ReadCounts read;
};

/// Those that the footer of a run states, under these names.
inline constexpr std::array<std::pair<std::string_view, std::uint64_t CorpusCounts::*>, 5>
    kFooterCounts = {{{"scored", &CorpusCounts::scored},
                      {"empty_candidate", &CorpusCounts::empty_candidate},
                      {"missing_candidate", &CorpusCounts::missing_candidate},
                      {"extra_candidate", &CorpusCounts::extra_candidate},
                      {"duplicate_candidate", &CorpusCounts::duplicate_candidate}}};

}  // namespace vernier
