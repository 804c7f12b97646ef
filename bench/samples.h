// The bundled captions, read once for all benchmarks.
#pragma once

#include <string>
#include <vector>

#include "datasets/reader.h"

namespace vernier::bench {

struct BenchSample {
  std::string candidate;
  std::vector<std::string> references;
};

inline const std::vector<BenchSample>& samples() {
  static const std::vector<BenchSample> all = [] {
    std::vector<BenchSample> list;
    const auto reader = RecordReader::open(VERNIER_SAMPLES);
    for (RecordBlock block; reader->next(block);) {
      reader->parse(block);
      for (const Record& record : block.records()) {
        list.push_back(
            {std::string(record.text), {record.references.begin(), record.references.end()}});
      }
    }
    return list;
  }();
  return all;
}

}  // namespace vernier::bench
