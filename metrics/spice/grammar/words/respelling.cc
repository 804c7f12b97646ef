#include "metrics/spice/grammar/words/respelling.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "metrics/text/unicode/unicode.h"

namespace vernier::spice {
namespace {

/// Words that begin alike: `from` + ending becomes `to` + ending, for each ending (between bars).
struct Family {
  std::string_view from, to, endings;
};

constexpr Family kFamilies[] = {
    // -our
    {"armoured", "armored", ""},
    {"candour", "candor", ""},
    {"clamour", "clamor", ""},
    {"colour", "color", "ed|ing|ful"},
    {"discolour", "discolor", "|s|ed|ing"},
    {"endeavour", "endeavor", "|s|ed|ing"},
    {"fervour", "fervor", ""},
    {"favour", "favor", "|s|ed|ing|ite|ites"},
    {"flavour", "flavor", "|s|ed|ing"},
    {"harbour", "harbor", "|s"},
    {"honour", "honor", "|s|ed|ing|able"},
    {"humour", "humor", "|s|ed|ing"},
    {"labour", "labor", "|s|ed|ing"},
    {"Labour", "Labor", ""},
    {"misdemeanour", "misdemeanor", "|s"},
    {"neighbour", "neighbor", "|s|hood|hoods"},
    {"rumour", "rumor", "ed|ing"},
    {"savour", "savor", "|s|ed|ing"},
    {"splendour", "splendor", "|s"},
    // -ise, -yse
    {"analys", "analyz", "e|ed|ing"},
    {"capitalis", "capitaliz", "e|ed|ation"},
    {"finalis", "finaliz", "e|ed|ing"},
    {"localis", "localiz", "e|ed"},
    {"maximis", "maximiz", "e|ed|ing"},
    {"minimis", "minimiz", "e|ed|ing"},
    {"modernis", "moderniz", "e|ed|ing"},
    {"organisation", "organization", "|s"},
    {"penalis", "penaliz", "e|ed"},
    {"popularis", "populariz", "e|ed|es|ing"},
    {"pressuris", "pressuriz", "e|ed|es|ing"},
    {"realis", "realiz", "e|ed|ing|es"},
    {"recognis", "recogniz", "e|ed|ing|es"},
    // others
    {"anaesthetic", "anesthetic", ""},
    {"analogue", "analog", "|s"},
    {"cancelled", "canceled", ""},
    {"cancelling", "canceling", ""},
    {"centre", "center", ""},
    {"chimaeric", "chimeric", ""},
    {"defence", "defense", ""},
    {"Defence", "Defense", ""},
    {"encyclopaedia", "encyclopedia", ""},
    {"fibre", "fiber", "|s"},
    {"glamour", "glamour", ""},  // and not glamor, as the rule for -our would have it
    {"grey", "gray", ""},
    {"homologue", "homolog", "|s"},
    {"kerb", "curb", ""},
    {"labelled", "labeled", ""},
    {"labelling", "labeling", ""},
    {"leant", "leaned", ""},
    {"learnt", "learned", ""},
    {"manoeuvre", "maneuver", "|s"},
    {"meagre", "meager", ""},
    {"oestrogen", "estrogen", "|s"},
    {"practise", "practice", "|d"},
    {"theatre", "theater", "|s"},
    {"titre", "titer", "|s"},
    {"travelled", "traveled", ""},
    {"travelling", "traveling", ""},
};

// "march" and "may" are words of their own.
constexpr std::string_view kNames[] = {"january",  "february",  "april",     "june",     "july",
                                       "august",   "september", "october",   "november", "december",
                                       "monday",   "tuesday",   "wednesday", "thursday", "friday",
                                       "saturday", "sunday"};

// Words with one of these in them keep their -our or -ours.
constexpr std::string_view kKeepOur[] = {
    "abatjour", "beflour",  "bonjour",  "calambour", "carrefour",  "cornflour", "contour",
    "detour",   "devour",   "dortour",  "dyvour",    "downpour",   "giaour",    "glamour",
    "holour",   "inpour",   "outpour",  "pandour",   "paramour",   "pompadour", "recontour",
    "repour",   "ryeflour", "sompnour", "tambour",   "troubadour", "tregetour", "velour"};

using Table = std::unordered_map<std::string, std::string>;

const Table& by_name() {
  static const Table table = [] {
    Table made;
    for (const Family& family : kFamilies) {
      for (std::string_view endings = family.endings;;) {
        const std::size_t bar = endings.find('|');
        const std::string ending(endings.substr(0, bar));
        made.emplace(std::string(family.from) + ending, std::string(family.to) + ending);
        if (bar == std::string_view::npos) break;
        endings.remove_prefix(bar + 1);
      }
    }
    return made;
  }();
  return table;
}

bool contains(std::string_view word, std::string_view part) {
  return word.find(part) != std::string_view::npos;
}

/// Replaces every `from`; false where there is none.
bool replace_all(std::string& word, std::string_view from, std::string_view to) {
  bool any = false;
  for (std::size_t at = 0; (at = word.find(from, at)) != std::string::npos; at += to.size()) {
    word.replace(at, from.size(), to);
    any = true;
  }
  return any;
}

/// Three lower-case letters or more, then "our" or "ours".
bool is_our_word(std::string_view word) {
  const std::size_t end = word.ends_with('s') ? 4 : 3;
  if (word.size() < end + 3 || word.substr(word.size() - end, 3) != "our") return false;
  return std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

/// By part or ending; false where nothing changes. (That "haemo" alone is no reason to begin, but
/// is replaced once something else is, is how the original does it.)
bool respell_parts(std::string& word) {
  const bool our = is_our_word(word);
  const bool begin = our || contains(word, "haemao") || contains(word, "haemato") ||
                     contains(word, "leukaem") || contains(word, "Leukaem") ||
                     word.ends_with("aemia") || word.ends_with("programme") ||
                     word.ends_with("programmes");
  if (!begin) return false;
  const bool haemato = replace_all(word, "haemato", "hemato");
  if (replace_all(word, "haemo", "hemo") || haemato) return true;
  if (word.ends_with("aemia")) {
    word.replace(word.size() - 5, 5, "emia");
    return true;
  }
  const bool leukaem = replace_all(word, "leukaem", "leukem");
  if (replace_all(word, "Leukaem", "Leukem") || leukaem) return true;
  if (word.ends_with("programme")) {
    word.resize(word.size() - 2);
    return true;
  }
  if (word.ends_with("programmes")) {
    word.replace(word.size() - 3, 3, "s");
    return true;
  }
  const bool keep = std::any_of(std::begin(kKeepOur), std::end(kKeepOur),
                                [&](std::string_view part) { return contains(word, part); });
  if (!our || keep) return false;
  word.erase(word.rfind('u'), 1);
  return true;
}

/// Whether the word has `least` UTF-16 code units.
bool has_units(std::string_view word, std::size_t least) {
  if (word.size() < least) return false;
  std::size_t units = 0;
  for (std::size_t at = 0; at < word.size() && units < least;) {
    units += text::next_code_point(word, at) > 0xFFFF ? 2 : 1;
  }
  return units >= least;
}

}  // namespace

std::string_view respell(std::string_view word, std::string& buffer) {
  if (!has_units(word, 4)) return word;
  if (std::find(std::begin(kNames), std::end(kNames), word) != std::end(kNames)) {
    buffer = word;
    buffer[0] = static_cast<char>(buffer[0] - 'a' + 'A');
    return buffer;
  }
  buffer = word;
  if (const auto found = by_name().find(buffer); found != by_name().end()) {
    buffer = found->second;
    return buffer;
  }
  if (!has_units(word, 6)) return word;
  return respell_parts(buffer) ? std::string_view(buffer) : word;
}

std::size_t respelling_count() { return by_name().size(); }

}  // namespace vernier::spice
