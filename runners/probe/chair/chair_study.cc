#include "runners/probe/chair/chair_study.h"

#include <fmt/format.h>

#include "base/parallel.h"
#include "runners/probe/captions/known_images.h"

namespace vernier {
namespace {

std::string signature_of(const ChairOptions& options, const probes::LanguageTools& tools,
                         const ChairStudy& study) {
  std::string signature =
      fmt::format("chair|norm:{}|sent:{}",
                  probes::normalisation_name(options.objects.normalisation), tools.splitter_name);
  if (!tools.tagger_name.empty()) signature += "|tags:" + tools.tagger_name;
  if (!tools.word_net_name.empty()) signature += "|lemmas:" + tools.word_net_name;
  signature += fmt::format("|classes:{:08x}|objects:{:08x}|v:{}", study.vocabulary.digest() >> 32,
                           study.known.digest() >> 32, VERNIER_VERSION);
  return signature;
}

}  // namespace

ChairStudy study_chair(const ChairOptions& options, const GlobalOptions& global) {
  ChairStudy study;
  study.vocabulary = open_vocabulary(options.objects);
  const probes::LanguageTools tools = open_language_tools(options.objects, global);
  study.known =
      open_objects(options.objects, study.vocabulary, tools, thread_count(options.threads));
  study.file = read_captions(options.captions, options.read);
  KnownImages images = keep_known(study.file, study.known.match(image_ids(study.file)),
                                  options.objects.name(), options.ignore_extra);
  study.images = std::move(images.images);
  study.id_rule = std::move(images.id_rule);
  study.extra = images.extra;
  study.signature = signature_of(options, tools, study);
  study.captions.resize(study.file.captions.size());
  parallel_blocks(thread_count(options.threads), study.captions.size(), 64, [&] {
    auto finder = std::make_shared<probes::ObjectFinder>(study.vocabulary,
                                                         options.objects.normalisation, tools);
    return [&study, finder](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        study.captions[i] = probes::judge_caption(finder->find(study.file.captions[i].text),
                                                  study.known.objects(study.images[i]));
      }
    };
  });
  for (const probes::ChairCaption& caption : study.captions) study.counts.add(caption);
  study.scores = probes::chair_scores(study.counts);
  return study;
}

}  // namespace vernier
