#include "metrics/spice/tuples/tuple_list.h"

#include <bit>

#include "base/hash.h"

namespace vernier::spice {

namespace {

// A caption has a dozen names, most of different lengths: looking through them is faster than a
// table would be.
constexpr std::size_t kFew = 64;

}  // namespace

void TupleList::clear() {
  text_.clear();
  ends_.clear();
  slots_.clear();
  tuples_.clear();
}

NameId TupleList::add_name(std::string_view text) {
  const bool few = ends_.size() < kFew;
  if (!few && (ends_.size() + 1) * 2 > slots_.size()) fill_slots(ends_.size() * 4);
  const NameId known = few ? find_among_few(text) : slot_of(text);
  if (known != kNoName || ends_.size() == kNoName) return known;
  const auto id = static_cast<NameId>(ends_.size());
  text_ += text;
  ends_.push_back(static_cast<std::uint32_t>(text_.size()));
  if (!few) slot_of(text) = id;
  return id;
}

NameId TupleList::find_among_few(std::string_view text) const {
  std::uint32_t begin = 0;
  for (std::size_t i = 0; i < ends_.size(); ++i) {
    if (ends_[i] - begin == text.size() && text_.compare(begin, text.size(), text) == 0) {
      return static_cast<NameId>(i);
    }
    begin = ends_[i];
  }
  return kNoName;
}

NameId& TupleList::slot_of(std::string_view text) {
  std::size_t at = hash_bytes(text) & (slots_.size() - 1);
  while (slots_[at] != kNoName && name(slots_[at]) != text) at = (at + 1) & (slots_.size() - 1);
  return slots_[at];
}

void TupleList::fill_slots(std::size_t size) {
  slots_.assign(std::bit_ceil(size), kNoName);
  for (std::size_t i = 0; i < ends_.size(); ++i) {
    const auto id = static_cast<NameId>(i);
    slot_of(name(id)) = id;
  }
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
