#include "metrics/text/sentences/punkt_parameters.h"

namespace vernier::text {

const PunktParameters& built_in_punkt_parameters() {
  static const PunktParameters parameters = [] {
    PunktParameters made;
    for (const char* word :
         {"a.m",  "approx", "apt", "ave",   "blvd", "ca",  "capt", "cf",  "cm",  "co",  "col",
          "corp", "dept",   "dr",  "e.g",   "est",  "etc", "fig",  "ft",  "gen", "gov", "i.e",
          "inc",  "jr",     "kg",  "km",    "lb",   "lbs", "lt",   "ltd", "mm",  "mr",  "mrs",
          "ms",   "mt",     "oz",  "p.m",   "ph.d", "pp",  "prof", "rev", "sgt", "sq",  "sr",
          "st",   "u.k",    "u.s", "u.s.a", "viz",  "vol", "vs"}) {
      made.abbreviations.emplace(word);
    }
    return made;
  }();
  return parameters;
}

}  // namespace vernier::text
