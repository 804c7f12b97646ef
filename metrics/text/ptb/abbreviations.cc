#include "metrics/text/ptb/abbreviations.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "metrics/text/ptb/scanner/unit_class.h"

namespace vernier::text::ptb {
namespace {

// clang-format off
constexpr std::string_view kLow[] = {
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    "mon", "tue", "tues", "wed", "thu", "thurs", "fri",
    "ala", "ariz", "=az", "=ark", "calif", "colo", "conn", "ct", "dak", "=del", "fla", "ga", "=ill",
    "ind", "kan", "kans", "ky", "=la", "=mass", "md", "mich", "minn", "=miss", "mo", "mont", "neb",
    "nev", "okla", "=ore", "=pa", "penn", "tenn", "=tex", "va", "vt", "=wash", "wis", "wisc", "wyo",
    "inc", "co", "cos", "corp", "pt=y", "pt=e", "ppt=y", "ppt=e", "pt=ys", "pt=es", "ppt=ys",
    "ppt=es", "ltd", "plc", "rt", "bancorp", "bhd", "assn", "univ", "intl", "sys",
    "tel", "est", "ext", "sq", "jr", "sr", "bros", "ed.d", "ph.d", "blvd", "rd", "esq",
    "etc", "al", "seq", "bldg"};
constexpr std::string_view kUp[] = {
    "mr", "mrs", "ms", "=miss", "dr", "drs", "prof", "profs", "sen", "sens", "rep", "reps", "atty",
    "attys", "lt", "col", "gen", "messrs", "gov", "govs", "adm", "rev", "maj", "sgt", "cpl", "pvt",
    "capt", "st", "ste", "ave", "pres", "lieut", "hon", "brig", "cmdr", "comdr", "pfc", "spc",
    "supt", "supts", "det", "mt", "ft", "adj", "adv", "asst", "assoc", "ens", "insp", "mlle", "mme",
    "msgr", "sfc", "vs", "alex", "wm", "jos", "cie", "a.k.a", "cf", "treas", "ph", "invt", "elec",
    "natl", "m=fg", "m=tg", "dept"};
constexpr std::string_view kNumber[] = {
    "ca", "fig", "figs", "prop", "no", "nos", "art", "bldg", "pp", "op"};
constexpr std::string_view kFileName[] = {
    "bat", "bmp", "c", "class", "cgi", "cpp", "dll", "doc", "docx", "exe", "gif", "gz", "h", "htm",
    "html", "jar", "java", "jpeg", "jpg", "mov", "mp3", "pdf", "php", "pl", "png", "ppt", "ps",
    "py", "sql", "tar", "txt", "wav", "x", "xml", "zip"};
// clang-format on

// Upper case after "=" is written in lower case above where the lexer wants a capital: states and
// "Miss" only; "pty", "pte", "mfg" and "mtg" want the small letter.
bool wants_capital(std::string_view entry) { return entry.front() == '='; }

std::size_t match(std::string_view entry, const char16_t* units, std::size_t size) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < entry.size(); ++i, ++length) {
    if (length == size) return 0;
    if (entry[i] == '=') {
      ++i;
      const char16_t exact =
          wants_capital(entry) ? char16_t(entry[i] - 32) : static_cast<char16_t>(entry[i]);
      if (units[length] != exact) return 0;
    } else if (fold(units[length]) != static_cast<char16_t>(entry[i])) {
      return 0;
    }
  }
  return length;
}

char first_letter(std::string_view entry) { return entry.front() == '=' ? entry[1] : entry[0]; }

// Entries of one list by their first letter.
class Index {
 public:
  explicit Index(std::span<const std::string_view> entries) {
    for (const std::string_view e : entries) {
      by_letter_[static_cast<std::size_t>(first_letter(e) - 'a')].push_back(e);
    }
  }
  std::size_t longest(const char16_t* units, std::size_t size) const {
    const char16_t c = size == 0 ? u'\0' : fold(units[0]);
    if (c < u'a' || c > u'z') return 0;
    std::size_t longest = 0;
    for (const std::string_view e : by_letter_[static_cast<std::size_t>(c - u'a')]) {
      longest = std::max(longest, match(e, units, size));
    }
    return longest;
  }

 private:
  std::array<std::vector<std::string_view>, 26> by_letter_;
};

// Up to eight letters as one number; case dropped.
std::uint64_t packed(std::string_view letters) {
  std::uint64_t key = 0;
  for (const char c : letters) key = key << 8 | static_cast<unsigned char>(c | 0x20);
  return key;
}

constexpr std::size_t kSetSize = 1024;  // 150 entries: most probes see an empty slot

std::size_t slot(std::uint64_t key) { return (key * 0x9E3779B97F4A7C15ULL) >> 54; }

class PackedSet {
 public:
  PackedSet() {
    for (const auto list : {std::span<const std::string_view>(kLow), {kUp}, {kNumber}}) {
      for (const std::string_view entry : list) {
        std::string letters;
        for (const char c : entry) {
          if (c == '.') break;  // the word that stands before the first full stop
          if (c != '=') letters.push_back(c);
        }
        insert(packed(letters));
      }
    }
  }
  bool contains(std::uint64_t key) const {
    for (std::size_t i = slot(key);; i = (i + 1) % kSetSize) {
      if (keys_[i] == key) return true;
      if (keys_[i] == 0) return false;
    }
  }

 private:
  void insert(std::uint64_t key) {
    std::size_t i = slot(key);
    while (keys_[i] != 0 && keys_[i] != key) i = (i + 1) % kSetSize;
    keys_[i] = key;
  }
  std::array<std::uint64_t, kSetSize> keys_{};
};

}  // namespace

std::size_t longest_entry(AbbreviationList list, const char16_t* units, std::size_t size) {
  static const Index low(kLow), up(kUp), number(kNumber), file_name(kFileName);
  switch (list) {
    case AbbreviationList::kLow:
      return low.longest(units, size);
    case AbbreviationList::kUp:
      return up.longest(units, size);
    case AbbreviationList::kNumber:
      return number.longest(units, size);
    case AbbreviationList::kFileName:
      return file_name.longest(units, size);
  }
  return 0;
}

bool may_be_abbreviation(std::string_view letters) {
  static const PackedSet set;
  return letters.size() <= 8 && set.contains(packed(letters));
}

}  // namespace vernier::text::ptb
