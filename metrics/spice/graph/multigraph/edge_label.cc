#include "metrics/spice/graph/multigraph/edge_label.h"

#include <array>

namespace vernier::spice {
namespace {

constexpr auto kFirst = static_cast<std::size_t>(Marker::kFirstOther);
constexpr std::array<std::string_view, kFirst> kKnown = {"", "agent", "negcc", "qmod", "and"};

struct Own {
  Relation base, relation;
  std::string_view text;
};
// Only relations that take markers can come to one of these.
constexpr Own kOwn[] = {
    {Relation::kNmod, Relation::kNmodPoss, "poss"},
    {Relation::kNmod, Relation::kNmodTmod, "tmod"},
    {Relation::kNmod, Relation::kNmodNpmod, "npmod"},
    {Relation::kAcl, Relation::kAclRelcl, "relcl"},
};

}  // namespace

void Markers::clear() {
  bytes_.clear();
  ends_.clear();
}

EdgeLabel Markers::label(Relation relation, std::string_view text) {
  for (const Own& own : kOwn) {
    if (own.base == relation && own.text == text) return {own.relation, Marker::kNone};
  }
  return {relation, find_or_add(text)};
}

Marker Markers::find_or_add(std::string_view text) {
  for (std::size_t known = 1; known < kFirst; ++known) {
    if (kKnown[known] == text) return static_cast<Marker>(known);
  }
  for (std::size_t i = 0; i < ends_.size(); ++i) {
    const auto marker = static_cast<Marker>(kFirst + i);
    if (this->text(marker) == text) return marker;
  }
  bytes_ += text;
  ends_.push_back(bytes_.size());
  return static_cast<Marker>(kFirst + ends_.size() - 1);
}

std::string_view Markers::text(Marker marker) const {
  const auto number = static_cast<std::size_t>(marker);
  if (number < kFirst) return kKnown[number];
  const std::size_t begin = number == kFirst ? 0 : ends_[number - kFirst - 1];
  return std::string_view(bytes_).substr(begin, ends_[number - kFirst] - begin);
}

void Markers::print(EdgeLabel label, std::string& out) const {
  out += relation_name(label.relation);
  if (label.marker == Marker::kNone) return;
  out += ':';
  out += text(label.marker);
}

}  // namespace vernier::spice
