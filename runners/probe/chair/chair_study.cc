#include "runners/probe/chair/chair_study.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/parallel.h"
#include "base/printable.h"

namespace vernier {
namespace {

/// Finds the image of each caption, and drops captions of unknown images where that is allowed.
void match_images(const ChairOptions& options, ChairStudy& study) {
  std::vector<std::string_view> ids;
  for (const CaptionRecord& caption : study.file.captions) ids.push_back(caption.image_id);
  MatchedIds matches = study.known.match(ids);
  study.id_rule = std::move(matches.rule);
  std::vector<CaptionRecord> kept;
  std::string missing;
  for (std::size_t i = 0; i < matches.images.size(); ++i) {
    CaptionRecord& caption = study.file.captions[i];
    if (matches.images[i] != MatchedIds::kNone) {
      study.images.push_back(matches.images[i]);
      kept.push_back(std::move(caption));
      continue;
    }
    if (study.extra++ < 10)
      missing += (missing.empty() ? "" : ", ") + printable(caption.image_id, 60);
  }
  study.file.captions = std::move(kept);
  if (study.extra == 0) return;
  const std::size_t all = study.extra + study.file.captions.size();
  if (!options.ignore_extra || study.file.captions.empty()) {
    throw Error(ExitCode::kBadInput,
                fmt::format("{}: {} of {} captions are of images that {} does not have: {}{}; "
                            "--ignore-extra leaves them out",
                            study.file.name, study.extra, all, options.objects.name(), missing,
                            study.extra > 10 ? ", ..." : ""));
  }
}

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
  match_images(options, study);
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
