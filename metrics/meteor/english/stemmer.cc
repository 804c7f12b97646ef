#include "metrics/meteor/english/stemmer.h"

#include <libstemmer.h>

#include <limits>
#include <new>
#include <utility>

#include "base/error.h"

namespace vernier::meteor {

void Stemmer::Delete::operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }

Stemmer::Stemmer() : stemmer_(sb_stemmer_new("english", "UTF_8")) {
  // Words that the classic algorithm and Snowball 3 stem differently.
  constexpr std::pair<std::string_view, std::string_view> kProbes[] = {
      {"added", "ad"}, {"evening", "even"}, {"egged", "eg"}};
  for (const auto& [word, expected] : kProbes) {
    if (stemmer_ == nullptr || stem(word) != expected) {
      throw Error(ExitCode::kResource,
                  "the installed libstemmer is not Snowball 2.x, whose English stems METEOR needs");
    }
  }
}

std::string_view Stemmer::stem(std::string_view word) {
  // No rule looks further than a few letters; libstemmer counts in int.
  if (word.size() > static_cast<std::size_t>(std::numeric_limits<int>::max() / 4)) return word;
  const sb_symbol* stem =
      sb_stemmer_stem(stemmer_.get(), reinterpret_cast<const sb_symbol*>(word.data()),
                      static_cast<int>(word.size()));
  if (stem == nullptr) throw std::bad_alloc();
  return {reinterpret_cast<const char*>(stem),
          static_cast<std::size_t>(sb_stemmer_length(stemmer_.get()))};
}

}  // namespace vernier::meteor
