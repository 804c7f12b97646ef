// Every touch of memory by a kernel is looked at: is it allocated, is it raced for?
//
// The kernels are compiled with -fsanitize=thread, which puts a call before each load and store;
// checks.cc answers these calls in place of the sanitizer's library.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace vernier::emulation {

inline constexpr std::size_t kSharedBytes = 227 * 1024;  ///< of a block, at most
extern std::byte shared_memory[kSharedBytes];

/// Of the launch that follows: its kernel's arguments, and how much shared memory it may touch.
void begin_checks(const void* arguments, std::size_t argument_bytes, std::size_t shared_bytes);
/// Another block begins, with shared memory of its own.
void begin_block();
void end_checks();

/// A touch that no compiled load or store makes. `at`: an address in the code, for messages.
void touched(const void* address, std::size_t bytes, bool is_write, const void* at);

/// Asynchronous copies to shared memory: nothing arrives before it is waited for.
void begin_copy(void* to, const void* from, std::size_t bytes, const void* at);
void commit_copies();
void wait_for_copies(std::size_t groups_left, const void* at);

}  // namespace vernier::emulation
