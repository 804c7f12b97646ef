// Tags, addresses and file names.
#include <algorithm>

#include "metrics/text/ptb/abbreviations.h"
#include "metrics/text/ptb/scanner/scanner.h"

namespace vernier::text::ptb {
namespace {

bool name_unit(char16_t c) { return ascii_alnum(c) || one_of(c, u"_:.-"); }

// The lexer writes these as negated sets: everything else belongs, halves of surrogate pairs too.
bool url_unit(char16_t c) { return c > u'}' || !one_of(c, u" \t\n\f\r\"<>|(){}"); }
bool url_last_unit(char16_t c) { return url_unit(c) && !one_of(c, u".!?,-"); }
bool path_unit(char16_t c) { return c > u'|' || !one_of(c, u" \t\n\f\r\"<>|()"); }
bool path_last_unit(char16_t c) { return path_unit(c) && !one_of(c, u".!?{},-"); }
bool www_unit(char16_t c) { return url_unit(c) && !one_of(c, u".!?,"); }
// A slip in the lexer's source makes one range of "," to "_".
bool host_unit(char16_t c) {
  return www_unit(c) && !(c >= u',' && c <= u'_') && !one_of(c, u"`'$");
}
bool email_unit(char16_t c) { return url_unit(c) && c != 0x00A0; }

}  // namespace

// Spaces and a name, perhaps a quoted value, any number of times.
std::size_t Scanner::attributes(std::size_t p) const {
  const std::size_t limit = std::min(n_, p + kLongestTag);
  std::size_t q = p;
  while (true) {
    const std::size_t name = q + run(q, u' ');
    if (name == q || !ascii_letter(unit(name))) return q - p;
    q = name;
    while (name_unit(unit(q))) ++q;
    const std::size_t equals = q + run(q, u' ');
    if (unit(equals) != u'=') continue;
    const std::size_t value = equals + 1 + run(equals + 1, u' ');
    const char16_t quote = unit(value);
    if (quote != u'\'' && quote != u'"') return q - p;
    std::size_t close = value + 1;
    while (close < limit && u_[close] != quote) ++close;
    if (close >= limit) return q - p;
    q = close + 1;
  }
}

std::size_t Scanner::tag(std::size_t p) {
  if (unit(p) != u'<') return 0;
  std::size_t q = p + 1;
  const char16_t c = unit(q);
  if (c == u'!' || c == u'?') {
    if (!ascii_letter(unit(q + 1)) && unit(q + 1) != u'-') return 0;
    if (tag_close_ < q || tag_close_from_ > q) {
      tag_close_from_ = q;
      tag_close_ = q;
      while (tag_close_ < n_ && !one_of(u_[tag_close_], u">\r\n")) ++tag_close_;
    }
    return unit(tag_close_) == u'>' ? tag_close_ + 1 - p : 0;
  }
  const bool closing = c == u'/';
  if (closing) ++q;
  if (!ascii_letter(unit(q))) return 0;
  while (name_unit(unit(q))) ++q;
  if (!closing) {
    q += attributes(q);
    q += run(q, u' ');
    if (unit(q) == u'/') ++q;
  }
  q += run(q, u' ');
  return unit(q) == u'>' ? q + 1 - p : 0;
}

std::size_t Scanner::url(std::size_t p) const {
  if (!matches(p, "http")) return 0;
  std::size_t q = p + 4;
  if (matches(q, "s")) ++q;
  if (!matches(q, "://")) return 0;
  q += 3;
  const std::size_t begin = q;
  std::size_t last = 0;
  for (; q < n_ && url_unit(u_[q]); ++q) {
    if (q > begin && url_last_unit(u_[q])) last = q;
  }
  return last == 0 ? 0 : last + 1 - p;
}

// The path behind a host that ends at p: a slash and at least two more units.
std::size_t Scanner::url_path(std::size_t p) const {
  if (unit(p) != u'/') return 0;
  std::size_t last = 0;
  for (std::size_t q = p + 1; q < n_ && path_unit(u_[q]); ++q) {
    if (q > p + 1 && path_last_unit(u_[q])) last = q;
  }
  return last == 0 ? 0 : last + 1 - p;
}

// The end of the longest address whose host begins at p, 0 for none.
std::size_t Scanner::host_end(std::size_t p, bool www) {
  std::size_t best = 0, q = p, segment = p;
  bool path_tried = false;
  for (; q < n_; ++q) {
    if (u_[q] != u'.') {
      if (www ? !www_unit(u_[q]) : !host_unit(u_[q])) break;
      continue;
    }
    if (q == segment) break;
    segment = q + 1;
    std::size_t end = 0;
    if (www) {
      std::size_t letters = 0;
      while (letters < 4 && ascii_letter(unit(segment + letters))) ++letters;
      if (letters >= 2) end = segment + letters;
    } else if (matches(segment, "com") || matches(segment, "net") || matches(segment, "org") ||
               matches(segment, "edu")) {
      end = segment + 3;
    }
    if (end == 0) continue;
    best = std::max(best, end);
    if (unit(end) == u'/' && !path_tried) {  // paths of later ends would end at the same unit
      path_tried = true;
      best = std::max(best, end + url_path(end));
    }
  }
  if (best == 0) (www ? no_www_until_ : no_likely_url_until_) = q;
  return best;
}

std::size_t Scanner::likely_url(std::size_t p) {
  std::size_t end = 0;
  if (p >= no_www_until_ && matches(p, "www.")) end = host_end(p + 4, true);
  if (p >= no_likely_url_until_ && p < n_ && host_unit(u_[p])) {
    end = std::max(end, host_end(p, false));
  }
  return end == 0 ? 0 : end - p;
}

std::size_t Scanner::email(std::size_t p) {
  std::size_t start = p;
  if (unit(p) == u'<') {
    start = p + 1;
  } else if (unit(p) == u'&') {
    if (!matches(p, "&lt;")) return 0;
    start = p + 4;
  }
  if (!ascii_alnum(unit(start))) return 0;
  if (start >= email_until_) {
    email_last_at_ = 0;
    std::size_t q = start;
    for (; q < n_ && email_unit(u_[q]); ++q) {
      if (u_[q] == u'@' && q + 1 < n_ && u_[q + 1] != u'.' && email_unit(u_[q + 1])) {
        email_last_at_ = q;
      }
    }
    email_until_ = q;
    if (email_last_at_ != 0) {  // the last @ reaches furthest
      std::size_t end = email_last_at_ + 1;
      while (end < q && !(u_[end] == u'.' && (end + 1 == q || u_[end + 1] == u'.'))) ++end;
      email_end_ = end + (end == q && unit(q) == u'>' ? 1 : 0);
    }
  }
  return email_last_at_ > start ? email_end_ - p : 0;
}

std::size_t Scanner::twitter(std::size_t p) const {
  std::size_t q = p + 1;
  if (unit(p) == u'@') {
    if (!ascii_letter(unit(q)) && unit(q) != u'_') return 0;
    while (ascii_alnum(unit(q)) || unit(q) == u'_') ++q;
    return q - p;
  }
  if (unit(p) != u'#') return 0;
  while (const std::size_t letter = word_letter(q)) q += letter;
  return q == p + 1 ? 0 : q - p;
}

Span Scanner::file_name(std::size_t p) {
  if (p < no_file_name_until_) return {};
  Span best;
  std::size_t q = p;
  while (const std::size_t segment = letters_and_digits(q)) {
    q += segment;
    if (unit(q) != u'.') break;
    const std::size_t stem = q + 1;
    const std::size_t extension = longest_entry(AbbreviationList::kFileName, u_ + stem, n_ - stem);
    const std::size_t end = stem + extension;
    if (extension != 0 && (is_space_or_newline(end) || one_of(unit(end), u".?!,"))) {
      const std::size_t context = unit(end) == u'\r' && unit(end + 1) == u'\n' ? 2 : 1;
      best = {end + context - p, end - p};
    }
    ++q;
  }
  if (best.total == 0) no_file_name_until_ = q;
  return best;
}

}  // namespace vernier::text::ptb
