#include "metrics/spice/fast_tagger.h"

#include <string>

#include "metrics/spice/fast_parser.h"

namespace vernier::spice {
namespace {

/// The parser reads sentences: the sequence is cut behind every mark that ends one, and where it
/// grows longer than any sentence.
constexpr std::size_t kLongest = 250;

bool ends_sentence(std::string_view word) { return word == "." || word == "!" || word == "?"; }

class FastTagger final : public text::Tagger {
 public:
  FastTagger() : parser_(open_fast_parser()), name_(parser_->signature()) {}

  std::string_view name() const override { return name_; }

  void tag(const text::TokenList& tokens, std::vector<std::string_view>& tags) const override {
    const auto worker = parser_->make_worker();
    ParsedSentence parsed;
    std::vector<std::string_view> sentence;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      sentence.push_back(tokens[i]);
      const bool whole = ends_sentence(tokens[i]) || sentence.size() == kLongest;
      if (!whole && i + 1 < tokens.size()) continue;
      worker->parse(sentence, parsed);
      for (const Label tag : parsed.tags) tags.push_back(label_name(tag));
      sentence.clear();
    }
  }

 private:
  std::shared_ptr<const Parser> parser_;
  std::string name_;
};

}  // namespace

std::shared_ptr<const text::Tagger> open_fast_tagger() { return std::make_shared<FastTagger>(); }

}  // namespace vernier::spice
