// SPICE's conversion of constituency trees to dependencies: sentences a second on one core.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "metrics/spice/dependencies/converter.h"
#include "metrics/spice/dependencies/rules/rules.h"

namespace vernier::bench {
namespace {

constexpr std::string_view kTrees[] = {
    "(ROOT (NP (NP (DT a) (NN cat)) (VP (VBG sleeping) (PP (IN on) (NP (DT a) (NN sofa))))))",
    "(ROOT (S (NP (DT a) (NN man)) (VP (VBZ is) (VP (VBG riding) (NP (DT a) (NN bike)) (PP (IN "
    "down) "
    "(NP (DT a) (JJ busy) (NN street)))))))",
    "(ROOT (NP (NP (DT a) (JJ red) (CC and) (JJ white) (NN bus)) (VP (VBN parked) (PP (IN next) "
    "(PP "
    "(TO to) (NP (DT a) (NN building))))) (. .)))",
    "(ROOT (S (NP (EX there)) (VP (VBP are) (NP (NP (CD three) (NNS boats)) (PP (IN in) (NP (NP "
    "(DT "
    "the) (NN harbor)) (PP (IN near) (NP (DT a) (NN bridge)))))))))",
    "(ROOT (S (NP (NP (DT a) (NN woman)) (PP (IN in) (NP (DT a) (JJ green) (NN coat)))) (VP (VBZ "
    "holds) (NP (DT an) (NN umbrella)) (SBAR (IN while) (S (VP (VBG waiting) (PP (IN for) (NP (DT "
    "a) "
    "(NN train)))))))))",
    "(ROOT (NP (NP (DT a) (NN table)) (VP (VBN covered) (PP (IN with) (NP (NP (NNS plates)) (, ,) "
    "(NP "
    "(NNS cups)) (CC and) (NP (NP (DT a) (NN bowl)) (PP (IN of) (NP (NN fruit)))))))))",
    "(ROOT (S (NP (NP (CD two) (NNS children)) (SBAR (WHNP (WP who)) (S (VP (VBP are) (VP (VBG "
    "wearing) (NP (NNS helmets))))))) (VP (VBP look) (PP (IN at) (NP (DT the) (NN camera))))))",
    "(ROOT (FRAG (NP (NP (DT a) (NN kitchen)) (PP (IN with) (NP (NP (DT a) (NN stove)) (CC and) "
    "(NP "
    "(DT no) (NNS windows))))) (. .)))",
    "(ROOT (S (NP (DT the) (NN dog)) (VP (VBZ is) (VP (VBG trying) (S (VP (TO to) (VP (VB catch) "
    "(NP "
    "(DT a) (NN ball)) (PP (IN in) (NP (PRP$ its) (NN mouth))))))))))",
    "(ROOT (NP (NP (DT a) (NN boy)) (VP (VP (VBG standing) (PP (IN in) (NP (NP (NN front)) (PP (IN "
    "of) (NP (DT a) (NN mirror)))))) (CC and) (VP (VBG brushing) (NP (PRP$ his) (NNS teeth))))))",
    "(ROOT (S (PP (IN on) (NP (NP (NN top)) (PP (IN of) (NP (DT the) (NN hill))))) (VP (VBZ "
    "stands) "
    "(NP (DT a) (JJ tall) (JJ white) (NN lighthouse)))))",
    "(ROOT (S (S (NP (DT the) (NN sun)) (VP (VBZ sets))) (, ,) (CC and) (S (NP (JJ several) (NNS "
    "surfers)) (VP (VBP carry) (NP (PRP$ their) (NNS boards)) (PP (IN along) (NP (DT the) (NN "
    "shore)))))))",
};

void convert_trees(benchmark::State& state) {
  std::vector<spice::ReadTree> trees;
  for (const std::string_view tree : kTrees) trees.push_back(spice::read_tree(tree).value());
  spice::DependencyConverter converter;
  std::vector<spice::Dependency> dependencies;
  const spice::LemmaOf no_lemmas = [](std::size_t) { return std::string(); };
  std::size_t sentences = 0;
  for (auto _ : state) {
    for (const spice::ReadTree& tree : trees) {
      converter.convert(tree.tree, tree.words, no_lemmas, dependencies);
      benchmark::DoNotOptimize(dependencies.data());
      ++sentences;
    }
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(sentences));
}

void compile_rules(benchmark::State& state) {
  for (auto _ : state) {
    const spice::Rules rules;
    benchmark::DoNotOptimize(&rules);
  }
}

BENCHMARK(convert_trees);
BENCHMARK(compile_rules)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace vernier::bench
