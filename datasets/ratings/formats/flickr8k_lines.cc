// ExpertAnnotations.txt and CrowdFlowerAnnotations.txt of Flickr8k (Hodosh, Young and Hockenmaier
// 2013): five columns without a header, captions by their id.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <unordered_map>

#include "base/error.h"
#include "base/io/byte_source.h"
#include "base/printable.h"
#include "datasets/format.h"
#include "datasets/ratings/formats/formats.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier {
namespace {

struct Line {
  std::string_view image, caption;
  std::vector<double> numbers;
};

std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> cells;
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t end = std::min(line.find('\t', begin), line.size());
    cells.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return cells;
}

bool is_caption_id(std::string_view text) {
  const std::size_t hash = text.rfind('#');
  return hash != std::string_view::npos && hash > 0 && hash + 1 < text.size() &&
         text.find_first_not_of("0123456789", hash + 1) == std::string_view::npos;
}

/// Nothing where the line has another form; `reason` says what is wrong.
bool parse(std::string_view text, Line& line, std::string& reason) {
  const std::vector<std::string_view> cells = cells_of(text);
  if (cells.size() != 5 || cells[0].empty() || !is_caption_id(cells[1])) {
    reason = fmt::format(
        "expected image, tab, caption id (image#k), tab and three numbers, found "
        "{} cells",
        cells.size());
    return false;
  }
  line.image = cells[0];
  line.caption = cells[1];
  line.numbers.clear();
  for (std::size_t i = 2; i < cells.size(); ++i) {
    double number = 0;
    const char* const end = cells[i].data() + cells[i].size();
    const auto [stop, error] = std::from_chars(cells[i].data(), end, number);
    if (error != std::errc() || stop != end || !std::isfinite(number)) {
      reason = fmt::format("image {}: expected a finite number, found '{}'",
                           printable(cells[0], 60), printable(cells[i], 30));
      return false;
    }
    line.numbers.push_back(number);
  }
  return true;
}

// Experts rate 1 to 4; votes are a share, and how many said yes and no.
bool are_votes(const std::vector<double>& numbers) {
  return std::abs(numbers[0] * (numbers[1] + numbers[2]) - numbers[1]) < 0.01 * numbers[1] + 0.01;
}

class LineReader {
 public:
  explicit LineReader(std::string_view text) : text_(text) {}
  /// The next line that is not empty.
  bool next(std::string_view& line) {
    while (at_ < text_.size()) {
      const std::size_t end = std::min(text_.find_first_of("\r\n", at_), text_.size());
      line = text_.substr(at_, end - at_);
      at_ = end + (text_.substr(end, 2) == "\r\n" ? 2 : 1);
      ++number_;
      if (!line.empty()) return true;
    }
    return false;
  }
  std::uint64_t number() const { return number_; }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::uint64_t number_ = 0;
};

}  // namespace

bool read_flickr8k_lines(const std::string& path, SetBuilder& out) {
  if (path == "-") return false;  // it could not be read again
  const auto source = ByteSource::open(path);
  const std::string bytes = source->read_rest();
  std::string_view text = bytes;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  refuse_foreign(text, source->name());
  Line line;
  std::string reason;
  std::string_view raw;
  LineReader lines(text);
  if (!lines.next(raw) || !parse(raw, line, reason)) return false;

  const auto refuse = [&](const std::string& message) {
    throw Error(ExitCode::kBadInput,
                fmt::format("{}:{}: {}", source->name(), lines.number(), message));
  };
  const bool votes = are_votes(line.numbers);
  out.set.format = votes ? "Flickr8k votes" : "Flickr8k expert ratings";
  out.set.rating_names = {votes ? "share of yes" : "ratings of three experts"};
  std::unordered_map<std::string, RatedCaption> known;
  do {
    if (text::find_invalid_utf8(raw) != std::string_view::npos) {
      refuse("expected UTF-8, found other bytes");
    }
    if (!parse(raw, line, reason)) refuse(reason);
    if (are_votes(line.numbers) != votes) {
      refuse(fmt::format("image {}: expected {} as on the first line, found other numbers",
                         printable(line.image, 60),
                         votes ? "a share of yes with its votes" : "three ratings"));
    }
    RatedCaption caption;
    caption.image = caption.reference_key = line.image;
    caption.label = line.caption;
    caption.line = lines.number();
    caption.ratings = votes ? std::vector<double>{line.numbers[0]} : line.numbers;
    const auto [at, fresh] =
        known.try_emplace(fmt::format("{}\t{}", line.image, line.caption), caption);
    if (!fresh) {
      if (at->second.ratings != caption.ratings) {
        refuse(fmt::format("image {}: line {} rates caption {} otherwise",
                           printable(line.image, 60), at->second.line,
                           printable(line.caption, 60)));
      }
      ++out.set.duplicates;
      continue;
    }
    out.set.captions.push_back(std::move(caption));
  } while (lines.next(raw));
  return true;
}

}  // namespace vernier
