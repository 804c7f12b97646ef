// Words: letters, apostrophes, hyphens, acronyms.
#include <algorithm>

#include "metrics/text/ptb/scanner/scanner.h"

namespace vernier::text::ptb {
namespace {

constexpr char16_t kSoftHyphen = 0x00AD;

bool ascii_upper(char16_t c) { return c >= u'A' && c <= u'Z'; }
bool hyphen(char16_t c) {
  return c == u'-' || c == u'_' || c == 0x058A || c == 0x2010 || c == 0x2011;
}

// Words that begin a sentence after an acronym; their first letter must be a capital.
constexpr std::string_view kSentenceStarts[] = {
    "about", "according", "additionally", "after", "an",    "a",       "as",   "at",
    "but",   "earlier",   "he",           "her",   "here",  "however", "if",   "in",
    "it",    "last",      "many",         "more",  "mr.",   "ms.",     "now",  "once",
    "one",   "other",     "our",          "she",   "since", "so",      "some", "such",
    "that",  "the",       "their",        "then",  "there", "these",   "they", "this",
    "we",    "when",      "while",        "what",  "yet",   "you"};

constexpr std::string_view kFixedAcronyms[] = {"canada-u.s", "sino-u.s",    "korean-u.s",
                                               "eu-u.s",     "japan-u.s",   "non-u.s",
                                               "u.s.-u.k",   "u.s.-u.s.s.r"};

}  // namespace

bool Scanner::matches(std::size_t p, std::string_view lower) const {
  if (n_ - std::min(p, n_) < lower.size()) return false;
  for (std::size_t i = 0; i < lower.size(); ++i) {
    if (fold(u_[p + i]) != static_cast<unsigned char>(lower[i])) return false;
  }
  return true;
}

std::size_t Scanner::run(std::size_t p, char16_t c, std::size_t most) const {
  std::size_t q = p;
  while (q - p < most && q < n_ && u_[q] == c) ++q;
  return q - p;
}

std::size_t Scanner::units_in(std::size_t p, unsigned classes) const {
  std::size_t q = p;
  while (is(q, classes)) ++q;
  return q - p;
}

std::size_t Scanner::apostrophe(std::size_t p) const {
  const char16_t c = unit(p);
  if (c == u'\'' || c == 0x0092 || c == 0x2019) return 1;
  return c == u'&' && matches(p, "&apos;") ? 6 : 0;
}

std::size_t Scanner::wide_apostrophe(std::size_t p) const {
  const char16_t c = unit(p);
  if (c == u'`' || c == 0x0091 || c == 0x2018 || c == 0x201B) return 1;
  return apostrophe(p);
}

std::size_t Scanner::auxiliary(std::size_t p) const {
  const std::size_t a = apostrophe(p);
  if (a == 0) return 0;
  if (matches(p + a, "re") || matches(p + a, "ve") || matches(p + a, "ll")) return a + 2;
  return one_of(unit(p + a), u"msdMSD") ? a + 1 : 0;
}

std::size_t Scanner::negation(std::size_t p) const {
  if (!matches(p, "n")) return 0;
  const std::size_t a = wide_apostrophe(p + 1);
  return a != 0 && matches(p + 1 + a, "t") ? a + 2 : 0;
}

std::size_t Scanner::word_letter(std::size_t p) const {
  if (is(p, kWordLetter)) return 1;
  if (unit(p) != u'&' || !one_of(unit(p + 1), u"aeiouAEIOU")) return 0;
  if (matches(p + 2, "acute;") || matches(p + 2, "grave;")) return 8;
  return matches(p + 2, "uml;") ? 6 : 0;
}

std::size_t Scanner::letters_and_digits(std::size_t p) const {
  std::size_t q = p;
  while (true) {
    if (is(q, kWordLetter | kDigit)) {
      ++q;
    } else if (const std::size_t entity = word_letter(q)) {
      q += entity;
    } else {
      return q - p;
    }
  }
}

std::size_t Scanner::word(std::size_t p) const {
  std::size_t q = p;
  while (const std::size_t first = word_letter(q)) {
    q += first;
    q += letters_and_digits(q);
    if (!one_of(unit(q), u".!?") || word_letter(q + 1) == 0) return q - p;
    ++q;
  }
  return q - p;
}

std::size_t Scanner::negation_stem(std::size_t p) const {
  std::size_t q = p;
  while (ascii_letter(unit(q)) || unit(q) == kSoftHyphen) ++q;
  // The run ends with the n of n't.
  if (q < p + 2 || !ascii_letter(u_[q - 1]) || negation(q - 1) == 0) return 0;
  const std::size_t end = q - 1;
  std::size_t last = end;
  while (last > p && u_[last - 1] == kSoftHyphen) --last;
  return last > p && !one_of(u_[last - 1], u"nN") ? end - p : 0;
}

std::size_t Scanner::apostrophe_word(std::size_t p) const {
  std::size_t best = 0;
  const auto take = [&](std::size_t length) { best = std::max(best, length); };
  const char16_t c = unit(p);
  if (const std::size_t a = apostrophe(p)) {
    if (matches(p + a, "n")) take(a + 1 + apostrophe(p + a + 1));
    if (matches(p + a, "em")) take(a + 2);
    if (matches(p + a, "til")) take(a + (matches(p + a, "till") ? 4 : 3));
    if (matches(p + a, "cause")) take(a + 5);
    if (unit(p + a) >= u'2' && unit(p + a) <= u'9' && matches(p + a + 1, "0s")) take(a + 3);
    if (matches(p, "'twas")) take(5);
    return best;
  }
  if (one_of(c, u"lLdDjJ")) {
    if (const std::size_t a = apostrophe(p + 1)) take(1 + a);
  }
  if ((ascii_upper(c) && c != u'I' && c != u'Y') || c == u'n') {
    const std::size_t a = wide_apostrophe(p + 1);
    if (a != 0) {
      const std::size_t letters = units_in(p + 1 + a, kLetter);
      if (letters >= 2) take(1 + a + letters);
    }
  }
  const std::size_t letters = units_in(p, kLetter);
  if (letters >= 2 && one_of(u_[p + letters - 1], u"aeiouyAEIOUY")) {
    const std::size_t a = wide_apostrophe(p + letters);
    const char16_t next = unit(p + letters + a);
    if (a != 0 && (one_of(next, u"aeiou") || ascii_upper(next))) {
      take(letters + a + 1 + units_in(p + letters + a + 1, kLetter));
    }
  }
  for (const std::string_view stem : {"dunkin", "somethin", "ol"}) {
    if (matches(p, stem)) {
      if (const std::size_t a = apostrophe(p + stem.size())) take(stem.size() + a);
    }
  }
  for (const std::string_view whole :
       {"cont'd.", "cont'd", "nor'easter", "c'mon", "e'er", "s'mores", "ev'ry", "li'l", "nat'l"}) {
    if (matches(p, whole)) take(whole.size());
  }
  if (matches(p, "o")) {
    const std::size_t a = wide_apostrophe(p + 1);
    if (a != 0 && matches(p + 1 + a, "o")) take(a + 2);
  }
  return best;
}

// Single letters with full stops between them: the end of the longest such row.
std::size_t Scanner::acronym_letters(std::size_t p) const {
  if (!ascii_letter(unit(p))) return 0;
  std::size_t q = p + 1;
  while (unit(q) == u'.' && ascii_letter(unit(q + 1))) q += 2;
  return q - p;
}

std::size_t Scanner::fixed_acronym(std::size_t p) const {
  for (const std::string_view whole : kFixedAcronyms) {
    if (matches(p, whole)) return whole.size();
  }
  return 0;
}

std::size_t Scanner::acronym_then_stop(std::size_t p) const {
  const std::size_t letters = acronym_letters(p), fixed = fixed_acronym(p);
  std::size_t best = 0;
  if (letters != 0) {
    if (unit(p + letters) == u'.') {
      best = letters + 1;
    } else if (letters >= 3) {
      best = letters - 1;
    }
  }
  if (fixed != 0 && unit(p + fixed) == u'.') best = std::max(best, fixed + 1);
  return best;
}

std::size_t Scanner::acronym_then_space(std::size_t p) const {
  const std::size_t letters = acronym_letters(p), fixed = fixed_acronym(p);
  std::size_t best = 0;
  if (letters != 0 && is_space_or_newline(p + letters)) best = letters;
  if (fixed != 0 && is_space_or_newline(p + fixed)) best = std::max(best, fixed);
  return best;
}

Span Scanner::acronym_then_sentence(std::size_t p) {
  std::size_t acronym = acronym_letters(p);
  if (acronym == 0) return {};
  if (unit(p + acronym) != u'.' || !is_space_or_newline(p + acronym + 1)) {
    acronym = fixed_acronym(p);
    if (acronym == 0 || unit(p + acronym) != u'.') return {};
  }
  const std::size_t stop = p + acronym + 1;
  const std::size_t gap = units_in(stop, kSpace | kNewline);
  const std::size_t next = stop + gap;
  if (gap == 0) return {};
  std::size_t end = 0;
  const auto closes = [&](std::size_t q) {
    if (!is_space_or_newline(q)) return;
    end = std::max(end, q + (unit(q) == u'\r' && unit(q + 1) == u'\n' ? 2 : 1));
  };
  if (ascii_upper(unit(next))) {
    for (const std::string_view start : kSentenceStarts) {
      if (matches(next, start)) closes(next + start.size());
    }
  } else if (const std::size_t length = tag(next)) {
    closes(next + length);
  }
  return end == 0 ? Span{} : Span{end - p, acronym + 1};
}

std::size_t Scanner::sentence_gap(std::size_t p) {
  if (!is_space_or_newline(p)) return 0;
  std::size_t best = 0;
  const auto after = [&](std::size_t gap) {
    const std::size_t next = p + gap;
    if (is_space_or_newline(next)) {
      best = std::max<std::size_t>(best,
                                   gap + (unit(next) == u'\r' && unit(next + 1) == u'\n' ? 2 : 1));
    } else if (is(next, kUpper)) {
      best = std::max(best, gap + 1);
    } else if (const std::size_t length = tag(next)) {
      best = std::max(best, gap + length);
    }
  };
  after(1);
  if (unit(p) == u'\r' && unit(p + 1) == u'\n') after(2);
  return best;
}

// What may stand behind a hyphen of «hyphnum»: an acronym with its full stop, or letters and
// digits. An acronym of one letter is no acronym here.
std::size_t Scanner::hyphen_part(std::size_t p) const {
  std::size_t q = p;
  while (ascii_letter(unit(q)) && unit(q + 1) == u'.') q += 2;
  if (q - p >= 4) return q - p;
  q = p;
  while (ascii_alnum(unit(q)) || unit(q) == kSoftHyphen) ++q;
  return q - p;
}

std::size_t Scanner::hyphenated_number(std::size_t p) {
  if (!ascii_alnum(unit(p))) return 0;
  if (p >= hyphen_run_until_) {
    std::size_t q = p;
    while (ascii_alnum(unit(q)) || one_of(unit(q), u".,\u00AD")) ++q;
    hyphen_run_until_ = q;
    hyphen_run_hits_ = unit(q) == u'-';
  }
  if (!hyphen_run_hits_) return 0;
  std::size_t q = hyphen_run_until_;
  while (unit(q) == u'-') {
    const std::size_t part = hyphen_part(q + 1);
    if (part == 0) break;
    q += 1 + part;
  }
  return q == hyphen_run_until_ ? 0 : q - p;
}

std::size_t Scanner::chunk(std::size_t p) const {
  const std::size_t plain = units_in(p, kLetter | kDigit);
  if (plain == 1 && one_of(u_[p], u"dDoOlL")) {
    const std::size_t a = wide_apostrophe(p + 1);
    if (a != 0) {
      const std::size_t more = units_in(p + 1 + a, kLetter | kDigit);
      if (more >= 2) return 1 + a + more;
    }
  }
  return plain;
}

std::size_t Scanner::hyphenated_word(std::size_t p) const {
  std::size_t q = p + chunk(p);
  if (q == p) return 0;
  while (hyphen(unit(q))) {
    const std::size_t next = chunk(q + 1);
    if (next == 0) break;
    q += 1 + next;
  }
  return q - p;
}

std::size_t Scanner::ampersand_word(std::size_t p) const {
  const auto capitals = [&](std::size_t from) {
    std::size_t q = from;
    while (ascii_upper(unit(q))) ++q;
    return q - from;
  };
  const std::size_t first = capitals(p);
  if (first == 0) return 0;
  std::size_t q = p + first;
  while (true) {
    std::size_t separator = 0;
    if (matches(q, "&amp;") && ascii_upper(unit(q + 5))) {
      separator = 5;
    } else if (one_of(unit(q), u"+&") && ascii_upper(unit(q + 1))) {
      separator = 1;
    } else {
      break;
    }
    q += separator + capitals(q + separator);
  }
  return q == p + first ? 0 : q - p;
}

std::size_t Scanner::slash_part(std::size_t p) const {
  std::size_t q = p;
  while (ascii_alnum(unit(q))) ++q;
  if (q == p) return 0;
  for (int i = 0; i < 2 && unit(q) == u'-' && ascii_letter(unit(q + 1)); ++i) {
    ++q;
    while (ascii_letter(unit(q))) ++q;
  }
  return q - p;
}

std::size_t Scanner::slash_word(std::size_t p) const {
  const std::size_t first = slash_part(p);
  if (first == 0) return 0;
  std::size_t q = p + first;
  for (int i = 0; i < 2; ++i) {
    const std::size_t slash = unit(q) == u'/' ? 1 : unit(q) == u'\\' && unit(q + 1) == u'/' ? 2 : 0;
    const std::size_t part = slash == 0 ? 0 : slash_part(q + slash);
    if (part == 0) break;
    q += slash + part;
  }
  return q == p + first ? 0 : q - p;
}

std::size_t Scanner::special_string(std::size_t p) const {
  for (const std::string_view whole :
       {"-rrb-", "-lrb-", "-rcb-", "-lcb-", "-rsb-", "-lsb-", "c.d.s", "pro-", "anti-", "s&p-500",
        "s&amp;p-500", "s&ls", "s&amp;ls"}) {
    if (matches(p, whole)) return whole.size();
  }
  if (matches(p, "cap")) {
    const std::size_t a = apostrophe(p + 3);
    if (a != 0 && matches(p + 3 + a, "n")) return a + 4;
  }
  if (matches(p, "c")) {
    const std::size_t a = apostrophe(p + 1);
    if (a != 0 && matches(p + 1 + a, "est")) return a + 4;
  }
  return 0;
}

}  // namespace vernier::text::ptb
