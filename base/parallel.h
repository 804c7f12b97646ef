// Independent blocks of work on several threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace vernier {

/// Calls make_worker() once a thread and worker(begin, end) for the blocks of [0, count), each of
/// `block` items but the last. When one fails the others finish the blocks they are at, and the
/// first exception is thrown. (Work whose results are taken in order: runners/pipeline.)
template <class MakeWorker>
void parallel_blocks(unsigned threads, std::size_t count, std::size_t block,
                     const MakeWorker& make_worker) {
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr failure;
  const auto run = [&] {
    try {
      auto worker = make_worker();
      for (std::size_t begin; (begin = next.fetch_add(block)) < count;) {
        worker(begin, std::min(begin + block, count));
      }
    } catch (...) {
      next = count;
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
    }
  };
  std::vector<std::thread> others;
  for (unsigned t = 1; t < threads; ++t) others.emplace_back(run);
  run();
  for (std::thread& other : others) other.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace vernier
