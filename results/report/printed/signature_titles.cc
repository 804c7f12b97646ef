#include "results/report/printed/signature_titles.h"

#include <algorithm>

namespace vernier::report {
namespace {

constexpr std::size_t kMostParts = 64;  // of a signature that are looked at

std::vector<std::string> parts_of(const std::string& signature) {
  std::vector<std::string> parts;
  std::size_t at = 0;
  while (at <= signature.size() && parts.size() < kMostParts) {
    const std::size_t end = std::min(signature.find('|', at), signature.size());
    parts.push_back(signature.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

}  // namespace

std::vector<std::string> signature_titles(std::span<const std::string> signatures) {
  std::vector<std::vector<std::string>> parts;
  for (const std::string& signature : signatures) parts.push_back(parts_of(signature));
  std::vector<std::string> titles(signatures.size());
  for (std::size_t s = 0; s < signatures.size(); ++s) {
    std::size_t own = 0;
    for (const std::string& part : parts[s]) {
      const bool common = std::ranges::all_of(parts, [&](const std::vector<std::string>& other) {
        return std::ranges::find(other, part) != other.end();
      });
      if (common) continue;
      titles[s] += (titles[s].empty() ? "" : ", ") + part;
      ++own;
    }
    if (own == parts[s].size()) titles[s].clear();  // it would say the signature again
  }
  return titles;
}

}  // namespace vernier::report
