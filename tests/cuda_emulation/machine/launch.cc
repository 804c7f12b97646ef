#include "tests/cuda_emulation/machine/launch.h"

#include <fmt/format.h>

#include <map>

#include "tests/cuda_emulation/machine/checks.h"

namespace vernier::emulation {
namespace {

constexpr std::size_t kUsualShared = 48 * 1024, kMostThreads = 1024, kMostBlocksYz = 65535;

Order& order() {
  static Order order = Order::kForwards;
  return order;
}

std::map<const void*, std::size_t>& allowed() {
  static std::map<const void*, std::size_t> allowed;
  return allowed;
}

/// Why a device would refuse it; empty: it would not.
std::string problem(const Launch& launch) {
  const Index &g = launch.grid, &b = launch.block;
  const std::size_t threads = std::size_t{b.x} * b.y * b.z, blocks = std::size_t{g.x} * g.y * g.z;
  if (threads == 0 || threads > kMostThreads) return fmt::format("{} threads a block", threads);
  if (blocks == 0 || g.y > kMostBlocksYz || g.z > kMostBlocksYz) {
    return fmt::format("a grid of {} x {} x {} blocks", g.x, g.y, g.z);
  }
  if (blocks > kBlocks) return fmt::format("{} blocks: more than the race check can count", blocks);
  const auto raised = allowed().find(launch.kernel);
  const std::size_t most = raised == allowed().end() ? kUsualShared : raised->second;
  if (launch.shared_bytes > most) {
    return fmt::format("{} bytes of shared memory, {} are allowed", launch.shared_bytes, most);
  }
  return {};
}

}  // namespace

void set_order(Order wanted) { order() = wanted; }

void allow_shared_bytes(const void* kernel, std::size_t bytes) { allowed()[kernel] = bytes; }

bool run(const Launch& launch) {
  if (const std::string why = problem(launch); !why.empty()) {
    Failures::add("launch refused: " + why);
    return false;
  }
  begin_checks(launch.call.bytes, launch.call.size, launch.shared_bytes);
  Block block(launch.block, launch.grid, order());
  bool ended = true;
  for (unsigned z = 0; z < launch.grid.z; ++z) {
    for (unsigned y = 0; y < launch.grid.y; ++y) {
      for (unsigned x = 0; x < launch.grid.x; ++x) {
        begin_block();
        ended = block.run({x, y, z}, launch.call) && ended;
      }
    }
  }
  end_checks();
  return ended;
}

}  // namespace vernier::emulation
