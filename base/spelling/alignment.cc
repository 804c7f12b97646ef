#include "base/spelling/alignment.h"

#include <algorithm>
#include <cstdint>

namespace vernier {
namespace {

/// Below so many cells the whole matrix is written down.
constexpr std::size_t kSmall = 1 << 14;

class Aligner {
 public:
  Aligner(Symbols a, Symbols b) : a_(a), b_(b) {}

  std::vector<EditRun> take() && { return std::move(runs_); }

  /// Aligns a[from_a, to_a) with b[from_b, to_b), which come after what was aligned before.
  void align(std::size_t from_a, std::size_t to_a, std::size_t from_b, std::size_t to_b) {
    while (from_a < to_a && from_b < to_b && a_[from_a] == b_[from_b]) {
      add(Edit::kKeep, from_a++, from_b++, 1);
    }
    std::size_t kept = 0;
    while (from_a < to_a && from_b < to_b && a_[to_a - 1] == b_[to_b - 1]) {
      --to_a;
      --to_b;
      ++kept;
    }
    const std::size_t rows = to_a - from_a, columns = to_b - from_b;
    if (rows == 0) {
      add(Edit::kInsert, from_a, from_b, columns);
    } else if (columns == 0) {
      add(Edit::kDelete, from_a, from_b, rows);
    } else if (columns == 1 || (rows + 1) * (columns + 1) <= kSmall) {
      align_small(from_a, to_a, from_b, to_b);
    } else {
      const std::size_t middle = from_b + columns / 2;
      const std::size_t cut =
          from_a + best_cut(a_.subspan(from_a, rows), b_.subspan(from_b, columns / 2),
                            b_.subspan(middle, to_b - middle));
      align(from_a, cut, from_b, middle);
      align(cut, to_a, middle, to_b);
    }
    add(Edit::kKeep, to_a, to_b, kept);
  }

 private:
  void add(Edit edit, std::size_t a, std::size_t b, std::size_t length) {
    if (length == 0) return;
    if (!runs_.empty() && runs_.back().edit == edit) {
      runs_.back().length += length;
    } else {
      runs_.push_back({edit, a, b, length});
    }
  }

  /// How much of `a` goes with the first half of `b` in an alignment with the fewest edits.
  static std::size_t best_cut(Symbols a, Symbols first, Symbols second) {
    const std::vector<std::uint32_t> back_a(a.rbegin(), a.rend());
    const std::vector<std::uint32_t> back_b(second.rbegin(), second.rend());
    const std::vector<std::size_t> before = prefix_distances(a, first);
    const std::vector<std::size_t> behind = prefix_distances(back_a, back_b);
    std::size_t best = 0;
    for (std::size_t i = 1; i <= a.size(); ++i) {
      if (before[i] + behind[a.size() - i] < before[best] + behind[a.size() - best]) best = i;
    }
    return best;
  }

  void align_small(std::size_t from_a, std::size_t to_a, std::size_t from_b, std::size_t to_b);

  Symbols a_, b_;
  std::vector<EditRun> runs_;
  std::vector<std::uint32_t> cells_;
};

void Aligner::align_small(std::size_t from_a, std::size_t to_a, std::size_t from_b,
                          std::size_t to_b) {
  const std::size_t rows = to_a - from_a, width = to_b - from_b + 1;
  cells_.resize((rows + 1) * width);
  const auto cell = [&](std::size_t i, std::size_t j) -> std::uint32_t& {
    return cells_[i * width + j];
  };
  // From the end, so that the way back runs forward: cell(i, j) is what remains from there.
  for (std::size_t i = rows + 1; i-- > 0;) {
    for (std::size_t j = width; j-- > 0;) {
      if (i == rows || j + 1 == width) {
        cell(i, j) = static_cast<std::uint32_t>(rows - i + width - 1 - j);
        continue;
      }
      const std::uint32_t replace = a_[from_a + i] == b_[from_b + j] ? 0 : 1;
      cell(i, j) = std::min({cell(i + 1, j + 1) + replace, cell(i + 1, j) + 1, cell(i, j + 1) + 1});
    }
  }
  std::size_t i = 0, j = 0;
  while (i < rows || j + 1 < width) {
    const bool both = i < rows && j + 1 < width;
    const bool equal = both && a_[from_a + i] == b_[from_b + j];
    if (both && cell(i, j) == cell(i + 1, j + 1) + (equal ? 0 : 1)) {
      add(equal ? Edit::kKeep : Edit::kReplace, from_a + i++, from_b + j++, 1);
    } else if (i < rows && cell(i, j) == cell(i + 1, j) + 1) {
      add(Edit::kDelete, from_a + i++, from_b + j, 1);
    } else {
      add(Edit::kInsert, from_a + i, from_b + j++, 1);
    }
  }
}

}  // namespace

std::vector<EditRun> align(Symbols a, Symbols b) {
  Aligner aligner(a, b);
  aligner.align(0, a.size(), 0, b.size());
  return std::move(aligner).take();
}

}  // namespace vernier
