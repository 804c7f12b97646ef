#include "metrics/text/ptb/emit.h"

#include "metrics/text/unicode/unicode.h"

namespace vernier::text::ptb {
namespace {

constexpr char16_t kSoftHyphen = 0x00AD;

void append(std::u16string_view units, std::string& out) {
  for (std::size_t i = 0; i < units.size(); ++i) {
    const char16_t c = units[i];
    if (c < 0xD800 || c > 0xDFFF) {
      append_utf8(out, c);
    } else if (c < 0xDC00 && i + 1 < units.size() && (units[i + 1] & 0xFC00) == 0xDC00) {
      append_utf8(out, 0x10000 + (char32_t(c & 0x3FF) << 10 | (units[++i] & 0x3FF)));
    }
  }
}

// Quotation marks in the Penn Treebank's LaTeX style.
void append_quotes(std::u16string_view units, bool open, std::string& out) {
  for (std::size_t i = 0; i < units.size(); ++i) {
    const char16_t c = units[i];
    if (c == u'&' && units.substr(i).starts_with(u"&apos;")) {
      out += open ? "`" : "'";
      i += 5;
    } else if (c == u'&' && units.substr(i).starts_with(u"&quot;")) {
      out += open ? "``" : "''";
      i += 5;
    } else if (c == u'\'') {
      out += open ? "`" : "'";
    } else if (c == u'"') {
      out += open ? "``" : "''";
    } else if (c == 0x0091 || c == 0x2018 || c == 0x201B || c == 0x2039) {
      out += '`';
    } else if (c == 0x0092 || c == 0x2019 || c == 0x203A) {
      out += '\'';
    } else if (c == 0x0093 || c == 0x201C || c == 0x00AB) {
      out += "``";
    } else if (c == 0x0094 || c == 0x201D || c == 0x00BB) {
      out += "''";
    } else {
      append(units.substr(i, 1), out);
    }
  }
}

void append_replacing(std::u16string_view units, bool spaces, bool parentheses, std::string& out) {
  for (std::size_t i = 0; i < units.size(); ++i) {
    const char16_t c = units[i];
    if (c == u' ' && spaces) {
      append_utf8(out, 0x00A0);
    } else if (c == u'(' && parentheses) {
      out += "-LRB-";
    } else if (c == u')' && parentheses) {
      out += "-RRB-";
    } else if ((c & 0xFC00) == 0xD800) {
      append(units.substr(i, 2), out);
      ++i;
    } else {
      append(units.substr(i, 1), out);
    }
  }
}

std::string_view bracket(char16_t c) {
  switch (c) {
    case u'{':
      return "-LCB-";
    case u'}':
      return "-RCB-";
    case u'[':
      return "-LSB-";
    case u']':
      return "-RSB-";
    case u'(':
      return "-LRB-";
    default:
      return "-RRB-";
  }
}

std::string_view currency(char16_t c) {
  switch (c) {
    case 0x00A2:
      return "cents";
    case 0x00A3:
      return "#";
    case 0x0080:
    case 0x00A4:
    case 0x20A0:
    case 0x20AC:
      return "$";
    default:
      return {};
  }
}

std::string_view vulgar_fraction(char16_t c) {
  switch (c) {
    case 0x00BC:
      return "1/4";
    case 0x00BD:
      return "1/2";
    case 0x00BE:
      return "3/4";
    case 0x2153:
      return "1/3";
    case 0x2154:
      return "2/3";
    default:
      return {};
  }
}

void append_named(std::string_view name, std::u16string_view units, std::string& out) {
  if (name.empty()) {
    append(units, out);
  } else {
    out += name;
  }
}

}  // namespace

void emit(Action action, std::u16string_view units, std::string& out) {
  switch (action) {
    case Action::kKeep:
    case Action::kWithStop:
      append(units, out);
      break;
    case Action::kWithoutStop:
      append(units.substr(0, units.size() - 1), out);
      break;
    case Action::kDropSoftHyphens: {
      const std::size_t before = out.size();
      for (const char16_t c : units) {
        if (c != kSoftHyphen) append({&c, 1}, out);
      }
      if (out.size() == before) out += '-';
      break;
    }
    case Action::kSpacesToNbsp:
      append_replacing(units, true, false, out);
      break;
    case Action::kPhone:
      append_replacing(units, true, true, out);
      break;
    case Action::kParentheses:
      append_replacing(units, false, true, out);
      break;
    case Action::kDash:
      out += "--";
      break;
    case Action::kAmpersand:
      out += '&';
      break;
    case Action::kCloseQuotes:
      append_quotes(units, false, out);
      break;
    case Action::kOpenQuotes:
      append_quotes(units, true, out);
      break;
    case Action::kVulgarFraction:
      append_named(vulgar_fraction(units[0]), units, out);
      break;
    case Action::kCurrency:
      append_named(currency(units[0]), units, out);
      break;
    case Action::kAmpEntity: {
      for (std::size_t i = 0; i < units.size(); ++i) {
        append(units.substr(i, 1), out);
        if (units[i] == u'&' && units.size() - i >= 5 && units[i + 4] == u';') i += 4;
      }
      break;
    }
    case Action::kLess:
      out += '<';
      break;
    case Action::kGreater:
      out += '>';
      break;
    case Action::kBracket:
      out += bracket(units[0]);
      break;
    case Action::kHyphens:
      if (units.size() == 3 || units.size() == 4) {
        out += "--";
      } else {
        append(units, out);
      }
      break;
    case Action::kEllipsis:
      out += "...";
      break;
    case Action::kSkip:
      break;
  }
}

}  // namespace vernier::text::ptb
