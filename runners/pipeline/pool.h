// Objects that are costly to make, handed round between threads.
#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace vernier {

template <class T>
class Pool {
 public:
  /// One that was given back, or a new one.
  std::unique_ptr<T> take() {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) return std::make_unique<T>();
    std::unique_ptr<T> object = std::move(free_.back());
    free_.pop_back();
    return object;
  }
  void give(std::unique_ptr<T> object) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(object));
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<T>> free_;
};

}  // namespace vernier
