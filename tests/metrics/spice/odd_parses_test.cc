// Whatever a parser says, extraction ends, soon, with the same sound result each time.
#include "tests/metrics/spice/odd_parses.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <new>
#include <random>

#include "tests/metrics/spice/extraction.h"

namespace {
std::atomic<std::size_t> allocations{0};
}

// Counts what the extraction takes from the heap. (Inlined, GCC 12 takes malloc and free for a
// mismatch with new and delete.)
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size);
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, const std::nothrow_t&) noexcept {
  std::free(memory);
}

namespace vernier::tests {
namespace {

// Every edge is in both lists once, and children are in the order of Java's buckets.
void expect_sound(const spice::Graph& graph) {
  std::size_t out = 0, in = 0;
  for (spice::NodeId node = 0; node < graph.size(); ++node) {
    std::vector<spice::NodeId> children;
    spice::for_each_out(graph, node, [&](spice::EdgeId id, const spice::Edge& edge) {
      ++out;
      EXPECT_EQ(edge.governor, node);
      EXPECT_TRUE(graph.present(node) && graph.present(edge.dependent));
      std::size_t entered = 0;
      spice::for_each_in(graph, edge.dependent,
                         [&](spice::EdgeId other, const spice::Edge&) { entered += other == id; });
      EXPECT_EQ(entered, 1u);
      if (children.empty() || children.back() != edge.dependent) children.push_back(edge.dependent);
    });
    spice::for_each_in(graph, node, [&](spice::EdgeId, const spice::Edge& edge) {
      ++in;
      EXPECT_EQ(edge.dependent, node);
    });
    std::vector<spice::NodeId> distinct = children;
    std::sort(distinct.begin(), distinct.end());
    EXPECT_EQ(std::unique(distinct.begin(), distinct.end()), distinct.end());
  }
  EXPECT_EQ(out, in);
}

void expect_sound(const spice::TupleList& tuples, std::size_t words) {
  EXPECT_LE(tuples.size(), 4 * words * words + 100);
  for (const spice::Tuple& tuple : tuples.tuples()) {
    for (std::size_t i = 0; i < tuple.size(); ++i) EXPECT_LT(tuple.names[i], tuples.names());
  }
}

TEST(SpiceOddParses, GiveSoundTuplesAndTheSameOnesAgain) {
  std::mt19937 random(20'160);
  const auto draw = [&](std::size_t n) { return std::size_t{random()} % n; };
  spice::TupleExtractor used;
  spice::TupleList tuples, again;
  std::size_t made = 0;
  for (int round = 0; round < 4000; ++round) {
    const OddParse odd = make_odd_parse(draw(round % 10 == 0 ? 151 : 25), draw);
    const std::size_t number = draw(5);
    tuples.clear();
    again.clear();
    ASSERT_TRUE(used.append(odd.words, odd.parse, number, tuples));
    ASSERT_TRUE(spice::TupleExtractor().append(odd.words, odd.parse, number, again));
    ASSERT_EQ(tuples, again);
    expect_sound(tuples, odd.words.size());
    made += tuples.size();

    spice::SentenceGraph graph;
    ASSERT_TRUE(spice::start(odd.words, odd.parse, number, graph));
    expect_sound(graph.graph);
    spice::Collapser().collapse(graph);
    expect_sound(graph.graph);
    EXPECT_EQ(spice::print_edges(graph), used.collapsed_edges(odd.words, odd.parse, number));
    spice::Enhancer().enhance(graph);
    expect_sound(graph.graph);
    if (HasFailure()) FAIL() << "round " << round;
  }
  EXPECT_GT(made, 10'000u);
}

TEST(SpiceOddParses, TheLargestOnesEndToo) {
  // Every relation from everywhere to everywhere, as far as the limits allow.
  using spice::Relation;
  for (const auto& relations : std::vector<std::vector<Relation>>{
           {Relation::kNmod, Relation::kCase, Relation::kMwe},
           {Relation::kNmod, Relation::kCase, Relation::kCc, Relation::kConj},
           {Relation::kConj, Relation::kCc, Relation::kNsubj, Relation::kDobj},
           {Relation::kNsubj, Relation::kCop, Relation::kDobj, Relation::kConj}}) {
    const std::size_t words = spice::kMaxWords;
    OddParse odd;
    odd.texts.assign(words, "of");
    odd.words.assign(odd.texts.begin(), odd.texts.end());
    odd.parse.tags.assign(words, spice::Label::kNns);
    for (std::size_t i = 0; i < 8 * words; ++i) {
      // Few governors with many children each.
      const std::size_t governor = i % 8 + 1, dependent = i / 8 % words + 1;
      odd.parse.dependencies.push_back({static_cast<std::uint16_t>(i % 97 == 0 ? 0 : governor),
                                        static_cast<std::uint16_t>(dependent),
                                        relations[(i + dependent) % relations.size()]});
    }
    spice::TupleList tuples;
    ASSERT_TRUE(spice::TupleExtractor().append(odd.words, odd.parse, 0, tuples));
    expect_sound(tuples, words);
  }
}

TEST(SpiceOddParses, ExtractionTakesNoMemoryOnceItHasSeenTheLike) {
  const WrittenParse parses[] = {
      WrittenParse("a/DT/2/det cat/NN/3/nsubj sleeps/VBZ/0/root on/IN/6/case the/DT/6/det "
                   "bed/NN/3/nmod and/CC/6/cc under/IN/10/case the/DT/10/det tables/NNS/6/conj"),
      WrittenParse("a/DT/2/det lot/NN/0/root of/IN/4/case people/NNS/2/nmod riding/VBG/2/acl "
                   "in/IN/7/case front/NN/5/nmod of/IN/10/case his/PRP$/10/nmod:poss "
                   "horses/NNS/7/nmod")};
  spice::TupleExtractor extractor;
  spice::TupleList tuples;
  const auto extract = [&] {
    tuples.clear();
    for (const WrittenParse& written : parses) {
      ASSERT_TRUE(extractor.append(written.words, written.parse, 0, tuples));
    }
  };
  extract();
  const std::size_t before = allocations;
  extract();
  EXPECT_EQ(allocations, before);
  EXPECT_GT(tuples.size(), 8u);
}

}  // namespace
}  // namespace vernier::tests
