// How many references the samples of a run have, as sacreBLEU's signatures say it.
#pragma once

#include <fmt/format.h>

#include <atomic>
#include <cstddef>
#include <limits>
#include <memory>
#include <string>

#include "metrics/metric.h"

namespace vernier {

/// Filled by the observers of one metric.
class ReferenceCount {
 public:
  /// An observer that counts into this.
  std::unique_ptr<MetricObserver> make_observer() { return std::make_unique<Observer>(*this); }
  /// "4", "var" when samples differ, "0" before any sample.
  std::string text() const {
    const std::size_t most = most_.load(std::memory_order_relaxed);
    if (most == 0 || most == least_.load(std::memory_order_relaxed)) return fmt::format("{}", most);
    return "var";
  }

 private:
  class Observer final : public MetricObserver {
   public:
    explicit Observer(ReferenceCount& count) : count_(count) {}
    void observe(std::span<const std::span<const WordId>> references) override {
      count_.add(references.size());
    }
    void finish() override {}

   private:
    ReferenceCount& count_;
  };
  void add(std::size_t references) {
    lower(least_, references);
    raise(most_, references);
  }
  // Both write only where the sample says something new, so that threads rarely share a line in
  // any other state than read-only.
  static void lower(std::atomic<std::size_t>& value, std::size_t wanted) {
    std::size_t now = value.load(std::memory_order_relaxed);
    while (wanted < now && !value.compare_exchange_weak(now, wanted, std::memory_order_relaxed)) {
    }
  }
  static void raise(std::atomic<std::size_t>& value, std::size_t wanted) {
    std::size_t now = value.load(std::memory_order_relaxed);
    while (wanted > now && !value.compare_exchange_weak(now, wanted, std::memory_order_relaxed)) {
    }
  }

  std::atomic<std::size_t> least_{std::numeric_limits<std::size_t>::max()}, most_{0};
};

}  // namespace vernier
