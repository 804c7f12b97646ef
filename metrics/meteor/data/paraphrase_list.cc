#include "metrics/meteor/data/paraphrase_list.h"

namespace vernier::meteor {
namespace {

void append_word(std::vector<std::uint8_t>& out, std::uint16_t word) {
  out.push_back(static_cast<std::uint8_t>(word & 0xFF));
  out.push_back(static_cast<std::uint8_t>(word >> 8));
}

}  // namespace

void ParaphraseListBuilder::add(std::span<const std::uint16_t> words) {
  const std::size_t bytes = 1 + 2 * (words.size() - 1);
  if (run_entries_ > 0 && (words[0] != first_ || run_.size() + bytes > kMaxRunBytes)) close_run();
  first_ = words[0];
  ++run_entries_;
  run_.push_back(static_cast<std::uint8_t>(words.size() - 1));
  for (const std::uint16_t word : words.subspan(1)) append_word(run_, word);
}

std::vector<std::uint8_t> ParaphraseListBuilder::take() {
  if (run_entries_ > 0) close_run();
  std::vector<std::uint8_t> list;
  list.swap(list_);
  return list;
}

void ParaphraseListBuilder::close_run() {
  append_word(list_, first_);
  if (run_entries_ > 1) {
    list_.push_back(static_cast<std::uint8_t>(kManyEntries + (run_.size() >> 8)));
    list_.push_back(static_cast<std::uint8_t>(run_.size() & 0xFF));
  }
  list_.insert(list_.end(), run_.begin(), run_.end());
  run_.clear();
  run_entries_ = 0;
}

}  // namespace vernier::meteor
