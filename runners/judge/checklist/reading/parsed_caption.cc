#include "runners/judge/checklist/reading/parsed_caption.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "metrics/spice/lemmas/lemma.h"
#include "metrics/spice/syntax/tag_classes.h"
#include "runners/judge/checklist/reading/claim_words.h"

namespace vernier {
namespace {

using View = std::string_view;

// What the parser is given instead of something quoted: a noun, whatever the words are.
constexpr View kInPlaceOfQuoted = "text";
// Bytes between two words.
constexpr std::size_t kFarthest = 64;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// The last word before a place, in lower case.
std::string word_before(View text, std::size_t at) {
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == ',' || text[at - 1] == ':')) --at;
  std::size_t begin = at;
  const auto of_word = [](char c) {
    return (lower(c) >= 'a' && lower(c) <= 'z') || static_cast<unsigned char>(c) >= 0x80;
  };
  while (begin > 0 && of_word(text[begin - 1])) --begin;
  std::string out(text.substr(begin, at - begin));
  std::ranges::transform(out, out.begin(), lower);
  return out;
}

struct QuotationMarks {
  View open, close;
};
constexpr std::array<QuotationMarks, 2> kMarks = {{{"\"", "\""}, {"\u201C", "\u201D"}}};

struct Quotation {
  std::size_t begin, end;  ///< with its marks
};

/// What is written on something: quoted, and said to be.
std::vector<Quotation> quotations(View text) {
  std::vector<Quotation> out;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = View::npos;
    for (const QuotationMarks& marks : kMarks) {
      if (!text.substr(i).starts_with(marks.open)) continue;
      const std::size_t close = text.find(marks.close, i + marks.open.size());
      if (close != View::npos && close > i + marks.open.size()) end = close + marks.close.size();
    }
    if (end == View::npos) {
      ++i;
    } else if (is_saying(word_before(text, i))) {
      out.push_back({i, end});
      i = end;
    } else {
      ++i;
    }
  }
  return out;
}

/// What is parsed: the sentence with other words for what is quoted, and where its bytes come from.
struct Spoken {
  std::string text;
  std::vector<std::size_t> place;  ///< in the caption, of each byte
};

Spoken spoken(View sentence, std::size_t start, const std::vector<Quotation>& quoted) {
  Spoken out;
  auto next = quoted.begin();
  for (std::size_t i = 0; i < sentence.size();) {
    if (next != quoted.end() && next->begin == i) {
      out.text += kInPlaceOfQuoted;
      out.place.insert(out.place.end(), kInPlaceOfQuoted.size(), start + i);
      i = next++->end;
      continue;
    }
    out.text += lower(sentence[i]);
    out.place.push_back(start + i++);
  }
  return out;
}

bool parts_words(View between) { return between.find_first_of(",;:()") != View::npos; }

/// "a cyan square, a ...": the last word behind a colour is no adjective.
bool ends_behind_colour(const std::vector<ParsedWord>& words, std::size_t i) {
  if (!spice::is_adjective(words[i].tag) || !spice::is_noun(words[i - 1].tag)) return false;
  const bool ends = i + 1 == words.size() || words[i + 1].comma_before ||
                    (!spice::is_noun(words[i + 1].tag) && !spice::is_adjective(words[i + 1].tag));
  return ends && is_colour(words[i - 1].lower);
}

/// "square" as the past of a verb.
bool is_no_past(const ParsedWord& word) {
  if (word.tag != spice::Label::kVbd) return false;
  std::string lemma;
  spice::append_lemma(word.lower, word.tag, lemma);
  return lemma == word.lower;
}

/// "a large orange triangle": no verb in this form stands behind one thing. "The image shows".
void mend_nouns(std::vector<ParsedWord>& words) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    ParsedWord& word = words[i];
    ParsedWord& before = words[i - 1];
    if (spice::is_noun(word.tag) && is_showing(word.lower) && always_means_picture(before.lower)) {
      word.tag = spice::Label::kVbz;
      before.head = i;
      before.relation = spice::Relation::kNsubj;
    }
    const bool base = word.tag == spice::Label::kVb || word.tag == spice::Label::kVbp ||
                      (word.tag == spice::Label::kVbz && !word.lower.ends_with('s')) ||
                      (word.tag == spice::Label::kVbg && !word.lower.ends_with("ing")) ||
                      ends_behind_colour(words, i) || is_no_past(word);
    if (!base || word.comma_before) continue;
    std::size_t first = i;
    while (first > 0 && !words[first].comma_before &&
           (spice::is_adjective(words[first - 1].tag) ||
            spice::is_singular_noun(words[first - 1].tag) ||
            words[first - 1].tag == spice::Label::kVbn ||
            words[first - 1].tag == spice::Label::kVbd)) {
      --first;
    }
    if (first == i || first == 0 || words[first].comma_before) continue;
    // "a dog and a cat sit" is another matter.
    if (spice::is_noun(before.tag) && !is_colour(before.lower)) continue;
    const std::string& article = words[first - 1].lower;
    if (article == "a" || article == "an" || article == "another") word.tag = spice::Label::kNn;
  }
}

