#include "runners/check/check_study.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "base/parallel.h"
#include "metrics/text/sentences/sentence_splitter.h"
#include "runners/check/check_input.h"
#include "runners/probe/language/word_tools.h"

namespace vernier {
namespace {

using probes::CheckedWord;
using probes::FactVerdict;
using probes::JudgedFact;
using probes::WordVerdict;

/// What is known, as words and as a graph.
struct Evidence {
  probes::WordEvidence words;
  std::vector<probes::TruthGraph> graphs;  // of its annotation, and of what its texts say
};

/// One thread's part.
class EntryChecker {
 public:
  explicit EntryChecker(const WordTools& tools)
      : tools_(tools),
        content_(tools.language, *tools.senses),
        checker_(*tools.senses),
        facts_(*tools.language.word_net, *tools.senses) {}

  Evidence read(const ImageScene& scene, const std::vector<probes::Facts>& texts) {
    Evidence out;
    for (const std::string& text : scene.texts) out.words.add_text(content_.find(text));
    for (const SceneObject& object : scene.objects) {
      for (const std::string& name : object.names) {
        out.words.add_object(name, *tools_.language.word_net);
      }
      for (const std::string& attribute : object.attributes) {
        out.words.add_text(content_.find(attribute + " " + object.names.front()));
      }
    }
    for (const SceneRelation& relation : scene.relations) {
      out.words.add_text(content_.find(scene.objects[relation.subject].names.front() + " " +
                                       relation.predicate + " " +
                                       scene.objects[relation.object].names.front()));
    }
    out.words.set_described();
    if (scene.has_graph()) out.graphs.emplace_back(scene, *tools_.language.word_net);
    if (!texts.empty()) out.graphs.emplace_back(texts, *tools_.language.word_net);
    return out;
  }

  void check(CheckedSentence& sentence, const probes::Facts& facts, const Evidence& evidence) {
    sentence.words = checker_.check(content_.find(sentence.text), evidence.words);
    for (CheckedWord& word : sentence.words) {
      word.word.place.begin += sentence.place.begin;
      word.word.place.end += sentence.place.begin;
      word.word.sentence = 0;
    }
    std::vector<std::vector<JudgedFact>> judged;  // by graph: the same facts in the same order
    for (const probes::TruthGraph& graph : evidence.graphs) {
      judged.push_back(facts_.judge(facts, graph).facts);
    }
    for (const std::vector<JudgedFact>& by_graph : judged) {
      for (std::size_t i = 0; i < by_graph.size(); ++i) {
        const bool supported = std::ranges::any_of(
            judged, [i](const auto& other) { return other[i].verdict == FactVerdict::kSupported; });
        if (contradicted(by_graph[i].verdict) && !supported)
          sentence.against.push_back(by_graph[i]);
      }
    }
    sentence.verdict = verdict_of(sentence);
  }

 private:
  /// Missing objects are the words' business: they know synonyms of verbs and parts of things.
  static bool contradicted(FactVerdict verdict) {
    return verdict == FactVerdict::kSwapped || verdict == FactVerdict::kAttributeWrong ||
           verdict == FactVerdict::kPredicateWrong;
  }

  static SentenceVerdict verdict_of(const CheckedSentence& sentence) {
    if (!sentence.against.empty()) return SentenceVerdict::kUnsupported;
    if (sentence.words.empty()) return SentenceVerdict::kNothingClaimed;
    SentenceVerdict verdict = SentenceVerdict::kSupported;
    for (const CheckedWord& word : sentence.words) {
      if (word.verdict == WordVerdict::kUnsupported) return SentenceVerdict::kUnsupported;
      if (word.verdict == WordVerdict::kUncertain) verdict = SentenceVerdict::kUncertain;
    }
    return verdict;
  }

