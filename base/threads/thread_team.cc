#include "base/threads/thread_team.h"

namespace vernier {
namespace {

// About 20 us: longer than the gap between two products of one step of a model.
constexpr int kLooks = 2000;

void relax() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#else
  std::this_thread::yield();
#endif
}

}  // namespace

ThreadTeam::ThreadTeam(unsigned threads) {
  others_.reserve(threads - 1);
  for (unsigned t = 1; t < threads; ++t) {
    others_.emplace_back([this, t] { wait_for_work(t); });
  }
}

ThreadTeam::~ThreadTeam() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
    ++started_;
  }
  wake_.notify_all();
  for (std::thread& other : others_) other.join();
}

void ThreadTeam::run(const std::function<void(unsigned)>& work) {
  if (others_.empty()) return work(0);
  work_ = &work;
  busy_ = static_cast<unsigned>(others_.size());
  ++started_;
  if (asleep_ > 0) {
    // With the lock, so that no thread is between its last look and its sleep.
    { const std::lock_guard lock(mutex_); }
    wake_.notify_all();
  }
  work(0);
  for (int looks = 0; busy_ > 0; ++looks) {
    relax();
    // More threads than processors: let the others on.
    if (looks >= kLooks) std::this_thread::yield();
  }
}

void ThreadTeam::wait_for_work(unsigned number) {
  for (std::size_t seen = 0;;) {
    for (int looks = 0; started_ == seen && looks < kLooks; ++looks) relax();
    if (started_ == seen) {
      std::unique_lock lock(mutex_);
      ++asleep_;
      wake_.wait(lock, [&] { return started_ != seen; });
      --asleep_;
    }
    seen = started_;
    if (stop_) return;
    (*work_)(number);
    --busy_;
  }
}

}  // namespace vernier
