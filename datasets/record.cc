#include "datasets/record.h"

#include <cstring>
#include <utility>

namespace vernier {

ReadCounts& ReadCounts::operator+=(const ReadCounts& other) {
  records += other.records;
  replaced_invalid += other.replaced_invalid;
  nul_characters += other.nul_characters;
  truncated_records += other.truncated_records;
  not_finite += other.not_finite;
  other_splits += other.other_splits;
  return *this;
}

void ByteBuffer::reserve(std::size_t capacity) {
  if (capacity <= capacity_) return;
  auto bytes = std::make_unique_for_overwrite<char[]>(capacity);
  if (size_ > 0) std::memcpy(bytes.get(), bytes_.get(), size_);
  bytes_ = std::move(bytes);
  capacity_ = capacity;
}

void ByteBuffer::resize(std::size_t size) {
  reserve(size);
  size_ = size;
}

void ByteBuffer::assign(std::string_view bytes) {
  size_ = 0;
  resize(bytes.size());
  if (!bytes.empty()) std::memcpy(bytes_.get(), bytes.data(), bytes.size());
}

void ByteBuffer::erase_front(std::size_t n) {
  size_ -= n;
  if (size_ > 0) std::memmove(bytes_.get(), bytes_.get() + n, size_);
}

void RecordBlock::clear() {
  ByteBuffer bytes = std::move(raw_.bytes);
  raw_ = Raw();
  raw_.bytes = std::move(bytes);
  records_.clear();
  references_.clear();
  arena_.clear();
  counts_ = ReadCounts();
}

}  // namespace vernier
