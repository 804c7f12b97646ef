#include "judges/engine/serve/cache/page_pool.h"

#include <algorithm>

#include "base/error.h"

namespace vernier::engine {
namespace {

/// Memory is taken from the system for so many pages at a time.
constexpr std::size_t kAtOnce = 16;

}  // namespace

Page::Page(const Page& other) : pool_(other.pool_), number_(other.number_) {
  if (pool_ != nullptr) ++pool_->slots_[number_].shares;
}

Page::~Page() {
  if (pool_ == nullptr || --pool_->slots_[number_].shares > 0) return;
  pool_->free_.push_back(number_);
  --pool_->used_;
}

float* Page::data() const { return pool_->slots_[number_].data; }

bool Page::sole() const { return pool_->slots_[number_].shares == 1; }

PagePool::PagePool(Backend& backend, const PageLayout& layout, std::size_t most)
    : backend_(backend), floats_(backend.page_floats(layout)), most_(most) {}

Page PagePool::take() {
  if (free() == 0) throw Error(ExitCode::kInternal, "no page of keys and values is free");
  if (free_.empty()) {
    const std::size_t count = std::min(kAtOnce, most_ - slots_.size());
    float* const data = memory_.emplace_back(backend_.allocate(count * floats_))->data();
    free_.reserve(slots_.size() + count);  // ~Page must not need memory
    for (std::size_t i = count; i-- > 0;) free_.push_back(slots_.size() + i);
    for (std::size_t i = 0; i < count; ++i) slots_.push_back({data + i * floats_, 0});
  }
  const std::size_t number = free_.back();
  free_.pop_back();
  slots_[number].shares = 1;
  ++used_;
  return {this, number};
}

Page PagePool::copy_of(const Page& page) {
  Page out = take();
  backend_.copy(page.data(), out.data(), floats_);
  return out;
}

}  // namespace vernier::engine
