#include "metrics/spice/scene/attribute_groups.h"

#include <unordered_map>

namespace vernier::spice {
namespace {

// The words are those of SPICE 1.0.
constexpr std::string_view kCardinalities = "one two three four five six seven eight nine ten";
constexpr std::string_view kColors =
    "black brown blue red yellow pink gray grey green dark light white cream orange purple maroon "
    "beige violet";
constexpr std::string_view kSizes =
    "baby beefy big bony boundless brawny broad bulky chunky colossal compact corpulent cosmic "
    "cubby curvy elfin emaciated endless enormous epic expansive extensive fat fleshy full-size "
    "gargantuan gaunt giant gigantic grand great heavy hefty huge hulking illimitable immeasurable "
    "immense infinitesimal lanky large lean life-size limitless little mammoth massive meager "
    "measly microscopic mini miniature minuscule minute narrow obese outsized oversize overweight "
    "paltry petite pint-size plump pocket-size portly pudgy puny rotund scanty scraggy scrawny "
    "short sizable skeletal skimpy skinny slender slim small squat stocky stout strapping sturdy "
    "tall teensy teeny teeny-tiny teeny-weeny thick thickset thin tiny titanic towering trifling "
    "trim tubby undersized underweight unlimited vast wee whopping wide";

std::unordered_map<std::string_view, AttributeGroup> make_groups() {
  std::unordered_map<std::string_view, AttributeGroup> groups;
  const auto add = [&](std::string_view list, AttributeGroup group) {
    while (!list.empty()) {
      const std::size_t end = list.find(' ');
      groups.emplace(list.substr(0, end), group);
      list = end == list.npos ? std::string_view() : list.substr(end + 1);
    }
  };
  add(kCardinalities, AttributeGroup::kCardinality);
  add(kColors, AttributeGroup::kColor);
  add(kSizes, AttributeGroup::kSize);
  return groups;
}

}  // namespace

AttributeGroup attribute_group(std::string_view text) {
  static const std::unordered_map<std::string_view, AttributeGroup> groups = make_groups();
  const auto found = groups.find(text);
  return found == groups.end() ? AttributeGroup::kNone : found->second;
}

}  // namespace vernier::spice
