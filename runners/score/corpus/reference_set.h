// References that came in files of their own, joined by image.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "datasets/reader.h"
#include "metrics/evaluation.h"
#include "runners/score/corpus/store/text_store.h"

namespace vernier {

class ReferenceSet {
 public:
  /// `keep_texts`: for append_texts(), beyond `memory_budget` bytes in a temporary file.
  ReferenceSet(bool keep_texts, std::size_t memory_budget)
      : keep_texts_(keep_texts), stored_(memory_budget) {}

  /// Reads all files and splits every text. Line n of each plain-lines file belongs to image n;
  /// files with differing numbers of lines are refused.
  void read(Evaluation& evaluation, const std::vector<std::string>& paths,
            const ReadOptions& options, unsigned threads, ReadCounts& counts);

  std::size_t image_count() const { return image_ids_.size(); }
  /// Image ids as written, in order of first appearance.
  const std::vector<std::string>& image_ids() const { return image_ids_; }
  /// Appends the references of an image in one token stream, in file order.
  void append(std::size_t image, std::size_t stream,
              std::vector<std::span<const WordId>>& out) const;
  /// Appends the texts of an image's references; those not in memory are read into `buffers`.
  void append_texts(std::size_t image, std::vector<std::string_view>& out,
                    std::vector<std::string>& buffers) const;
  /// A hash of an image's reference texts in order.
  std::uint64_t text_hash(std::size_t image) const { return text_hashes_[image]; }
  bool plain_lines() const { return plain_lines_; }

 private:
  struct Text {
    std::uint32_t image, block, number;
  };
  struct Incoming;
  void accept(Incoming& item);
  void index();

  const bool keep_texts_;
  TextStore stored_;
  std::vector<std::string> image_ids_;
  std::unordered_map<std::string, std::uint32_t> image_numbers_;
  std::vector<std::uint64_t> text_hashes_;
  std::vector<std::unique_ptr<TokenBlock>> blocks_;
  std::vector<Text> texts_;
  std::vector<std::size_t> begin_;  // texts_[begin_[i] .. begin_[i + 1]) belong to image i
  bool plain_lines_ = false;
};

}  // namespace vernier