  const WordTools& tools_;
  probes::ContentWordFinder content_;
  probes::WordChecker checker_;
  probes::FactJudge facts_;
};

/// The sentences of a text and where they are, in code points.
std::vector<CheckedSentence> sentences_of(const std::string& text,
                                          const text::SentenceSplitter& splitter) {
  std::vector<std::string_view> views;
  splitter.split(text, views);
  std::vector<CheckedSentence> out;
  std::uint32_t point = 0;
  const char* at = text.data();
  const auto walk = [&](const char* to) {
    for (; at != to; ++at) point += (*at & 0xC0) != 0x80;
    return point;
  };
  for (std::string_view view : views) {
    view.remove_prefix(std::min(view.find_first_not_of(" \t\r\n"), view.size()));
    if (view.empty()) continue;
    CheckedSentence& sentence = out.emplace_back();
    sentence.text = view;
    sentence.place.begin = walk(view.data());
    sentence.place.end = walk(view.data() + view.size());
  }
  return out;
}

void judge(const CheckOptions& options, CheckedEntry& entry, CheckStudy& study) {
  for (const CheckedSentence& sentence : entry.sentences) {
    ++study.sentences;
    if (sentence.verdict == SentenceVerdict::kNothingClaimed) continue;
    ++entry.claiming;
    const bool uncertain = sentence.verdict == SentenceVerdict::kUncertain;
    const bool unsupported = sentence.verdict == SentenceVerdict::kUnsupported;
    study.supported += sentence.verdict == SentenceVerdict::kSupported;
    study.uncertain += uncertain;
    study.unsupported += unsupported;
    entry.failed += unsupported || (options.strict && uncertain);
  }
  study.claiming += entry.claiming;
  // Integers, so that a share like 0.2 of five sentences means one of them.
  entry.passed = static_cast<double>(entry.failed) <=
                 options.max_unsupported * static_cast<double>(entry.claiming) + 1e-9;
  study.failed_entries += !entry.passed;
  study.passed = study.passed && entry.passed;
}

}  // namespace

const char* sentence_verdict_name(SentenceVerdict verdict) {
  constexpr const char* kNames[] = {"nothing claimed", "supported", "uncertain", "unsupported"};
  return kNames[static_cast<std::size_t>(verdict)];
}

CheckStudy study_check(const CheckOptions& options, const GlobalOptions& global) {
  const CheckInput input = read_check_input(options.texts, options.evidence);
  const WordTools tools = open_word_tools(options.language, global);
  const FactFinder finder(options.scenes, *tools.language.punkt);
  const unsigned threads = thread_count(options.threads);
  std::vector<std::string_view> known, texts;
  for (const ImageScene& scene : input.evidence) {
    known.insert(known.end(), scene.texts.begin(), scene.texts.end());
  }
  CheckStudy study;
  const text::SentenceSplitter splitter(*tools.language.punkt);
  std::vector<std::size_t> first;  // of each text's sentences in `texts`
  for (const CheckInput::Entry& entry : input.entries) {
    study.entries.push_back({entry.id, sentences_of(entry.text, splitter)});
    first.push_back(texts.size());
    for (const CheckedSentence& sentence : study.entries.back().sentences) {
      texts.push_back(sentence.text);
    }
  }
  const std::vector<probes::Facts> known_facts = finder.find(known, threads);
  const std::vector<probes::Facts> facts = finder.find(texts, threads);
  std::vector<std::vector<probes::Facts>> by_scene;
  auto next = known_facts.begin();
  for (const ImageScene& scene : input.evidence) {
    const auto end = next + static_cast<std::ptrdiff_t>(scene.texts.size());
    by_scene.emplace_back(next, end);
    next = end;
  }
  std::vector<Evidence> evidence(input.evidence.size());
  const auto run = [&](std::size_t count, const auto& work) {
    parallel_blocks(threads, count, 16, [&] {
      const auto checker = std::make_shared<EntryChecker>(tools);
      return [&work, checker](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) work(*checker, i);
      };
    });
  };
  run(evidence.size(), [&](EntryChecker& checker, std::size_t i) {
    evidence[i] = checker.read(input.evidence[i], by_scene[i]);
  });
  run(study.entries.size(), [&](EntryChecker& checker, std::size_t i) {
    std::size_t number = first[i];
    for (CheckedSentence& sentence : study.entries[i].sentences) {
      checker.check(sentence, facts[number++], evidence[input.entries[i].evidence]);
    }
  });
  for (CheckedEntry& entry : study.entries) judge(options, entry, study);
  study.signature =
      fmt::format("check|{}|{}|max:{}|strict:{}|v:{}", tools.signature, finder.signature(),
                  options.max_unsupported, options.strict ? "yes" : "no", VERNIER_VERSION);
  return study;
}

}  // namespace vernier