/// Words that are no nouns, whatever the tagger says.
void mend_verbs(std::vector<ParsedWord>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    ParsedWord& word = words[i];
    if (!spice::is_noun(word.tag)) continue;
    const bool being = word.lower == "is" || word.lower == "are" || word.lower == "was" ||
                       word.lower == "were" || word.lower == "be";
    const bool saying = is_saying(word.lower) && word.lower.ends_with('s') && i > 0 &&
                        i + 1 < words.size() && words[i + 1].quoted && word.lower != "words" &&
                        word.lower != "letters";
    if (being || saying) word.tag = spice::Label::kVbz;
  }
}

/// "a man riding a horse": taggers take the participle for a noun, and "man" for a part of it.
void mend_participles(std::vector<ParsedWord>& words) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    ParsedWord& verb = words[i];
    ParsedWord& noun = words[i - 1];
    if (!spice::is_noun(verb.tag) || !verb.lower.ends_with("ing") || is_noun_in_ing(verb.lower) ||
        !spice::is_noun(noun.tag) || verb.comma_before) {
      continue;
    }
    if (verb.head == i - 1 &&
        verb.relation == spice::Relation::kDep) {  // "a woman standing in ..."
      verb.tag = spice::Label::kVbg;
      verb.relation = spice::Relation::kAcl;
      continue;
    }
    if (noun.head != i || noun.relation != spice::Relation::kCompound ||
        verb.relation == spice::Relation::kCompound) {
      continue;
    }
    verb.tag = spice::Label::kVbg;
    noun.head = verb.head;
    noun.relation = verb.relation;
    verb.head = i - 1;
    verb.relation = spice::Relation::kAcl;
    for (std::size_t k = 0; k < words.size(); ++k) {
      ParsedWord& other = words[k];
      if (other.head != i || k == i - 1) continue;
      if (k < i) {
        other.head = i - 1;
      } else if (other.relation == spice::Relation::kDep && spice::is_noun(other.tag)) {
        other.relation = spice::Relation::kDobj;
      }
    }
  }
}

}  // namespace

CaptionReader::CaptionReader(const spice::Parser& parser, const text::PunktParameters& punkt)
    : splitter_(punkt), tokenizer_(text::open_tokenizer("ptb")), worker_(parser.make_worker()) {}

ParsedSpeech CaptionReader::read(View caption) {
  ParsedSpeech out;
  std::vector<View> sentences;
  splitter_.split(caption, sentences);
  for (const View sentence : sentences) {
    std::vector<ParsedWord> words;
    if (read_sentence(caption, sentence, words)) {
      if (!words.empty()) out.sentences.push_back(std::move(words));
    } else {
      ++out.refused;
    }
  }
  return out;
}

bool CaptionReader::read_sentence(View caption, View sentence, std::vector<ParsedWord>& out) {
  const auto start = static_cast<std::size_t>(sentence.data() - caption.data());
  const std::vector<Quotation> quoted = quotations(sentence);
  const Spoken speech = spoken(sentence, start, quoted);
  tokens_.clear();
  tokenizer_->tokenize(speech.text, {}, tokens_);
  std::vector<View> words;
  for (std::size_t n = 0; n < tokens_.size(); ++n) words.push_back(tokens_[n]);
  if (words.empty()) return true;
  if (!worker_->parse(words, parsed_)) return false;
  std::size_t behind = 0;  // the last word found, in the spoken text
  for (std::size_t n = 0; n < words.size(); ++n) {
    ParsedWord word;
    word.text = word.lower = words[n];
    word.tag = parsed_.tags[n];
    // The tokeniser writes some signs in other ways: such a word has no place.
    const std::size_t at = speech.text.find(words[n], behind);
    if (at != std::string::npos && at - behind <= kFarthest) {
      word.comma_before = n > 0 && parts_words(View(speech.text).substr(behind, at - behind));
      behind = at + words[n].size();
      word.begin = speech.place[at];
      word.end = speech.place[behind - 1] + 1;
      const auto is_it = [&](const Quotation& one) { return start + one.begin == word.begin; };
      if (const auto quotation = std::ranges::find_if(quoted, is_it); quotation != quoted.end()) {
        word.quoted = true;
        word.end = start + quotation->end;
      }
      word.text = caption.substr(word.begin, word.end - word.begin);
    }
    const bool shouted = word.text.size() > 1 && lower(word.text[1]) != word.text[1];
    if (n == 0 && !shouted) word.text[0] = lower(word.text[0]);
    out.push_back(std::move(word));
  }
  for (const spice::Dependency& edge : parsed_.dependencies) {
    if (edge.dependent == 0 || edge.dependent > out.size() || edge.governor > out.size()) continue;
    ParsedWord& word = out[edge.dependent - 1];
    word.head = edge.governor == 0 ? ParsedWord::kNone : edge.governor - std::size_t{1};
    word.relation = edge.relation;
  }
  mend_verbs(out);
  mend_nouns(out);
  mend_participles(out);
  return true;
}

}  // namespace vernier
