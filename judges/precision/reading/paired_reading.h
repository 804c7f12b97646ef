// Models that read the same texts: A first, whose logits are kept, then others, which are compared
// with it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "judges/chat/local/local_model.h"
#include "judges/precision/reading/kept_rows.h"
#include "judges/precision/reading/row_difference.h"

namespace vernier::logits {

class PairedReading {
 public:
  /// `row_bytes`: memory for A's logits.
  PairedReading(chat::LocalModel& a, std::size_t row_bytes);

  /// How many of the requests, from the first on, have answers whose logits there is room for, by a
  /// count of their tokens; at least 1, at most `most`.
  std::size_t portion(std::span<const chat::ChatRequest> requests, std::size_t most) const;

  /// Lets A read forced answers and calls others(), in which others read them by compare(). If
  /// there is no room for all logits, then again, until all have been compared. What is wrong with
  /// a request, by request; empty: nothing.
  std::vector<std::string> read(std::span<const chat::ChatRequest> requests,
                                const std::function<void()>& others);

  /// Called with a request and the tokens of its answer in their order, each once in a read().
  using Difference = std::function<void(std::size_t request, const TokenDrift& drift)>;
  /// `b` may be A with other weights. `answered`: after each request. Differences of requests that
  /// end up with an error mean nothing.
  void compare(chat::LocalModel& b, const Difference& difference,
               const std::function<void()>& answered);

 private:
  struct Text {
    std::string error;
    std::vector<std::uint32_t> tokens;  ///< of the answer, by A
    std::size_t tokens_in = 0;
    std::size_t first = 0;          ///< place of the first row that is kept
    std::vector<std::size_t> rows;  ///< of consecutive places

    bool finished() const { return !error.empty() || first + rows.size() == tokens.size(); }
    /// Keeps the first error.
    void fail(std::string what) {
      if (error.empty()) error = std::move(what);
    }
  };
  void read_by_a();

  chat::LocalModel& a_;
  KeptRows rows_;
  RowDifference difference_;
  std::vector<Text> texts_;
  /// What is being read, and which of texts_ that is.
  std::vector<chat::ChatRequest> requests_;
  std::vector<std::size_t> numbers_;
};

}  // namespace vernier::logits
