// SPICE behind the parser: lemmas, and graphs with their tuples, on one core.
#include <benchmark/benchmark.h>

#include <memory>

#include "metrics/spice/lemmas/lemma.h"
#include "metrics/spice/tuples/tuple_extractor.h"
#include "tests/metrics/spice/written_parse.h"

namespace vernier::bench {
namespace {

using tests::WrittenParse;

// Captions of 8 to 14 words, 11 on average.
const std::vector<std::unique_ptr<WrittenParse>>& parses() {
  static const auto all = [] {
    std::vector<std::unique_ptr<WrittenParse>> list;
    for (const char* text : {
             "a/DT/2/det man/NN/4/nsubj is/VBZ/4/aux riding/VBG/0/root a/DT/7/det brown/JJ/7/amod "
             "horse/NN/4/dobj on/IN/10/case the/DT/10/det beach/NN/4/nmod",
             "a/DT/2/det cat/NN/0/root sitting/VBG/2/acl on/IN/5/case top/NN/3/nmod of/IN/9/case "
             "a/DT/9/det wooden/JJ/9/amod table/NN/5/nmod",
             "two/CD/2/nummod men/NNS/6/nsubj and/CC/2/cc three/CD/5/nummod women/NNS/2/conj "
             "ride/VBP/0/root four/CD/8/nummod horses/NNS/6/dobj",
             "a/DT/2/det dog/NN/4/nsubjpass is/VBZ/4/auxpass held/VBN/0/root by/IN/8/case "
             "a/DT/8/det young/JJ/8/amod woman/NN/4/nmod in/IN/11/case a/DT/11/det park/NN/8/nmod",
             "a/DT/2/det lot/NN/9/nsubj of/IN/4/case people/NNS/2/nmod are/VBP/9/cop on/IN/9/case "
             "the/DT/9/det sandy/JJ/9/amod beach/NN/0/root near/IN/12/case the/DT/12/det "
             "water/NN/9/nmod",
             "a/DT/2/det cat/NN/3/nsubj sleeps/VBZ/0/root on/IN/6/case the/DT/6/det bed/NN/3/nmod "
             "and/CC/6/cc under/IN/10/case the/DT/10/det table/NN/6/conj",
             "a/DT/2/det boy/NN/0/root brushing/VBG/2/acl his/PRP$/5/nmod:poss teeth/NNS/3/dobj "
             "while/IN/8/mark he/PRP/8/nsubj looks/VBZ/3/advcl in/IN/11/case a/DT/11/det "
             "mirror/NN/8/nmod",
             "a/DT/2/det group/NN/0/root of/IN/4/case people/NNS/2/nmod standing/VBG/2/acl "
             "around/IN/8/case a/DT/8/det table/NN/5/nmod with/IN/11/case birthday/NN/11/compound "
             "cake/NN/8/nmod",
             "a/DT/2/det man/NN/4/nsubj is/VBZ/4/aux picking/VBG/0/root up/RP/4/compound:prt "
             "a/DT/8/det heavy/JJ/8/amod box/NN/4/dobj and/CC/4/cc carrying/VBG/4/conj "
             "it/PRP/10/dobj outside/RB/10/advmod",
             "a/DT/4/det black/JJ/4/amod and/CC/2/cc cat/NN/5/nsubj sits/VBZ/0/root "
             "next/JJ/5/advmod to/TO/9/case a/DT/9/det laptop/NN/6/nmod on/IN/12/case a/DT/12/det "
             "desk/NN/9/nmod",
             "a/DT/2/det plate/NN/0/root topped/VBN/2/acl with/IN/5/case rice/NN/3/nmod "
             ",/,/5/punct "
             "beans/NNS/5/conj and/CC/5/cc green/JJ/10/amod vegetables/NNS/5/conj",
             "there/EX/2/expl is/VBZ/0/root a/DT/5/det large/JJ/5/amod clock/NN/2/nsubj "
             "hanging/VBG/5/acl from/IN/9/case the/DT/9/det ceiling/NN/6/nmod of/IN/13/case "
             "a/DT/13/det train/NN/13/compound station/NN/9/nmod",
         }) {
      list.push_back(std::make_unique<WrittenParse>(text));
    }
    return list;
  }();
  return all;
}

void spice_lemmas(benchmark::State& state) {
  std::string out;
  std::size_t words = 0;
  for (auto _ : state) {
    for (const auto& sentence : parses()) {
      for (std::size_t i = 0; i < sentence->words.size(); ++i) {
        out.clear();
        spice::append_lemma(sentence->words[i], sentence->parse.tags[i], out);
        benchmark::DoNotOptimize(out.data());
        ++words;
      }
    }
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(words));
}

void spice_tuples(benchmark::State& state) {
  spice::TupleExtractor extractor;
  spice::TupleList tuples;
  std::size_t captions = 0;
  for (auto _ : state) {
    for (const auto& sentence : parses()) {
      tuples.clear();
      extractor.append(sentence->words, sentence->parse, 0, tuples);
      benchmark::DoNotOptimize(tuples.size());
      ++captions;
    }
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(captions));
}

BENCHMARK(spice_lemmas);
BENCHMARK(spice_tuples);

}  // namespace
}  // namespace vernier::bench
