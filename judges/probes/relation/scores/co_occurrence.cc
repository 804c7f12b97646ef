#include "judges/probes/relation/scores/co_occurrence.h"

#include <algorithm>

namespace vernier::probes {
namespace {

constexpr std::size_t kParts = 4;

bool counts(const JudgedFact& fact) {
  return fact.fact.kind == FactKind::kRelation &&
         (fact.verdict == FactVerdict::kSupported || is_invented(fact.verdict));
}

}  // namespace

std::string CoOccurrence::key(char side, std::string_view noun, std::string_view predicate) const {
  std::string out(1, side);
  out += word_net_.lemma(noun, text::WordClass::kNoun);
  out += '\t';
  out += predicate;
  return out;
}

void CoOccurrence::add(const TruthGraph& truth) {
  for (const TruthEdge& edge : truth.edges()) {
    ++counts_[key('s', truth.objects()[edge.subject].names.front(), edge.predicate)];
    ++counts_[key('o', truth.objects()[edge.object].names.front(), edge.predicate)];
  }
}

std::uint64_t CoOccurrence::subject_relation(const Fact& claim) const {
  const auto found =
      counts_.find(key('s', claim.subject, Predicates::get().canonical(claim.link, word_net_)));
  return found == counts_.end() ? 0 : found->second;
}

std::uint64_t CoOccurrence::relation_object(const Fact& claim) const {
  const auto found =
      counts_.find(key('o', claim.object, Predicates::get().canonical(claim.link, word_net_)));
  return found == counts_.end() ? 0 : found->second;
}

std::vector<RatePoint> invented_by_count(std::span<const JudgedFacts> captions,
                                         const CoOccurrence& known,
                                         std::uint64_t (CoOccurrence::*count)(const Fact&) const) {
  std::vector<std::uint64_t> all;
  for (const JudgedFacts& caption : captions) {
    for (const JudgedFact& fact : caption.facts) {
      if (counts(fact)) all.push_back((known.*count)(fact.fact));
    }
  }
  if (all.empty()) return {};
  std::ranges::sort(all);
  std::vector<std::uint64_t> first = {all.front()};  // of each part
  for (std::size_t part = 1; part < kParts; ++part) {
    const std::uint64_t edge = all[all.size() * part / kParts];
    if (edge > first.back()) first.push_back(edge);
  }
  RateCurve rates(first.size());
  for (std::size_t part = 0; part < first.size(); ++part) {
    rates.point(part).from = static_cast<double>(first[part]);
    const auto next =
        part + 1 < first.size() ? std::ranges::lower_bound(all, first[part + 1]) : all.end();
    rates.point(part).to = static_cast<double>(*(next - 1));
  }
  for (const JudgedFacts& caption : captions) {
    for (const JudgedFact& fact : caption.facts) {
      if (!counts(fact)) continue;
      const auto above = std::ranges::upper_bound(first, (known.*count)(fact.fact));
      rates.add(static_cast<std::size_t>(above - first.begin()) - 1, is_invented(fact.verdict));
    }
    rates.end_caption();
  }
  return rates.finish();
}

}  // namespace vernier::probes
