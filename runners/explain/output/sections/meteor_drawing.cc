#include <algorithm>
#include <array>

#include "metrics/text/unicode/display_width.h"
#include "runners/explain/output/sections/sections.h"

namespace vernier {
namespace {

constexpr std::size_t kTitles = 11, kGap = 2;  // columns
constexpr std::array<std::string_view, 4> kRows = {"candidate", "match", "reference", "chunk"};

/// One or several words of either text, or of both where they match.
struct Column {
  std::array<std::string, kRows.size()> cells;  // by row; of the last one the part before the fill
  bool in_chunk = false, ends_chunk = false;
  std::size_t width = 0;
};

std::string joined(const std::vector<std::string>& words, std::size_t begin, std::size_t count) {
  std::string out;
  for (std::size_t i = begin; i < begin + count; ++i) {
    if (i > begin) out += ' ';
    out += shown(words[i]);
  }
  return out;
}

class Drawing {
 public:
  Drawing(const MeteorAlignment& meteor, std::size_t width)
      : meteor_(meteor), room_(std::max<std::size_t>(width, kTitles + 8) - kTitles) {
    reference_matched_.assign(meteor.reference_words.size(), false);
    constexpr std::size_t none = static_cast<std::size_t>(-1);
    std::vector<std::size_t> begins(meteor.candidate_words.size(), none);  // matches, by first word
    for (std::size_t m = 0; m < meteor.matches.size(); ++m) {
      const MeteorMatch& match = meteor.matches[m];
      begins[match.candidate] = m;
      std::fill_n(reference_matched_.begin() + static_cast<std::ptrdiff_t>(match.reference),
                  match.reference_words, true);
    }
    // In the order of the candidate; words of the reference that nothing matches follow the word
    // before them.
    add_unmatched_reference(0);
    for (std::size_t i = 0; i < begins.size();) {
      if (begins[i] == none) {
        add({joined(meteor.candidate_words, i, 1), "", "", ""}, false, false);
        ++i;
        continue;
      }
      add_match(begins[i]);
      i += meteor.matches[begins[i]].candidate_words;
    }
  }

  /// As many columns a line as there is room for.
  std::string text() const {
    std::string out;
    for (std::size_t first = 0; first < columns_.size();) {
      std::size_t end = first, used = 0;
      while (end < columns_.size() && (end == first || used + columns_[end].width <= room_)) {
        used += columns_[end++].width + kGap;
      }
      if (first > 0) out += '\n';
      for (std::size_t row = 0; row < kRows.size(); ++row) append_line(out, row, first, end);
      first = end;
    }
    return out;
  }

 private:
  void add(const std::array<std::string, kRows.size()>& cells, bool in_chunk, bool ends_chunk) {
    Column& column = columns_.emplace_back();
    for (std::size_t row = 0; row < kRows.size(); ++row) {
      column.cells[row] = text::cut_to_width(cells[row], room_);
      const std::size_t bracket = row + 1 == kRows.size() && ends_chunk ? 1 : 0;
      column.width = std::max(column.width, text::display_width(column.cells[row]) + bracket);
    }
    column.in_chunk = in_chunk;
    column.ends_chunk = ends_chunk;
  }

  void add_match(std::size_t m) {
    const std::vector<MeteorMatch>& all = meteor_.matches;
    const MeteorMatch& match = all[m];
    const bool begins = m == 0 || all[m - 1].chunk != match.chunk;
    const bool ends = m + 1 == all.size() || all[m + 1].chunk != match.chunk;
    add({joined(meteor_.candidate_words, match.candidate, match.candidate_words),
         std::string(match.stage),
         joined(meteor_.reference_words, match.reference, match.reference_words),
         begins ? "[" + std::to_string(match.chunk) : ""},
        true, ends);
    add_unmatched_reference(match.reference + match.reference_words);
  }

  void add_unmatched_reference(std::size_t j) {
    for (; j < reference_matched_.size() && !reference_matched_[j]; ++j) {
      add({"", "", joined(meteor_.reference_words, j, 1), ""}, false, false);
    }
  }

  void append_line(std::string& out, std::size_t row, std::size_t first, std::size_t end) const {
    std::string line = text::pad_right(kRows[row], kTitles);
    for (std::size_t c = first; c < end; ++c) {
      const Column& column = columns_[c];
      const bool bracket = row + 1 == kRows.size() && column.in_chunk;
      if (!bracket) {
        line += text::pad_right(column.cells[row], column.width + kGap);
        continue;
      }
      const std::string& cell = column.cells[row];
      line += cell + std::string(column.width - cell.size() - (column.ends_chunk ? 1 : 0), '-');
      if (column.ends_chunk) line += ']';
      if (c + 1 < end) line += std::string(kGap, column.ends_chunk ? ' ' : '-');
    }
    line.resize(line.find_last_not_of(' ') + 1);
    out += line + '\n';
  }

  const MeteorAlignment& meteor_;
  const std::size_t room_;
  std::vector<bool> reference_matched_;
  std::vector<Column> columns_;
};

}  // namespace

std::string meteor_drawing(const MeteorAlignment& meteor, std::size_t width) {
  return Drawing(meteor, width).text();
}

}  // namespace vernier
