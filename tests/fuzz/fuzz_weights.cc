// Any bytes as weights of the fast parser, their sum put right: refused with an error, or good for
// parsing.
#include <cmath>
#include <cstring>
#include <string>

#include "base/error.h"
#include "base/hash.h"
#include "metrics/spice/fast/heads.h"
#include "metrics/spice/fast/network.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vernier;
  std::string bytes(reinterpret_cast<const char*>(data), size);
  const std::uint64_t digest = hash_bytes(bytes);
  bytes.append(reinterpret_cast<const char*>(&digest), sizeof digest);
  try {
    const spice::Weights weights = spice::read_weights(bytes, "fuzz");
    spice::Network network(weights, spice::best_kernels());
    const std::vector<std::string_view> words = {"a", "man", "rides", "\u00e9", "", "10-year-old"};
    network.read(words);
    spice::HeadFinder finder;
    std::vector<std::uint16_t> heads;
    finder.find(network.head_scores(), words.size(), heads);
    for (std::size_t n = 0; n < words.size(); ++n) {
      fuzz::require(heads[n] <= words.size() && heads[n] != n + 1);
      fuzz::require(spice::is_tag(network.tag(n)));
      fuzz::require(network.relation(n, heads[n]) == spice::Relation::kRoot || heads[n] > 0);
    }
  } catch (const Error& error) {
    fuzz::require(error.code() == ExitCode::kResource);
  }
  return 0;
}
