// Threads that wait for small pieces of work.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace vernier {

/// Starts its threads once. Between two pieces they look for work for a few microseconds before
/// they sleep: waking a thread takes about 50 us on Linux, as long as a small product of matrices.
class ThreadTeam {
 public:
  /// `threads` > 0, the calling one included.
  explicit ThreadTeam(unsigned threads);
  ~ThreadTeam();
  ThreadTeam(const ThreadTeam&) = delete;
  ThreadTeam& operator=(const ThreadTeam&) = delete;

  unsigned size() const { return static_cast<unsigned>(others_.size()) + 1; }

  /// Calls work(0) ... work(size() - 1), each on a thread of its own, and waits for all. `work`
  /// must not throw, nor call run.
  void run(const std::function<void(unsigned)>& work);

 private:
  void wait_for_work(unsigned number);

  std::vector<std::thread> others_;
  const std::function<void(unsigned)>* work_ = nullptr;
  std::atomic<std::size_t> started_{0};  ///< pieces handed out
  std::atomic<unsigned> busy_{0};        ///< threads that have not finished the last piece
  std::atomic<bool> stop_{false};
  std::atomic<unsigned> asleep_{0};
  std::mutex mutex_;
  std::condition_variable wake_;
};

}  // namespace vernier
