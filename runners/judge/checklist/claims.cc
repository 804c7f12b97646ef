#include "runners/judge/checklist/claims.h"

#include <algorithm>
#include <string>
#include <utility>

#include "runners/judge/checklist/reading/clauses.h"
#include "runners/judge/checklist/reading/phrases.h"

namespace vernier {
namespace {

using visce::Claim;
using visce::ClaimKind;

class ClaimList {
 public:
  void add(ClaimInCaption claim) {
    const auto same = [&](const ClaimInCaption& one) { return one.claim == claim.claim; };
    if (std::ranges::none_of(claims_, same)) claims_.push_back(std::move(claim));
  }

  void add_sentence(const std::vector<ParsedWord>& words, std::uint32_t number) {
    const SentencePhrases phrases(words);
    const std::size_t before = claims_.size();
    for (const NounPhrase& phrase : phrases.all()) add_object(phrase, words, number);
    for (const SaidOfPhrase& said : ClauseReader(phrases).read()) add_said(said, words, number);
    std::ranges::stable_sort(claims_.begin() + static_cast<std::ptrdiff_t>(before), claims_.end(),
                             {}, &ClaimInCaption::begin);
  }

  std::vector<ClaimInCaption> take() { return std::move(claims_); }

 private:
  void add_object(const NounPhrase& phrase, const std::vector<ParsedWord>& words,
                  std::uint32_t number) {
    // Something written that belongs to no thing is no thing.
    if (phrase.picture || phrase.denied || words[phrase.thing].quoted) return;
    const auto covers = [&](const NounPhrase& other) { return phrase.says_no_more_than(other); };
    if (phrase.definite && std::ranges::any_of(known_, covers)) return;
    known_.push_back(phrase);
    Claim claim;
    claim.object = phrase.as_claim(words);
    add({std::move(claim), number, words[phrase.first].begin, words[phrase.last].end});
  }

  void add_said(const SaidOfPhrase& said, const std::vector<ParsedWord>& words,
                std::uint32_t number) {
    Claim claim;
    if (said.object == nullptr) {
      claim.kind = ClaimKind::kAttribute;
      claim.object = said.subject->text;
      claim.attribute = said.text;
    } else {
      claim.kind = ClaimKind::kRelation;
      claim.subject = said.subject->text;
      claim.relation = said.text;
      claim.object = said.object->text;
    }
    add({std::move(claim), number, words[said.first].begin, words[said.last].end});
  }

  std::vector<ClaimInCaption> claims_;
  std::vector<NounPhrase> known_;
};

}  // namespace

CaptionClaims ClaimReader::read(std::string_view caption) {
  const ParsedSpeech speech = reader_.read(caption);
  CaptionClaims out;
  ClaimList list;
  for (const std::vector<ParsedWord>& sentence : speech.sentences) {
    list.add_sentence(sentence, out.sentences++);
  }
  out.claims = list.take();
  for (ClaimInCaption& one : out.claims) {
    // Words without a place may stand at either end.
    if (one.begin >= one.end) one.begin = one.end = 0;
  }
  out.refused = static_cast<std::uint32_t>(speech.refused);
  return out;
}

}  // namespace vernier
