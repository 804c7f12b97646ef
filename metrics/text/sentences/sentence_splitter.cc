#include "metrics/text/sentences/sentence_splitter.h"

#include <algorithm>
#include <optional>

#include "metrics/text/sentences/punkt_tokens.h"
#include "metrics/text/unicode/unicode.h"
#include "metrics/text/unicode/white_space.h"

namespace vernier::text {
namespace {

constexpr std::string_view kAsciiSpace = " \t\n\r\v\f";

bool ends_sentences(char c) { return c == '.' || c == '?' || c == '!'; }

bool is_stop(std::string_view token) { return token.size() == 1 && ends_sentences(token[0]); }

/// Whether a token ends in one period that may close a sentence or an abbreviation.
bool has_period(std::string_view token) {
  return token.ends_with('.') && !token.ends_with("..") && !is_stop(token);
}

std::string without_period(std::string type) {
  if (type.size() > 1 && type.back() == '.') type.pop_back();
  return type;
}

/// A mark that may end a sentence, and what follows it.
struct Candidate {
  std::size_t mark;      ///< place of the mark
  std::size_t next;      ///< where the next sentence would begin
  std::size_t after;     ///< end of what follows: a mark, or white space and a token
  std::size_t word = 0;  ///< where the word before the mark begins
};

std::optional<Candidate> candidate_at(std::string_view text, std::size_t mark) {
  const std::size_t behind = mark + 1;
  if (behind == text.size()) return std::nullopt;
  if (is_punkt_mark(text[behind])) return Candidate{mark, behind, behind + 1};
  const std::size_t space = leading_space(text.substr(behind));
  const std::size_t next = behind + space;
  if (space == 0 || next == text.size()) return std::nullopt;
  return Candidate{mark, next, next + leading_word(text.substr(next))};
}

/// All candidates, of those in one word the last. The word is searched for only behind the mark of
/// the candidate before; a blank directly there does not count, as in NLTK.
std::vector<Candidate> candidates(std::string_view text) {
  std::vector<Candidate> found;
  std::size_t previous_begin = 0, previous_end = 0;
  for (std::size_t mark = 0; mark < text.size(); ++mark) {
    if (!ends_sentences(text[mark])) continue;
    std::optional<Candidate> candidate = candidate_at(text, mark);
    if (!candidate) continue;
    const std::string_view before = text.substr(previous_end, mark - previous_end);
    const std::size_t blank = before.find_last_of(kAsciiSpace);
    const bool separate = blank != std::string_view::npos && blank > 0;
    candidate->word = separate ? previous_end + blank + 1 : previous_begin;
    if (!found.empty() && previous_end > candidate->word) found.pop_back();
    found.push_back(*candidate);
    previous_begin = candidate->word;
    previous_end = mark;
  }
  return found;
}

/// Length in bytes of the closing marks that belong to the sentence before, and of the white space
/// behind them: marks " ' ) ] } up to the first behind which white space, -- or the end follows.
std::size_t closing_marks(std::string_view text, std::size_t& with_space) {
  std::size_t pos = 0;
  while (pos < text.size() &&
         std::string_view("\"')]}").find(text[pos]) != std::string_view::npos) {
    ++pos;
    const std::size_t space = leading_space(text.substr(pos));
    if (space > 0 || pos == text.size() || text.substr(pos).starts_with("--")) {
      with_space = pos + space;
      return pos;
    }
  }
  return 0;
}

enum class Opens { kNo, kYes, kUnknown };

/// Whether a token opens a sentence, by where its word was seen before.
Opens opens_sentence(const PunktParameters& parameters, std::string_view token,
                     const std::string& type) {
  if (token.size() == 1 && std::string_view(";:,.!?").find(token[0]) != std::string_view::npos) {
    return Opens::kNo;
  }
  using P = PunktParameters;
  const std::uint8_t seen = parameters.context(type);
  if (begins_upper(token) && (seen & P::kLower) != 0 && (seen & P::kMiddleUpper) == 0) {
    return Opens::kYes;
  }
  if (begins_lower(token) && ((seen & P::kUpper) != 0 || (seen & P::kBeginLower) == 0)) {
    return Opens::kNo;
  }
  return Opens::kUnknown;
}

}  // namespace

bool SentenceSplitter::is_abbreviation(std::string_view token) const {
  const std::string word = to_lower(token.substr(0, token.size() - 1));
  return parameters_.abbreviations.contains(word) ||
         parameters_.abbreviations.contains(std::string_view(word).substr(word.rfind('-') + 1));
}

/// What a token is for itself.
bool SentenceSplitter::breaks_alone(std::string_view token) const {
  return is_stop(token) || (has_period(token) && !is_abbreviation(token));
}

/// A type keeps its period unless the token ends a sentence.
std::string SentenceSplitter::next_type(std::string_view token) const {
  std::string type = punkt_type(token);
  return breaks_alone(token) ? without_period(std::move(type)) : type;
}

bool SentenceSplitter::ends_sentence(std::string_view token, std::string_view next) const {
  const bool alone = breaks_alone(token);
  if (!token.ends_with('.')) return alone;
  const std::string type = without_period(punkt_type(token));
  const std::string following = next_type(next);
  if (parameters_.collocations.contains(type + '\t' + following)) return false;
  const bool initial = is_initial(token);
  const Opens opens = opens_sentence(parameters_, next, following);
  const bool doubtful = is_ellipsis(token) || (has_period(token) && !alone);
  if (doubtful && !initial) {
    if (opens == Opens::kYes) return true;
    if (begins_upper(next) && parameters_.sentence_starters.contains(following)) return true;
  }
  if (initial || type == "##number##") {
    if (opens == Opens::kNo) return false;
    if (opens == Opens::kUnknown && initial && begins_upper(next) &&
        (parameters_.context(following) & PunktParameters::kLower) == 0) {
      return false;
    }
  }
  return alone;
}

bool SentenceSplitter::holds_break(std::string_view context) const {
  std::vector<std::string_view> tokens;
  punkt_tokens(context, tokens);
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (ends_sentence(tokens[i], tokens[i + 1])) return true;
  }
  return false;
}

void SentenceSplitter::split(std::string_view text,
                             std::vector<std::string_view>& sentences) const {
  struct Piece {
    std::size_t begin, end;
  };
  std::vector<Piece> pieces;
  std::size_t begin = 0;
  for (const Candidate& candidate : candidates(text)) {
    if (!holds_break(text.substr(candidate.word, candidate.after - candidate.word))) continue;
    pieces.push_back({begin, candidate.mark + 1});
    begin = candidate.next;
  }
  pieces.push_back({begin, std::max(begin, strip_right(text).size())});
  std::size_t moved = 0;  // from the begin of a piece to the sentence before
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    Piece piece = pieces[i];
    piece.begin += moved;
    moved = 0;
    if (i + 1 < pieces.size()) {
      const Piece& next = pieces[i + 1];
      const std::size_t marks =
          closing_marks(text.substr(next.begin, next.end - next.begin), moved);
      if (marks > 0) piece.end = next.begin + marks;
    }
    if (piece.begin < piece.end)
      sentences.push_back(text.substr(piece.begin, piece.end - piece.begin));
  }
}

}  // namespace vernier::text
