#include "base/zeroed_array.h"

#include <sys/mman.h>

#include <cstdlib>
#include <cstring>
#include <new>

namespace vernier {

ZeroedBytes::ZeroedBytes(std::size_t bytes) {
  constexpr std::size_t kHuge = std::size_t{2} << 20;
  if (bytes < kHuge) {
    // Not calloc(): its untouched pages are first read, which maps the shared page of zeros, and
    // then written, which interrupts every other thread to have that mapping forgotten.
    data_ = std::malloc(bytes == 0 ? 1 : bytes);
    if (data_ == nullptr) throw std::bad_alloc();
    std::memset(data_, 0, bytes);
    return;
  }
  mapped_bytes_ = bytes + kHuge;  // room to begin at a multiple of kHuge; what is not used costs
                                  // addresses only
  mapping_ = ::mmap(nullptr, mapped_bytes_, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (mapping_ == MAP_FAILED) {
    mapping_ = nullptr;
    throw std::bad_alloc();
  }
  const auto address = reinterpret_cast<std::uintptr_t>(mapping_);
  data_ = static_cast<char*>(mapping_) + (kHuge - address % kHuge) % kHuge;
  ::madvise(data_, bytes, MADV_HUGEPAGE);  // advice: what it says does not matter
  ::madvise(data_, bytes, MADV_POPULATE_WRITE);
}

ZeroedBytes::~ZeroedBytes() {
  if (mapping_ != nullptr) {
    ::munmap(mapping_, mapped_bytes_);
  } else {
    std::free(data_);
  }
}

}  // namespace vernier
