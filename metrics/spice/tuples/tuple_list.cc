#include "metrics/spice/tuples/tuple_list.h"

namespace vernier::spice {

void TupleList::clear() {
  text_.clear();
  ends_.clear();
  tuples_.clear();
}

// A caption has a dozen names, most of different lengths: looking through them is faster than a
// table would be.
NameId TupleList::add_name(std::string_view text) {
  std::uint32_t begin = 0;
  for (std::size_t i = 0; i < ends_.size(); ++i) {
    if (ends_[i] - begin == text.size() && text_.compare(begin, text.size(), text) == 0) {
      return static_cast<NameId>(i);
    }
    begin = ends_[i];
  }
  if (ends_.size() == kNoName) return kNoName;
  text_ += text;
  ends_.push_back(static_cast<std::uint32_t>(text_.size()));
  return static_cast<NameId>(ends_.size() - 1);
}

void TupleList::add(NameId object) {
  if (object != kNoName) tuples_.push_back({{object, kNoName, kNoName}});
}

void TupleList::add(NameId object, NameId attribute) {
  if (object == kNoName || attribute == kNoName) return;
  tuples_.push_back({{object, attribute, kNoName}});
}

void TupleList::add(NameId subject, NameId object, NameId relation) {
  if (subject == kNoName || object == kNoName || relation == kNoName) return;
  tuples_.push_back({{subject, object, relation}});
}

std::string print_tuples(const TupleList& list) {
  std::string out;
  for (const Tuple& tuple : list.tuples()) {
    if (!out.empty()) out += '\t';
    for (std::size_t i = 0; i < tuple.size(); ++i) {
      if (i > 0) out += '|';
      out += list.name(tuple.names[i]);
    }
  }
  return out;
}

}  // namespace vernier::spice
