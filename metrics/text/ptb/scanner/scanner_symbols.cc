// Numbers, dates, phone numbers, smileys.
#include <algorithm>

#include "metrics/text/ptb/scanner/scanner.h"

namespace vernier::text::ptb {
namespace {

bool blank_or_hyphen(char16_t c) { return c == u'-' || c == u' ' || c == 0x00A0; }

}  // namespace

std::size_t Scanner::ascii_digits(std::size_t p, std::size_t most) const {
  std::size_t q = p;
  while (q - p < most && ascii_digit(unit(q))) ++q;
  return q - p;
}

std::size_t Scanner::date(std::size_t p) const {
  const auto separator = [&](std::size_t q) { return one_of(unit(q), u"-/"); };
  const auto short_run = [&](std::size_t q) {
    return is(q, kDigit) ? (is(q + 1, kDigit) ? std::size_t{2} : 1) : 0;
  };
  std::size_t q = p;
  for (int i = 0; i < 2; ++i) {
    const std::size_t run = short_run(q);
    if (run == 0 || !separator(q + run)) return 0;
    q += run + 1;
  }
  std::size_t year = 0;
  while (year < 4 && is(q + year, kDigit)) ++year;
  return year >= 2 ? q + year - p : 0;
}

std::size_t Scanner::number(std::size_t p) const {
  std::size_t q = p + (one_of(unit(p), u"-+") ? 1 : 0);
  const std::size_t begin = q;
  q += digits(q);
  while (one_of(unit(q), u".:,\u00AD\u066B\u066C") && is(q + 1, kDigit)) {
    ++q;
    q += digits(q);
  }
  return q == begin ? 0 : q - p;
}

std::size_t Scanner::script_number(std::size_t p) const {
  const std::size_t sign = one_of(unit(p), u"\u207A\u207B\u208A\u208B") ? 1 : 0;
  const auto superscript = [](char16_t c) {
    return c == 0x2070 || c == 0x00B9 || c == 0x00B2 || c == 0x00B3 || (c >= 0x2074 && c <= 0x2079);
  };
  const auto subscript = [](char16_t c) { return c >= 0x2080 && c <= 0x2089; };
  std::size_t q = p + sign;
  while (superscript(unit(q))) ++q;
  if (q == p + sign) {
    while (subscript(unit(q))) ++q;
  }
  return q == p + sign ? 0 : q - p;
}

std::size_t Scanner::fraction(std::size_t p) const {
  // Runs of at most four digits; the separators pin their ends.
  const auto part = [&](std::size_t q) {
    std::size_t run = 0;
    while (run < 4 && is(q + run, kDigit)) ++run;
    return run;
  };
  const auto plain = [&](std::size_t q) -> std::size_t {
    const std::size_t above = part(q);
    if (above == 0) return 0;
    const char16_t c = unit(q + above);
    const std::size_t slash = c == u'/' || c == 0x2044                    ? 1
                              : c == u'\\' && unit(q + above + 1) == u'/' ? 2
                                                                          : 0;
    const std::size_t below = slash == 0 ? 0 : part(q + above + slash);
    return below == 0 ? 0 : above + slash + below;
  };
  const std::size_t whole = part(p);
  if (whole != 0 && blank_or_hyphen(unit(p + whole))) {
    const std::size_t rest = plain(p + whole + 1);
    return rest == 0 ? 0 : whole + 1 + rest;
  }
  return plain(p);
}

// Three or four digits, perhaps a separator, three to five digits.
std::size_t Scanner::phone_tail(std::size_t p) const {
  const std::size_t run = ascii_digits(p, 9);
  if (run >= 6) return run;
  if ((run == 3 || run == 4) && blank_or_hyphen(unit(p + run))) {
    const std::size_t last = ascii_digits(p + run + 1, 5);
    if (last >= 3) return run + 1 + last;
  }
  return 0;
}

std::size_t Scanner::phone(std::size_t p) const {
  std::size_t best = 0;
  const auto take = [&](std::size_t end) { best = std::max(best, end - p); };
  if (unit(p) == u'(') {
    const std::size_t area = ascii_digits(p + 1, 4);
    if ((area != 2 && area != 3) || unit(p + 1 + area) != u')') return 0;
    std::size_t q = p + area + 2;
    if (unit(q) == u' ' || unit(q) == 0x00A0) ++q;
    const std::size_t tail = phone_tail(q);
    return tail == 0 ? 0 : q + tail - p;
  }
  const std::size_t plus = run(p, u'+', 2);
  const auto group = [&](std::size_t q, std::size_t least, std::size_t most) {
    const std::size_t length = ascii_digits(q, most + 1);
    return length >= least && length <= most ? length : 0;
  };
  std::size_t q = p + plus;
  // One or two groups, each with a blank or hyphen behind it.
  for (int i = 0; i < 2; ++i) {
    const std::size_t length = group(q, 2, 4);
    if (length == 0 || !blank_or_hyphen(unit(q + length))) break;
    q += length + 1;
    if (const std::size_t tail = phone_tail(q)) take(q + tail);
  }
  // Groups with full stops between them.
  std::size_t ends[4] = {};
  std::size_t lengths[4] = {};
  int groups = 0;
  for (q = p + plus; groups < 4;) {
    const std::size_t length = ascii_digits(q, 6);
    if (length == 0) break;
    lengths[groups] = length;
    ends[groups] = q + length;
    ++groups;
    if (unit(q + length) != u'.') break;
    q += length + 1;
  }
  const auto within = [&](int i, std::size_t least, std::size_t most) {
    return lengths[i] >= least && lengths[i] <= most;
  };
  const auto last = [&](int i) {
    return ends[i] - lengths[i] + std::min<std::size_t>(lengths[i], 5);
  };
  if (plus == 0 && groups >= 3 && within(0, 2, 4) && within(1, 3, 4) && lengths[2] >= 3) {
    take(last(2));
  }
  if (groups == 4 && within(0, 2, 4) && within(1, 2, 4) && within(2, 3, 4) && lengths[3] >= 3) {
    take(last(3));
  }
  return best;
}

std::size_t Scanner::dollar(std::size_t p) const {
  if (unit(p) == u'#') return 1;
  std::size_t q = p;
  while (unit(q) >= u'A' && unit(q) <= u'Z') ++q;
  return unit(q) == u'$' ? q + 1 - p : 0;
}

// Includes the check that no ASCII letter or digit follows, and that something does.
std::size_t Scanner::smiley(std::size_t p) const {
  std::size_t q = p + (one_of(unit(p), u"<>") ? 1 : 0);
  if (!one_of(unit(q), u":;=")) return 0;
  ++q;
  const auto mouth = [&](std::size_t at) -> std::size_t {
    if (!one_of(unit(at), u"()DPdpO\\{@|[]") || at + 1 >= n_) return 0;
    return ascii_alnum(u_[at + 1]) ? 0 : at + 1 - p;
  };
  if (one_of(unit(q), u"-o*'")) {
    if (const std::size_t length = mouth(q + 1)) return length;
  }
  return mouth(q);
}

std::size_t Scanner::asian_smiley(std::size_t p) {
  constexpr std::u16string_view kEyes = u"^x=~<>", kWideEyes = u"-^x=~<>'";
  std::size_t best = 0;
  if (one_of(unit(p), kEyes) && unit(p + 1) == u'.' && matches(p + 2, "[^x=")) {
    // A slip in the lexer's source: "~<" was read as "everything up to the next <".
    const std::size_t from = p + 6;
    if (next_less_ < from) {
      next_less_ = from;
      while (next_less_ < n_ && u_[next_less_] != u'<') ++next_less_;
    }
    if (unit(next_less_ + 1) == u'>' && unit(next_less_ + 2) == u']') best = next_less_ + 3 - p;
  }
  if (one_of(unit(p), kWideEyes) && unit(p + 1) == u'_' && one_of(unit(p + 2), kWideEyes)) {
    best = std::max<std::size_t>(best, 3);
  }
  if (unit(p) == u'(' && one_of(unit(p + 1), kWideEyes)) {
    const std::size_t nose = one_of(unit(p + 2), u"_.") ? 1 : 0;
    if (one_of(unit(p + 2 + nose), kWideEyes) && unit(p + 3 + nose) == u')') {
      best = std::max(best, 4 + nose);
    }
  }
  if (unit(p) == u'(' && one_of(unit(p + 1), u"^x=~<>'") && unit(p + 2) == u'-' &&
      one_of(unit(p + 3), u"^x=~<>'`") && unit(p + 4) == u')') {
    best = std::max<std::size_t>(best, 5);
  }
  return best;
}

std::size_t Scanner::ellipsis(std::size_t p) const {
  const char16_t c = unit(p);
  if (c == 0x0085 || c == 0x2026) return 1;
  if (c != u'.') return 0;
  std::size_t best = 0;
  const std::size_t dots = run(p, u'.', 5);
  if (dots >= 3) best = dots;
  std::size_t q = p;
  for (int pairs = 1; pairs <= 4; ++pairs) {
    if (unit(q) != u'.' || (unit(q + 1) != u' ' && unit(q + 1) != 0x00A0)) break;
    q += 2;
    if (pairs >= 2 && unit(q) == u'.') best = std::max(best, q + 1 - p);
  }
  return best;
}

std::size_t Scanner::character_entity(std::size_t p) const {
  if (unit(p) != u'&') return 0;
  for (const std::string_view name :
       {"&ht;", "&tl;", "&ur;", "&lr;", "&qc;", "&ql;", "&qr;", "&odq;", "&cdq;"}) {
    if (matches(p, name)) return name.size();
  }
  if (unit(p + 1) != u'#') return 0;
  const std::size_t length = ascii_digits(p + 2, n_);
  return length != 0 && unit(p + 2 + length) == u';' ? length + 3 : 0;
}

}  // namespace vernier::text::ptb
