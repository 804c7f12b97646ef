#include "judges/engine/tokenizer/parts/pre_tokenizer.h"

#include "base/error.h"
#include "judges/engine/tokenizer/patterns/code_points.h"

namespace vernier::engine {
namespace {

using Step = PreTokenizerStep;

/// Where the piece that begins at `pos` ends.
std::size_t digits_end(std::string_view text, std::size_t pos, bool each) {
  const bool number = is_number(text::next_code_point(text, pos));
  if (number && each) return pos;
  for (std::size_t next = pos; next < text.size(); pos = next) {
    if (is_number(text::next_code_point(text, next)) != number) break;
  }
  return pos;
}

}  // namespace

void Pieces::set(std::string_view text, bool begins_text) {
  text_ = text;
  begins_text_ = begins_text;
  ends_.assign(1, static_cast<std::uint32_t>(text.size()));
}

void Pieces::apply(const PreTokenizer& steps) {
  for (const Step& step : steps) {
    if (step.kind == Step::Kind::kDigits || step.kind == Step::Kind::kPattern) {
      cut(step);
    } else if (step.kind == Step::Kind::kWords) {
      keep_words(step);
    } else {
      rewrite(step);
    }
  }
}

void Pieces::cut(const Step& step) {
  new_ends_.clear();
  std::size_t pos = 0;
  for (const std::uint32_t end : ends_) {
    const std::string_view whole = text_.substr(0, end);
    while (pos < end) {
      pos = step.kind == Step::Kind::kDigits ? digits_end(whole, pos, step.each)
                                             : match_end(step.pattern, whole, pos);
      new_ends_.push_back(static_cast<std::uint32_t>(pos));
    }
  }
  ends_.swap(new_ends_);
}

void Pieces::keep_words(const Step& step) {
  spare_.clear();
  new_ends_.clear();
  for_each([&](std::string_view piece) {
    for (std::size_t pos = 0; pos < piece.size();) {
      const std::size_t begin = pos;
      pos = match_end(step.pattern, piece, begin);
      std::size_t first = begin;
      if (is_white_space(text::next_code_point(piece, first))) continue;
      spare_ += piece.substr(begin, pos - begin);
      new_ends_.push_back(static_cast<std::uint32_t>(spare_.size()));
    }
  });
  written_.swap(spare_);
  text_ = written_;
  ends_.swap(new_ends_);
}

void Pieces::rewrite(const Step& step) {
  spare_.clear();
  new_ends_.clear();
  const bool metaspace = step.kind == Step::Kind::kMetaspace;
  const std::string_view mark = metaspace ? std::string_view(step.replacement) : " ";
  bool first = begins_text_;
  for_each([&](std::string_view piece) {
    const bool marked = piece.starts_with(mark) || piece[0] == ' ';
    const bool wanted = !metaspace || step.scheme == Step::Scheme::kAlways ||
                        (step.scheme == Step::Scheme::kFirst && first);
    first = false;
    if (!marked && wanted) spare_ += mark;
    const std::size_t begin = spare_.size() - (!marked && wanted ? mark.size() : 0);
    for (std::size_t pos = 0; pos < piece.size();) {
      const std::size_t at = pos;
      text::next_code_point(piece, pos);
      const std::string_view character = piece.substr(at, pos - at);
      const bool blank = metaspace && (character == " " || character == mark);
      if (blank && step.each && spare_.size() > begin) {
        new_ends_.push_back(static_cast<std::uint32_t>(spare_.size()));
      }
      spare_ += blank ? mark : character;
    }
    if (spare_.size() >= std::size_t{1} << 31) {
      throw Error(ExitCode::kBadInput, "text: above 2 GiB once its blanks are replaced");
    }
    new_ends_.push_back(static_cast<std::uint32_t>(spare_.size()));
  });
  written_.swap(spare_);
  text_ = written_;
  ends_.swap(new_ends_);
}

}  // namespace vernier::engine
