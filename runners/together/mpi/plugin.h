// What the MPI plugin offers the program: a C interface, found by name.
#pragma once

extern "C" {

/// Joins the other processes. Returns whether that worked.
bool vernier_mpi_start(int* rank, int* count);
/// Waits for all processes. `code`: 0, or how this one failed. Returns the code of the lowest rank
/// that failed, or 0, and says which it was.
int vernier_mpi_agree(int code, int* failed_rank);
void vernier_mpi_end();
}
