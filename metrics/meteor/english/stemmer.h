// The stemmer of METEOR's module "stem": Snowball English (Porter2) as of 2001 to 2020.
#pragma once

#include <memory>
#include <string_view>

struct sb_stemmer;

namespace vernier::meteor {

/// One thread at a time.
class Stemmer {
 public:
  /// Throws Error(kResource) when the installed libstemmer holds a later revision of the algorithm
  /// (Snowball 3), whose stems differ. Versions 2.0 to 2.2 equal METEOR's stemmer (2.2.0: no
  /// difference on 205,111 words of the paraphrase table, WordNet and captions).
  Stemmer();

  /// The stem of a lower-case word; valid until the next call.
  std::string_view stem(std::string_view word);

 private:
  struct Delete {
    void operator()(sb_stemmer* stemmer) const;
  };
  std::unique_ptr<sb_stemmer, Delete> stemmer_;
};

}  // namespace vernier::meteor
