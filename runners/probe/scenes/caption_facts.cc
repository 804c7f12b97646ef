#include "runners/probe/scenes/caption_facts.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "base/parallel.h"
#include "judges/probes/scene/sides.h"
#include "metrics/spice/caption/caption_parser.h"
#include "metrics/spice/exact_parser.h"
#include "metrics/spice/fast_parser.h"
#include "metrics/text/sentences/sentence_splitter.h"
#include "runners/commands/commands.h"

namespace vernier {
namespace {

using probes::Fact;
using probes::FactKind;
using probes::Facts;

/// One thread's part.
class TextReader {
 public:
  TextReader(const spice::Parser& parser, const text::Tokenizer& tokenizer,
             const text::PunktParameters& punkt, bool sides)
      : tokenizer_(tokenizer), splitter_(punkt), parser_(parser), sides_(sides) {}

  Facts read(std::string_view text) {
    Facts out;
    sentences_.clear();
    splitter_.split(text, sentences_);
    out.sentences = static_cast<std::uint32_t>(sentences_.size());
    for (std::uint32_t n = 0; n < out.sentences; ++n) add_sentence(sentences_[n], n, out);
    return out;
  }

 private:
  void add_sentence(std::string_view sentence, std::uint32_t number, Facts& out) {
    tokens_.clear();
    tokenizer_.tokenize(sentence, {}, tokens_);
    words_.clear();
    for (std::size_t n = 0; n < tokens_.size(); ++n) words_.push_back(tokens_[n]);
    if (!parser_.parse(words_, tuples_)) {
      ++out.refused;
      return;
    }
    std::vector<Fact> facts;
    for (const spice::Tuple& tuple : tuples_.tuples()) facts.push_back(fact_of(tuple));
    if (sides_) probes::join_sides(facts);
    for (Fact& fact : facts) {
      fact.sentence = number;
      if (std::ranges::find(out.facts, fact) == out.facts.end()) {
        out.facts.push_back(std::move(fact));
      }
    }
  }

  /// SPICE writes a relation as subject, object, predicate.
  Fact fact_of(const spice::Tuple& tuple) const {
    const auto name = [&](std::size_t n) { return std::string(tuples_.name(tuple.names[n])); };
    if (tuple.size() == 1) return {FactKind::kObject, name(0), {}, {}};
    if (tuple.size() == 2) return {FactKind::kAttribute, name(0), name(1), {}};
    return {FactKind::kRelation, name(0), name(2), name(1)};
  }

  const text::Tokenizer& tokenizer_;
  text::SentenceSplitter splitter_;
  spice::CaptionParser parser_;
  const bool sides_;
  spice::TupleList tuples_;
  text::TokenList tokens_;
  std::vector<std::string_view> sentences_, words_;
};

}  // namespace

void add_scene_options(CLI::App& command, SceneOptions& options) {
  constexpr const char* kGroup = "Scene graphs";
  add_choice_option(command, "--parser", options.exact, {{"fast", false}, {"exact", true}},
                    "fast: our own, needs nothing; exact: as Java's SPICE, needs the grammar")
      ->group(kGroup);
  command.add_option("--grammar", options.grammar, "Grammar of the exact parser")
      ->type_name("FILE")
      ->group(kGroup);
}

FactFinder::FactFinder(const SceneOptions& options, const text::PunktParameters& punkt)
    : parser_(options.exact ? spice::open_exact_parser(spice::find_grammar(options.grammar))
                            : spice::open_fast_parser()),
      tokenizer_(text::open_tokenizer("ptb")),
      punkt_(punkt),
      sides_(options.sides),
      signature_(parser_->signature() + (options.sides ? "|sides:joined" : "")) {}

std::vector<Facts> FactFinder::find(std::span<const std::string_view> texts,
                                    unsigned threads) const {
  std::vector<Facts> out(texts.size());
  parallel_blocks(threads, texts.size(), 16, [&] {
    const auto reader = std::make_shared<TextReader>(*parser_, *tokenizer_, punkt_, sides_);
    return [&out, texts, reader](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) out[i] = reader->read(texts[i]);
    };
  });
  return out;
}

}  // namespace vernier
