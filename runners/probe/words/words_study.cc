#include "runners/probe/words/words_study.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/parallel.h"
#include "base/printable.h"
#include "runners/probe/language/word_tools.h"
#include "runners/probe/words/words_measures.h"

namespace vernier {
namespace {

using probes::CheckedWord;
using probes::LabelledText;

/// What is known of each image.
struct Evidence {
  std::vector<probes::WordEvidence> words;
  std::vector<std::vector<std::uint32_t>> objects;  // of the vocabulary, ascending
};

/// Objects of images of which the file has no references.
void add_known_objects(const WordsOptions& options, const WordTools& tools, const WordsStudy& study,
                       Evidence& evidence) {
  const auto known = open_objects(options.objects, study.vocabulary, tools.language, 1);
  const std::vector<std::string_view> ids(study.labelled.images.begin(),
                                          study.labelled.images.end());
  const auto matches = known.match(ids);
  for (std::size_t image = 0; image < ids.size(); ++image) {
    if (matches.images[image] == MatchedIds::kNone) {
      throw Error(ExitCode::kBadInput,
                  fmt::format("{}: image {} is not in {}", study.labelled.name,
                              printable(ids[image], 60), options.objects.name()));
    }
    const auto objects = known.objects(matches.images[image]);
    evidence.objects[image].assign(objects.begin(), objects.end());
    for (const std::uint32_t object : objects) {
      evidence.words[image].add_object(study.vocabulary.class_name(object),
                                       *tools.language.word_net);
    }
  }
}

/// One thread's part.
class TextChecker {
 public:
  TextChecker(const WordsOptions& options, const WordTools& tools, const WordsStudy& study)
      : vocabulary_(study.vocabulary),
        content_(tools.language, *tools.senses),
        checker_(*tools.senses),
        objects_(study.vocabulary, options.objects.normalisation, tools.language) {}

  void read_references(const std::vector<std::string>& references, probes::WordEvidence& words,
                       std::vector<std::uint32_t>& objects) {
    for (const std::string& reference : references) {
      words.add_text(content_.find(reference));
      for (const probes::Mention& mention : objects_.find(reference).mentions) {
        objects.push_back(mention.object);
      }
    }
    std::ranges::sort(objects);
    objects.erase(std::unique(objects.begin(), objects.end()), objects.end());
  }

  CheckedText check(const LabelledText& text, const probes::WordEvidence& words,
                    const std::vector<std::uint32_t>& objects) {
    CheckedText out;
    out.words = checker_.check(content_.find(text.text), words);
    out.chair = probes::judge_caption(objects_.find(text.text), objects);
    if (!words.described()) probes::check_objects(out.chair, vocabulary_, out.words);
    out.words_score = 1 - probes::least_support(out.words);
    out.chair_score = out.chair.hallucinated();
    const auto suspect = std::ranges::min_element(out.words, {}, &CheckedWord::support);
    out.words_hit = out.words_score > 0 && text.marks(suspect->word.place);
    const auto mention =
        std::ranges::find(out.chair.mentions, true, &probes::JudgedMention::hallucinated);
    out.chair_hit = mention != out.chair.mentions.end() && text.marks(mention->place);
    return out;
  }

 private:
  const probes::ObjectVocabulary& vocabulary_;
  probes::ContentWordFinder content_;
  probes::WordChecker checker_;
  probes::ObjectFinder objects_;
};

}  // namespace

WordsStudy study_words(const WordsOptions& options, const GlobalOptions& global) {
  WordsStudy study;
  study.labelled = probes::read_labelled_texts(options.labelled);
  study.vocabulary = open_vocabulary(options.objects);
  const WordTools tools = open_word_tools(options.objects.language, global);
  const std::size_t images = study.labelled.images.size();
  Evidence evidence{std::vector<probes::WordEvidence>(images),
                    std::vector<std::vector<std::uint32_t>>(images)};
  const bool described = study.labelled.format != "faithscore";
  if (!described && !options.objects.given()) {
    throw Error(ExitCode::kUsage,
                fmt::format("{}: holds no references; give what its images hold with --objects",
                            study.labelled.name));
  }
  if (!described) add_known_objects(options, tools, study, evidence);
  study.texts.resize(study.labelled.texts.size());
  const unsigned threads = thread_count(options.threads);
  const auto run = [&](std::size_t count, const auto& work) {
    parallel_blocks(threads, count, 32, [&] {
      const auto checker = std::make_shared<TextChecker>(options, tools, study);
      return [&work, checker](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) work(*checker, i);
      };
    });
  };
  if (described) {
    run(images, [&](TextChecker& checker, std::size_t image) {
      checker.read_references(study.labelled.references[image], evidence.words[image],
                              evidence.objects[image]);
    });
  }
  run(study.texts.size(), [&](TextChecker& checker, std::size_t i) {
    const LabelledText& text = study.labelled.texts[i];
    study.texts[i] = checker.check(text, evidence.words[text.image], evidence.objects[text.image]);
  });
  study.parts = measure_words(options, study);
  study.signature = fmt::format(
      "words|{}|chair:norm:{}|classes:{:08x}|resamples:{}|seed:{}|v:{}", tools.signature,
      probes::normalisation_name(options.objects.normalisation), study.vocabulary.digest() >> 32,
      options.resamples, options.seed, VERNIER_VERSION);
  return study;
}

}  // namespace vernier
