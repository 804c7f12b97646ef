// Matching the ids of candidates with those of references when the two files spell them in
// different ways: 42, "000042", COCO_val2014_000000000042.jpg.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vernier {

/// What of two ids has to be equal. An id that the rule does not fit is compared as it is.
enum class IdRule {
  kExact,       ///< the text
  kNumeric,     ///< the integer they stand for: 42 = 000042 = 42.0 = 4.2e1
  kFileStem,    ///< the file name without folders and ending: val/dog.jpg = dog
  kFileNumber,  ///< the number that ends the file name: COCO_val2014_000000000042.jpg = 42
};

/// One rule for all ids of two files: the first, in the order above, under which every candidate
/// finds a reference; when there is none, the one under which most do. A rule under which two
/// different ids of one file become equal is not used, so no rule can join what is distinct.
class IdMatcher {
 public:
  /// Ids may repeat (several candidates of an image, several captions).
  IdMatcher(std::span<const std::string_view> candidates,
            std::span<const std::string_view> references);

  IdRule rule() const { return rule_; }

  /// For reports: "exact", "numeric value", "file name without ending", "number in the file name".
  const char* description() const;

  /// Different ids among the candidates, and how many of them some reference has.
  std::size_t candidates() const { return candidates_; }
  std::size_t matched() const { return matched_; }

  /// What the rule compares of an id: a view of the id or of `buffer`.
  std::string_view key(std::string_view id, std::string& buffer) const {
    return key(rule_, id, buffer);
  }
  static std::string_view key(IdRule rule, std::string_view id, std::string& buffer);

 private:
  IdRule rule_ = IdRule::kExact;
  std::size_t candidates_ = 0, matched_ = 0;
};

/// Which reference image each candidate id names.
struct MatchedIds {
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::vector<std::size_t> images;  ///< by candidate; kNone where there is no such image
  std::string rule;                 ///< how ids were compared (IdMatcher::description)
};

/// By one rule for all. Of references that are equal under it the first one counts.
MatchedIds match_ids(std::span<const std::string_view> candidates,
                     std::span<const std::string_view> references);

}  // namespace vernier
