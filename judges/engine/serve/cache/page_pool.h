// Pages of keys and values, shared between the sequences that begin alike.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "judges/engine/backend/backend.h"

namespace vernier::engine {

class PagePool;

/// A share in a page; the page is free again when the last is gone.
class Page {
 public:
  Page() = default;
  Page(const Page& other);
  Page(Page&& other) noexcept
      : pool_(std::exchange(other.pool_, nullptr)), number_(other.number_) {}
  Page& operator=(Page other) noexcept {
    std::swap(pool_, other.pool_);
    std::swap(number_, other.number_);
    return *this;
  }
  ~Page();

  float* data() const;
  /// Is nobody else using it?
  bool sole() const;

 private:
  friend class PagePool;
  Page(PagePool* pool, std::size_t number) : pool_(pool), number_(number) {}
  PagePool* pool_ = nullptr;
  std::size_t number_ = 0;
};

/// Not for several threads.
class PagePool {
 public:
  /// At most `most` pages; memory is taken as it is needed.
  PagePool(Backend& backend, const PageLayout& layout, std::size_t most);
  PagePool(const PagePool&) = delete;
  PagePool& operator=(const PagePool&) = delete;

  std::size_t free() const { return most_ - used_; }
  std::size_t used() const { return used_; }
  /// free() > 0.
  Page take();
  /// A page of its own with the same content.
  Page copy_of(const Page& page);

 private:
  friend class Page;
  struct Slot {
    float* data;
    std::size_t shares;
  };

  Backend& backend_;
  std::size_t floats_, most_, used_ = 0;
  std::vector<std::unique_ptr<Memory>> memory_;
  std::vector<Slot> slots_;
  std::vector<std::size_t> free_;
};

}  // namespace vernier::engine
