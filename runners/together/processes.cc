#include "runners/together/processes.h"

#include <fmt/format.h>

#include <cstdlib>
#include <optional>
#include <string>

#include "base/error.h"
#include "base/process/plugin.h"
#include "runners/together/mpi/plugin.h"

namespace vernier {
struct Processes::Functions {
  decltype(&vernier_mpi_start) start;
  decltype(&vernier_mpi_agree) agree;
  decltype(&vernier_mpi_end) end;
};

bool Processes::several() {
  for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"}) {
    const char* size = std::getenv(name);
    if (size != nullptr && std::atoi(size) > 1) return true;
  }
  return false;
}

Processes::Processes() : functions_(std::make_unique<Functions>()) {
  // Open MPI's own plugins look for its symbols among the global ones.
  const Plugin plugin("vernier_mpi.so", Plugin::Symbols::kGlobal,
                      "mpirun needs the MPI plugin, and without it work is shared with --shard",
                      "libopenmpi-dev");
  functions_->start = plugin.find<decltype(&vernier_mpi_start)>("vernier_mpi_start");
  functions_->agree = plugin.find<decltype(&vernier_mpi_agree)>("vernier_mpi_agree");
  functions_->end = plugin.find<decltype(&vernier_mpi_end)>("vernier_mpi_end");
  int rank = 0, count = 0;
  if (!functions_->start(&rank, &count))
    throw Error(ExitCode::kResource, "MPI could not be started");
  rank_ = static_cast<unsigned>(rank);
  count_ = static_cast<unsigned>(count);
}

Processes::~Processes() { functions_->end(); }

void Processes::step(const std::function<void()>& share) const {
  std::optional<Error> failure;
  try {
    share();
  } catch (const Error& error) {
    failure = error;
  } catch (const std::bad_alloc&) {
    failure = Error(ExitCode::kResource, "out of memory");
  }
  int failed_rank = 0;
  const int code = functions_->agree(failure ? static_cast<int>(failure->code()) : 0, &failed_rank);
  if (code == 0) return;
  if (failure && failed_rank == static_cast<int>(rank_)) throw *failure;
  throw SilentError(ExitCode::kOk, "another process failed, and says so");
}

}  // namespace vernier
