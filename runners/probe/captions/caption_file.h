// The captions that a probe looks at.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "datasets/reader.h"

namespace CLI {
class App;
}  // namespace CLI

namespace vernier {

class Run;

struct CaptionRecord {
  std::string id;        ///< the image's where the file names no sample
  std::string image_id;  ///< the sample's where the file names no image
  std::string text;
  std::string meta;  ///< a JSON object, or empty
  std::uint64_t line = 0;
  std::vector<std::string> references = {};  ///< where they were asked for
};

struct CaptionFile {
  std::string name;  ///< printable path
  std::vector<CaptionRecord> captions;
  std::uint64_t repeated = 0;  ///< records that say what one before them says
  std::uint64_t empty = 0;     ///< captions of white space only: kept
  ReadCounts counts;
  /// The run that they were read from, where its scores are to stay; else null.
  std::shared_ptr<const Run> scored = nullptr;
};

/// Reads captions of any format (datasets/format.h), and what the first CHAIR script takes:
/// {"imgToEval": {ID: {"image_id", "caption"}}}. Throws Error(kBadInput) for records without id or
/// caption, and for an id with two captions. `references`: keep those that stand in the records.
CaptionFile read_captions(const std::string& path, const ReadOptions& options,
                          bool references = false);

/// Adds --text-field and the other options of reading.
void add_caption_options(CLI::App& command, ReadOptions& options);

}  // namespace vernier
