#include "metrics/meteor/words/lexicon.h"

#include <algorithm>
#include <utility>

#include "metrics/meteor/english/function_words.h"
#include "metrics/meteor/words/synonyms.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier::meteor {
namespace {

constexpr std::string_view kFieldSeparator = "|||";
/// Words of a line that phrases are looked up from; positions are 16-bit.
constexpr std::size_t kMaxPosition = 0xFFFF;

/// Java's String.hashCode(), by which METEOR compares words: over UTF-16 code units.
std::uint32_t java_hash(std::string_view text) {
  std::uint32_t h = 0;
  for (std::size_t pos = 0; pos < text.size();) {
    char32_t c = text::next_code_point(text, pos);
    if (c >= 0x10000) {
      c -= 0x10000;
      h = 31 * h + (0xD800 + (c >> 10));
      c = 0xDC00 + (c & 0x3FF);
    }
    h = 31 * h + c;
  }
  return h;
}

bool is_plain(std::string_view token) {
  return std::all_of(token.begin(), token.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
}

/// Comma, straight, grave and curly single quotes: what the normaliser's rules look for together
/// with both neighbours.
bool begins_with_mark(std::string_view token) {
  return token[0] == '\'' || token[0] == '`' || token[0] == ',' || token.starts_with("\u2018") ||
         token.starts_with("\u2019");
}
bool ends_with_mark(std::string_view token) {
  return token.back() == '\'' || token.back() == '`' || token.back() == ',' ||
         token.ends_with("\u2018") || token.ends_with("\u2019");
}

/// True when the token can only be normalised together with its line.
bool needs_line(std::string_view token) {
  return token.empty() || token.find(kFieldSeparator) != token.npos ||
         std::any_of(token.begin(), token.end(),
                     [](char c) { return c == '.' || (c >= 0 && c <= ' '); });
}

}  // namespace

Lexicon::Lexicon(std::shared_ptr<const MeteorData> data, const Vocabulary& vocabulary,
                 bool with_paraphrases)
    : data_(std::move(data)), vocabulary_(vocabulary), with_paraphrases_(with_paraphrases) {}

void Lexicon::read_candidate(std::span<const WordId> tokens, Line& line) {
  line.clear();
  if (!read_tokens(tokens, line)) {
    join(tokens);
    candidate_.clear();
    for (std::size_t begin = 0; begin <= joined_.size();) {
      const std::size_t end = std::min(joined_.find(kFieldSeparator, begin), joined_.size());
      candidate_.append(joined_, begin, end - begin);
      begin = end + kFieldSeparator.size();
    }
    read_text(candidate_, line);
  }
}

std::size_t Lexicon::read_reference(std::span<const WordId> tokens, std::vector<Line>& lines,
                                    std::size_t used) {
  const auto next_line = [&]() -> Line& {
    if (used == lines.size()) lines.emplace_back();
    lines[used].clear();
    return lines[used++];
  };
  Line& line = next_line();
  if (read_tokens(tokens, line)) return used;
  join(tokens);
  for (std::size_t begin = 0; begin <= joined_.size();) {
    const std::size_t end = std::min(joined_.find(kFieldSeparator, begin), joined_.size());
    Line& field = begin == 0 ? line : next_line();
    field.clear();
    read_text(std::string_view(joined_).substr(begin, end - begin), field);
    begin = end + kFieldSeparator.size();
  }
  return used;
}

// Token by token; false when that is not allowed.
bool Lexicon::read_tokens(std::span<const WordId> tokens, Line& line) {
  bool mark_last = false;
  for (const WordId id : tokens) {
    const Token& t = token(id);
    if (t.kind == TokenKind::kWord) {
      append(line, t.word);
    } else if (t.kind == TokenKind::kPieces) {
      for (std::uint32_t i = 0; i < t.pieces; ++i) append(line, pieces_[t.word + i]);
    } else {
      return false;
    }
    if (mark_last && t.mark_first) return false;
    mark_last = t.mark_last;
  }
  return true;
}

void Lexicon::read_text(std::string_view text, Line& line) {
  line.clear();
  const auto blank = [](char c) { return c >= 0 && c <= ' '; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  split_.clear();
  normalizer_.normalize(text, split_);
  for (std::size_t i = 0; i < split_.size(); ++i) append(line, find_or_add(split_[i]));
}

void Lexicon::join(std::span<const WordId> tokens) {
  joined_.clear();
  for (const WordId id : tokens) {
    if (!joined_.empty()) joined_ += ' ';
    joined_ += vocabulary_.word(id);
  }
}

void Lexicon::analyse_token(WordId id, Token& token) {
  const std::string_view text = vocabulary_.word(id);
  if (needs_line(text)) {
    token.kind = TokenKind::kWholeLine;
    return;
  }
  if (is_plain(text)) {
    token.word = find_or_add(text);
    token.kind = TokenKind::kWord;
    return;
  }
  split_.clear();
  normalizer_.normalize(text, split_);
  if (split_.size() > 0xFFFF) {
    token.kind = TokenKind::kWholeLine;
    return;
  }
  token.mark_first = begins_with_mark(text);
  token.mark_last = ends_with_mark(text);
  token.word = static_cast<std::uint32_t>(pieces_.size());
  token.pieces = static_cast<std::uint16_t>(split_.size());
  for (std::size_t i = 0; i < split_.size(); ++i) pieces_.push_back(find_or_add(split_[i]));
  token.kind = TokenKind::kPieces;
}

std::uint32_t Lexicon::class_of(std::string_view word) {
  return classes_.try_emplace(java_hash(word), static_cast<std::uint32_t>(classes_.size()))
      .first->second;
}

std::uint32_t Lexicon::find_or_add(std::string_view text) {
  const auto found = index_.find(text);
  if (found != index_.end()) return found->second;
  texts_.emplace_back(text);
  const auto index = static_cast<std::uint32_t>(words_.size());
  Word word{};
  word.key = class_of(text);
  word.stem = class_of(stemmer_.stem(text));
  word.function = is_function_word(text);
  const std::uint32_t entry = data_->find_word(text);
  word.phrase_word = kNoPhraseWord;
  if (with_paraphrases_ && entry != kNoIndex) {
    word.phrase_word = data_->phrase_word(entry);
    if (word.phrase_word != kNoPhraseWord) {
      word.root = data_->child(0, word.phrase_word);
    }
  }
  find_synsets(*data_, text, entry, found_);
  word.meaning = meanings_.find_or_add(found_);
  words_.push_back(word);
  index_.emplace(texts_.back(), index);
  return index;
}

void Lexicon::append(Line& line, std::uint32_t word) const {
  const Word& w = words_[word];
  if (!line.words.empty() && w.phrase_word != kNoPhraseWord) {
    data_->prefetch_child(words_[line.words.back().word].root.id, w.phrase_word);
  }
  line.words.push_back({word, w.key, w.stem, w.meaning, w.function});
  line.phrase_words.push_back(w.phrase_word);
  line.function_words += w.function;
}

// Length by length: the edges of all phrases that grow are asked for before the first is looked at.
void Lexicon::find_phrases(Line& line) {
  const std::size_t n = std::min<std::size_t>(line.size(), kMaxPosition);
  line.phrases.clear();
  complete_.clear();
  growing_.clear();
  const auto found = [this](PhraseNode node, std::size_t begin, std::size_t length) {
    const PhraseAt phrase{node, static_cast<std::uint16_t>(begin),
                          static_cast<std::uint16_t>(length)};
    if (node.list.bytes != 0) {
      data_->prefetch_paraphrases(node.list);
      complete_.push_back(phrase);
    }
    return phrase;
  };
  const auto may_grow = [&](const PhraseAt& phrase) {
    const std::size_t end = std::size_t{phrase.begin} + phrase.length;
    return end < n && line.phrase_words[end] != kNoPhraseWord;
  };
  for (std::size_t i = 0; i < n; ++i) {
    const PhraseNode root = words_[line.words[i].word].root;
    if (root.id == 0) continue;
    const PhraseAt phrase = found(root, i, 1);
    if (may_grow(phrase)) growing_.push_back(phrase);
  }
  while (!growing_.empty()) {
    std::size_t kept = 0;
    for (const PhraseAt phrase : growing_) {
      const std::size_t end = std::size_t{phrase.begin} + phrase.length;
      const PhraseNode child = data_->child(phrase.node.id, line.phrase_words[end]);
      if (child.id == 0) continue;
      const PhraseAt longer = found(child, phrase.begin, phrase.length + std::size_t{1});
      if (!may_grow(longer)) continue;
      data_->prefetch_child(child.id, line.phrase_words[end + 1]);
      growing_[kept++] = longer;
    }
    growing_.resize(kept);
  }
  // By begin, then length, in which order they were found.
  first_phrase_.assign(n + 1, 0);
  for (const PhraseAt& phrase : complete_) ++first_phrase_[phrase.begin + std::size_t{1}];
  for (std::size_t i = 1; i <= n; ++i) first_phrase_[i] += first_phrase_[i - 1];
  line.phrases.resize(complete_.size());
  for (const PhraseAt& phrase : complete_) line.phrases[first_phrase_[phrase.begin]++] = phrase;
}

}  // namespace vernier::meteor
