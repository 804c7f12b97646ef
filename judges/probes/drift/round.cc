#include "judges/probes/drift/round.h"

#include <algorithm>

namespace vernier::probes::drift {
namespace {

/// Appends each of some numbers once.
void append_set(std::vector<std::uint32_t>& numbers, std::vector<std::uint32_t>& out) {
  std::ranges::sort(numbers);
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  out.insert(out.end(), numbers.begin(), numbers.end());
}

/// One text for equal facts.
std::string key_of(const Fact& fact) {
  std::string key(1, static_cast<char>('0' + static_cast<int>(fact.kind)));
  for (const std::string* part : {&fact.subject, &fact.link, &fact.object}) {
    key.push_back('\n');
    key += *part;
  }
  return key;
}

}  // namespace

void Sums::add(const Sums& other) {
  captions += other.captions;
  words += other.words;
  squared_words += other.squared_words;
  repeats += other.repeats;
  facts += other.facts;
  refused += other.refused;
  chair.captions += other.chair.captions;
  chair.hallucinated_captions += other.chair.hallucinated_captions;
  chair.mentions += other.chair.mentions;
  chair.hallucinated_mentions += other.chair.hallucinated_mentions;
  chair.objects += other.chair.objects;
  chair.recalled += other.chair.recalled;
  chair.tokens += other.chair.tokens;
}

std::uint32_t Numbering::Names::find(std::string_view name) {
  const auto known = index.find(name);
  if (known != index.end()) return known->second;
  const auto id = static_cast<std::uint32_t>(names.size());
  names.emplace_back(name);
  index.emplace(name, id);
  return id;
}

std::size_t Numbering::size(Kind kind) const {
  switch (kind) {
    case kWord:
      return words_.names.size();
    case kTwo:
      return rows_[1].size();
    case kThree:
      return rows_[2].size();
    case kCaption:
      return captions_.names.size();
    case kObject:
      return objects_.names.size();
    default:
      return phrases_.size();
  }
}

/// `place`: of the first word among those of the image.
void Numbering::add_words(const text::TokenList& tokens, std::uint32_t place, Round& round) {
  ids_.clear();
  once_.clear();
  std::array<std::uint32_t, kPhraseWords> ending{};  // rows of 1, 2, ... words that end here
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    const std::uint32_t word = words_.find(tokens[i]);
    ids_.push_back(word);
    for (std::size_t n = std::min<std::size_t>(i, kPhraseWords - 1); n > 0; --n) {
      Rows& rows = rows_[n];
      const std::uint64_t key = std::uint64_t{ending[n - 1]} << 32 | word;
      const auto [row, fresh] = rows.try_emplace(key, static_cast<std::uint32_t>(rows.size()));
      ending[n] = row->second;
      if (n == 1) round.items[kTwo].ids.push_back(ending[n]);
      if (n == 2) round.items[kThree].ids.push_back(ending[n]);
      if (n + 1 < kPhraseWords) continue;
      if (fresh) {
        std::copy_n(ids_.end() - kPhraseWords, kPhraseWords, phrases_.emplace_back().begin());
      }
      once_.push_back(ending[n]);
      round.phrases_in_place.ids.push_back(ending[n]);
      round.phrase_begins.push_back(place + i + 1 - static_cast<std::uint32_t>(kPhraseWords));
    }
    ending[0] = word;
  }
  std::vector<std::uint32_t>& words = round.items[kWord].ids;
  words.insert(words.end(), ids_.begin(), ids_.end());
  round.caption_ends.push_back(static_cast<std::uint32_t>(words.size()));
  append_set(once_, round.items[kPhrase].ids);
  round.items[kCaption].ids.push_back(captions_.find(tokens.joined()));
}

void Numbering::add_facts(const Facts& facts, Round& round) {
  once_.clear();
  for (const Fact& fact : facts.facts) {
    // SPICE has no object of its own for some things that stand in relations only.
    once_.push_back(objects_.find(fact.subject));
    if (fact.kind == FactKind::kRelation) once_.push_back(objects_.find(fact.object));
  }
  append_set(once_, round.items[kObject].ids);
}

void Numbering::add_image(std::span<const CaptionReading> captions, Round& round) {
  Sums sums;
  std::vector<std::uint32_t> facts;
  for (const CaptionReading& caption : captions) {
    const auto words = static_cast<double>(caption.words->size());
    add_words(*caption.words, static_cast<std::uint32_t>(sums.words), round);
    ++sums.captions;
    sums.words += words;
    sums.squared_words += words * words;
    sums.repeats += caption.repeats;
    if (caption.chair != nullptr) sums.chair.add(*caption.chair);
    if (caption.facts == nullptr) continue;
    add_facts(*caption.facts, round);
    sums.facts += static_cast<double>(caption.facts->facts.size());
    sums.refused += caption.facts->refused;
    for (const Fact& fact : caption.facts->facts) facts.push_back(facts_.find(key_of(fact)));
  }
  append_set(facts, round.facts.ids);
  round.facts.end_image();
  for (ItemLists& lists : round.items) lists.end_image();
  round.phrases_in_place.end_image();
  round.sums.push_back(sums);
}

}  // namespace vernier::probes::drift
