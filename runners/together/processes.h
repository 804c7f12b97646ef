// The processes that mpirun started for one command.
#pragma once

#include <functional>
#include <memory>

namespace vernier {

/// MPI is a plugin, opened only under mpirun: the program itself needs no MPI and starts as fast
/// as without.
class Processes {
 public:
  /// Whether mpirun (of Open MPI or MPICH) started several of us.
  static bool several();

  /// Joins the others. Throws Error(kResource) when the plugin is not there.
  Processes();
  ~Processes();
  Processes(const Processes&) = delete;
  Processes& operator=(const Processes&) = delete;

  unsigned rank() const { return rank_; }
  unsigned count() const { return count_; }

  /// Does this process's share of a step; returns when all processes have done theirs. Where some
  /// failed, all throw: the first of them its own Error, the others a SilentError with code 0, for
  /// mpirun ends all processes at the first code above 0, also one that is about to tell why.
  void step(const std::function<void()>& share) const;

 private:
  struct Functions;
  std::unique_ptr<Functions> functions_;
  unsigned rank_ = 0, count_ = 1;
};

}  // namespace vernier
