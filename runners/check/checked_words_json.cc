#include "runners/check/checked_words_json.h"

#include "base/json_text.h"

namespace vernier {

void append_checked_words(std::string& out, std::span<const probes::CheckedWord> words) {
  append_json_key(out, "mentions");
  out.push_back('[');
  for (const probes::CheckedWord& word : words) {
    out += out.back() == '[' ? "{" : ",{";
    append_json_count(out, "start", word.word.place.begin);
    append_json_count(out, "end", word.word.place.end);
    append_json_member(out, "word", word.word.text);
    append_json_member(out, "kind", content_kind_name(word.word.kind));
    append_json_member(out, "verdict", word_verdict_name(word.verdict));
    append_json_member(out, "support", word.support);
    append_json_member(out, "basis", word_basis_name(word.basis));
    if (!word.because.empty()) append_json_member(out, "because", word.because);
    append_json_count(out, "sentence", word.word.sentence + 1);
    out.push_back('}');
  }
  out.push_back(']');
}

}  // namespace vernier
