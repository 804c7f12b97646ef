#include "judges/probes/relation/fact_judge.h"

#include <algorithm>
#include <array>

#include "judges/probes/relation/attributes.h"
#include "judges/probes/words/content_words.h"

namespace vernier::probes {
namespace {

std::string said(const TruthGraph& truth, const TruthEdge& edge) {
  return truth.objects()[edge.subject].names.front() + " " + edge.predicate + " " +
         truth.objects()[edge.object].names.front();
}

bool holds(const std::vector<std::uint32_t>& objects, std::uint32_t object) {
  return std::ranges::find(objects, object) != objects.end();
}

/// What one edge says of a claim, both objects being the right ones.
enum class Says : std::uint8_t { kNothing, kOther, kReverse, kThis };

Says of_edge(const std::string& known, const std::string& claim, bool forward) {
  const Predicates& table = Predicates::get();
  const std::string other_way = table.inverse(claim);
  const std::string& here = forward ? claim : other_way;  // what the claim is along the edge
  const std::string& against = forward ? other_way : claim;
  if (!here.empty() && table.implies(known, here)) return Says::kThis;
  // A passive from the other side: "ball hold by man" along man -> ball.
  const std::string passive = table.inverse(known);
  if (!forward && !passive.empty() && table.implies(passive, claim)) return Says::kThis;
  if (!table.symmetric(claim) && !against.empty() && table.implies(known, against)) {
    return Says::kReverse;
  }
  // A claim that says more than is known ("sit on", where "on" is) is not against it.
  if (forward && table.comparable(known, claim) && !table.implies(claim, known))
    return Says::kOther;
  return Says::kNothing;
}

}  // namespace

const char* fact_verdict_name(FactVerdict verdict) {
  constexpr const char* kNames[] = {"supported",      "unknown",         "differs",
                                    "object-missing", "predicate-wrong", "swapped",
                                    "attribute-wrong"};
  return kNames[static_cast<std::size_t>(verdict)];
}

std::vector<std::uint32_t> FactJudge::named(const std::string& noun, const TruthGraph& truth) {
  return truth.named(noun, match_);
}

bool FactJudge::same_attribute(std::string_view a, std::string_view b) const {
  if (a == b) return true;
  for (const auto word_class : {text::WordClass::kAdjective, text::WordClass::kVerb}) {
    if (word_net_.lemma(a, word_class) == word_net_.lemma(b, word_class)) return true;
  }
  return same_colour(a, b);
}

void FactJudge::judge_object(JudgedFact& fact, const TruthGraph& truth) {
  if (is_framing_noun(fact.fact.subject)) return;
  if (!named(fact.fact.subject, truth).empty()) {
    fact.verdict = FactVerdict::kSupported;
  } else {
    fact.verdict = FactVerdict::kObjectMissing;
    fact.because = fact.fact.subject;
  }
}

void FactJudge::judge_attribute(JudgedFact& fact, const TruthGraph& truth, Covered& covered) {
  judge_object(fact, truth);
  if (fact.verdict != FactVerdict::kSupported) return;
  fact.verdict = FactVerdict::kUnknown;
  for (const std::uint32_t object : named(fact.fact.subject, truth)) {
    const std::vector<std::string>& known = truth.objects()[object].attributes;
    for (std::size_t i = 0; i < known.size(); ++i) {
      if (same_attribute(known[i], fact.fact.link)) {
        fact.verdict = FactVerdict::kSupported;
        fact.because.clear();
        covered.attributes[object][i] = true;
      } else if (fact.verdict == FactVerdict::kUnknown && exclude(known[i], fact.fact.link)) {
        fact.because = known[i] + " " + truth.objects()[object].names.front();
      }
    }
  }
  if (fact.verdict == FactVerdict::kUnknown && !fact.because.empty()) {
    fact.verdict = FactVerdict::kAttributeWrong;
  }
}

void FactJudge::judge_relation(JudgedFact& fact, const TruthGraph& truth, Covered& covered) {
  const Fact& claim = fact.fact;
  if (is_framing_noun(claim.subject) || is_framing_noun(claim.object)) return;
  const std::vector<std::uint32_t> subjects = named(claim.subject, truth);
  const std::vector<std::uint32_t> objects = named(claim.object, truth);
  if (subjects.empty() || objects.empty()) {
    fact.verdict = FactVerdict::kObjectMissing;
    fact.because = subjects.empty() ? claim.subject : claim.object;
    return;
  }
  const std::string predicate = Predicates::get().canonical(claim.link, word_net_);
  Says best = Says::kNothing;
  for (std::size_t n = 0; n < truth.edges().size(); ++n) {
    const TruthEdge& edge = truth.edges()[n];
    const bool forward = holds(subjects, edge.subject) && holds(objects, edge.object);
    const bool backward = holds(subjects, edge.object) && holds(objects, edge.subject);
    for (const bool direction : {true, false}) {
      if (!(direction ? forward : backward)) continue;
      const Says says = of_edge(edge.predicate, predicate, direction);
      if (says == Says::kThis) covered.relations[n] = true;
      if (says <= best) continue;
      best = says;
      fact.because = said(truth, edge);
    }
  }
  const bool full =
      truth.kind() == GraphKind::kFull && std::ranges::any_of(subjects, [&](std::uint32_t a) {
        return std::ranges::any_of(objects,
                                   [&](std::uint32_t b) { return a != b && truth.joined(a, b); });
      });
  switch (best) {
    case Says::kThis:
      fact.verdict = FactVerdict::kSupported;
      break;
    case Says::kReverse:
      fact.verdict = FactVerdict::kSwapped;
      break;
    case Says::kOther:
      fact.verdict = full ? FactVerdict::kPredicateWrong : FactVerdict::kDiffers;
      break;
    case Says::kNothing:
      if (full) fact.verdict = FactVerdict::kPredicateWrong;
  }
}

JudgedFacts FactJudge::judge(const Facts& claims, const TruthGraph& truth) {
  Covered covered;
  covered.objects.resize(truth.objects().size());
  covered.relations.resize(truth.edges().size());
  for (const SceneObject& object : truth.objects()) {
    covered.attributes.emplace_back(object.attributes.size());
  }
  JudgedFacts out;
  for (const Fact& claim : claims.facts) {
    JudgedFact& fact = out.facts.emplace_back();
    fact.fact = claim;
    if (claim.kind == FactKind::kObject) {
      judge_object(fact, truth);
    } else if (claim.kind == FactKind::kAttribute) {
      judge_attribute(fact, truth, covered);
    } else {
      judge_relation(fact, truth, covered);
    }
    for (const std::string* noun : {&claim.subject, &claim.object}) {
      if (noun->empty() || is_framing_noun(*noun)) continue;
      for (const std::uint32_t object : named(*noun, truth)) covered.objects[object] = true;
    }
  }
  const auto count = [](const std::vector<bool>& flags) {
    return static_cast<std::uint32_t>(std::ranges::count(flags, true));
  };
  for (std::size_t i = 0; i < truth.objects().size(); ++i) {
    if (truth.objects()[i].names.empty()) continue;
    ++out.coverage.objects;
    out.coverage.attributes += static_cast<std::uint32_t>(truth.objects()[i].attributes.size());
    out.coverage.attributes_covered += count(covered.attributes[i]);
  }
  out.coverage.objects_covered = count(covered.objects);
  out.coverage.relations = static_cast<std::uint32_t>(truth.edges().size());
  out.coverage.relations_covered = count(covered.relations);
  return out;
}

}  // namespace vernier::probes
