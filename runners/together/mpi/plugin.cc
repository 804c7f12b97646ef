// The only file that includes mpi.h; a shared object of its own.
#include "runners/together/mpi/plugin.h"

#include <mpi.h>

bool vernier_mpi_start(int* rank, int* count) {
  int provided = 0;
  return MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &provided) == MPI_SUCCESS &&
         MPI_Comm_rank(MPI_COMM_WORLD, rank) == MPI_SUCCESS &&
         MPI_Comm_size(MPI_COMM_WORLD, count) == MPI_SUCCESS;
}

int vernier_mpi_agree(int code, int* failed_rank) {
  int rank = 0, count = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &count);
  const int mine = code == 0 ? count : rank;
  MPI_Allreduce(&mine, failed_rank, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
  if (*failed_rank == count) return 0;
  MPI_Bcast(&code, 1, MPI_INT, *failed_rank, MPI_COMM_WORLD);
  return code;
}

void vernier_mpi_end() { MPI_Finalize(); }
