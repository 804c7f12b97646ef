// Work over a sequence of items on several threads with results taken in order: what is computed,
// and which error is reported, does not depend on the number of threads.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <limits>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace vernier {

/// Runs `produce(Item&) -> bool` (serial, in order, false at the end), `work(thread, Item&)` (any
/// thread, thread in [0, threads)) and `consume(Item&)` (serial, in order of production).
/// At most a few items a thread exist at once. When one fails, everything before it is still
/// consumed, nothing after it, and its exception is thrown.
template <class Item, class Produce, class Work, class Consume>
void ordered_pipeline(unsigned threads, Produce produce, Work work, Consume consume) {
  if (threads <= 1) {
    for (Item item; produce(item); item = Item()) {
      work(0u, item);
      consume(item);
    }
    return;
  }
  constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
  const std::size_t in_flight = 4 * std::size_t{threads};
  std::mutex produce_mutex, state_mutex;
  std::condition_variable room;
  std::size_t produced = 0, consumed = 0, failed_at = kNone;
  bool finished = false, consuming = false;
  std::map<std::size_t, Item> ready;
  std::exception_ptr failure;

  const auto fail = [&](std::size_t at) {  // called inside a catch block, state_mutex held
    if (at < failed_at) {
      failed_at = at;
      failure = std::current_exception();
    }
    finished = true;
    room.notify_all();
  };
  const auto run = [&](unsigned thread) {
    for (;;) {
      Item item;
      std::size_t number;
      {
        const std::lock_guard producing(produce_mutex);
        {
          std::unique_lock lock(state_mutex);
          room.wait(lock, [&] { return finished || produced - consumed < in_flight; });
          if (finished) return;
          number = produced;
        }
        bool more = false;
        try {
          more = produce(item);
        } catch (...) {
          const std::lock_guard lock(state_mutex);
          fail(number);
          return;
        }
        const std::lock_guard lock(state_mutex);
        if (!more) {
          finished = true;
          return;
        }
        ++produced;
      }
      try {
        work(thread, item);
      } catch (...) {
        const std::lock_guard lock(state_mutex);
        fail(number);
        continue;
      }
      std::unique_lock lock(state_mutex);
      ready.emplace(number, std::move(item));
      if (consuming) continue;  // the thread at it takes this one too
      consuming = true;
      while (!ready.empty() && ready.begin()->first == consumed && consumed < failed_at) {
        auto next = ready.extract(ready.begin());
        lock.unlock();
        try {
          consume(next.mapped());
        } catch (...) {
          lock.lock();
          fail(next.key());
          break;
        }
        lock.lock();
        ++consumed;
        room.notify_all();
      }
      consuming = false;
    }
  };
  std::vector<std::thread> others;
  others.reserve(threads - 1);
  for (unsigned t = 1; t < threads; ++t) others.emplace_back(run, t);
  run(0);
  for (std::thread& other : others) other.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace vernier
