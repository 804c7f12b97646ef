#include "runners/probe/relation/relation_study.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "base/hash.h"
#include "base/parallel.h"
#include "base/printable.h"
#include "datasets/image_ids.h"
#include "datasets/ratings/reference_texts.h"
#include "metrics/text/sentences/sentence_splitter.h"
#include "runners/probe/captions/known_images.h"
#include "runners/probe/language/word_tools.h"

namespace vernier {
namespace {

using probes::Facts;
using probes::JudgedFacts;
using probes::TruthGraph;

std::vector<Facts> facts_of(const FactFinder& finder, const std::vector<std::string>& texts,
                            unsigned threads) {
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  return finder.find(views, threads);
}

/// A graph for each image: its own, or, where it has none, what its texts say.
std::vector<TruthGraph> graphs_of(const SceneFile& file, const FactFinder& finder,
                                  const text::WordNet& word_net, unsigned threads,
                                  RelationStudy& study) {
  std::vector<std::string_view> texts;
  for (const ImageScene& scene : file.images) {
    if (!scene.has_graph()) texts.insert(texts.end(), scene.texts.begin(), scene.texts.end());
  }
  const std::vector<Facts> facts = finder.find(texts, threads);
  std::vector<TruthGraph> graphs;
  auto next = facts.begin();
  for (const ImageScene& scene : file.images) {
    study.null_texts += scene.null_texts;
    if (scene.has_graph()) {
      study.full += scene.kind == GraphKind::kFull;
      study.pruned += scene.kind == GraphKind::kPruned;
      graphs.emplace_back(scene, word_net);
      continue;
    }
    ++study.from_texts;
    const auto end = next + static_cast<std::ptrdiff_t>(scene.texts.size());
    graphs.emplace_back(std::vector<Facts>(next, end), word_net);
    next = end;
  }
  study.graphs = graphs.size();
  return graphs;
}

std::vector<JudgedFacts> judge(const std::vector<Facts>& captions,
                               const std::vector<std::size_t>& images,
                               const std::vector<TruthGraph>& graphs, const WordTools& tools,
                               unsigned threads) {
  std::vector<JudgedFacts> out(captions.size());
  parallel_blocks(threads, captions.size(), 32, [&] {
    const auto judge = std::make_shared<probes::FactJudge>(*tools.language.word_net, *tools.senses);
    return [&, judge](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        out[i] = judge->judge(captions[i], graphs[images[i]]);
      }
    };
  });
  return out;
}

std::size_t words_in(std::string_view text) {
  std::size_t words = 0;
  bool inside = false;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    words += !blank && !inside;
    inside = !blank;
  }
  return words;
}

/// The first sentences that have at most so many words together; of a longer first one its first
/// words. Published captions cut by tokens end within a sentence, which is then dropped.
std::string cut_text(const std::string& text, std::size_t most,
                     const text::SentenceSplitter& splitter) {
  std::vector<std::string_view> sentences;
  splitter.split(text, sentences);
  std::string out;
  std::size_t used = 0;
  for (const std::string_view sentence : sentences) {
    const std::size_t words = words_in(sentence);
    if (used + words > most && used > 0) break;
    out += (out.empty() ? "" : " ") + std::string(sentence);
    used += words;
    if (used > most) {
      std::size_t end = 0;
      for (std::size_t n = 0; n < most; ++n) {
        end = out.find_first_not_of(" \t\r\n", end);
        end = std::min(out.find_first_of(" \t\r\n", end), out.size());
      }
      out.resize(end);
      break;
    }
  }
  return out;
}

std::uint64_t digest_of(const ImageScene& scene) {
  std::uint64_t hash = hash_bytes(scene.id);
  for (const SceneObject& object : scene.objects) {
    for (const std::string& name : object.names) hash = hash_more(hash, hash_bytes(name));
    for (const std::string& one : object.attributes) hash = hash_more(hash, hash_bytes(one));
  }
  for (const SceneRelation& relation : scene.relations) {
    hash = hash_more(hash, hash_bytes(relation.predicate));
    hash = hash_more(hash, (std::uint64_t{relation.subject} << 32) | relation.object);
  }
  for (const std::string& text : scene.texts) hash = hash_more(hash, hash_bytes(text));
  return hash_more(hash, static_cast<std::uint64_t>(scene.kind));
}

SceneFile read_graphs(const RelationOptions& options) {
  SceneFileOptions reading;
  if (options.kind_given) reading.kind = options.kind;
  if (!options.graphs.empty()) return read_scenes(options.graphs, reading);
  const ReferenceTexts references({options.references}, {}, options.read.replace_invalid);
  SceneFile file;
  file.name = printable(options.references, 4096);
  for (std::size_t i = 0; i < references.images().size(); ++i) {
    ImageScene& scene = file.images.emplace_back();
    scene.id = references.images()[i];
    scene.texts = references.of(i);
  }
  return file;
}

}  // namespace

RelationStudy study_relations(const RelationOptions& options, const GlobalOptions& global) {
  RelationStudy study;
  const SceneFile file = read_graphs(options);
  study.file = read_captions(options.captions, options.read);
  std::vector<std::string_view> known_ids;
  for (const ImageScene& scene : file.images) known_ids.push_back(scene.id);
  const KnownImages kept = keep_known(study.file, match_ids(image_ids(study.file), known_ids),
                                      file.name, options.ignore_extra);
  const std::vector<std::size_t>& images = kept.images;
  study.id_rule = kept.id_rule;
  study.extra = kept.extra;
  const WordTools tools = open_word_tools(options.language, global);
  const text::WordNet& word_net = *tools.language.word_net;
  const FactFinder finder(options.scenes, *tools.language.punkt);
  const unsigned threads = thread_count(options.threads);
  const std::vector<TruthGraph> graphs = graphs_of(file, finder, word_net, threads, study);

  std::vector<std::string> texts;
  for (const CaptionRecord& caption : study.file.captions) texts.push_back(caption.text);
  const std::vector<Facts> facts = facts_of(finder, texts, threads);
  for (const Facts& one : facts) study.refused += one.refused;
  study.captions = judge(facts, images, graphs, tools, threads);
  for (const JudgedFacts& caption : study.captions) study.counts.add(caption);

  const text::SentenceSplitter splitter(*tools.language.punkt);
  for (const std::size_t length : options.lengths) {
    CutCaptions& cut = study.cuts.emplace_back();
    cut.words = length;
    std::vector<std::string> short_texts;
    for (const std::string& text : texts) {
      short_texts.push_back(words_in(text) > length ? cut_text(text, length, splitter) : text);
      cut.cut += short_texts.back() != text;
    }
    const std::vector<JudgedFacts> judged =
        judge(facts_of(finder, short_texts, threads), images, graphs, tools, threads);
    for (const JudgedFacts& caption : judged) cut.counts.add(caption);
  }

  probes::CoOccurrence known(word_net);
  for (const TruthGraph& graph : graphs) known.add(graph);
  study.by_subject =
      invented_by_count(study.captions, known, &probes::CoOccurrence::subject_relation);
  study.by_object =
      invented_by_count(study.captions, known, &probes::CoOccurrence::relation_object);
  std::uint64_t digest = 0;
  for (const ImageScene& scene : file.images) digest += digest_of(scene);
  for (const std::size_t image : images) study.truths.push_back(digest_of(file.images[image]));
  study.signature =
      fmt::format("relations|{}|{}|graphs:{:08x}|n:{}|v:{}", finder.signature(), tools.signature,
                  digest >> 32, study.captions.size(), VERNIER_VERSION);
  return study;
}

}  // namespace vernier
