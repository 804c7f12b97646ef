#include "runners/probe/drift/drift_rounds.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "base/error.h"
#include "base/parallel.h"
#include "base/printable.h"
#include "judges/probes/language/degeneracy.h"
#include "judges/probes/object/words/object_finder.h"
#include "metrics/text/tokenizer.h"

namespace vernier {
namespace {

/// CHAIR's part, where it is asked for.
struct Objects {
  probes::ObjectVocabulary vocabulary;
  probes::ImageObjects known;
  std::vector<std::size_t> images;  // by compared image: its number in `known`
};

std::optional<Objects> objects_of(const DriftInput& input, const ObjectOptions& options,
                                  const probes::LanguageTools& tools) {
  if (!options.given()) return std::nullopt;
  Objects objects{open_vocabulary(options), {}, {}};
  objects.known = open_objects(options, objects.vocabulary, tools, 1);
  const std::vector<std::string_view> ids(input.images.begin(), input.images.end());
  objects.images = objects.known.match(ids).images;
  const auto missing = std::ranges::find(objects.images, MatchedIds::kNone);
  if (missing != objects.images.end()) {
    const auto count = std::ranges::count(objects.images, MatchedIds::kNone);
    const auto first = static_cast<std::size_t>(missing - objects.images.begin());
    throw Error(ExitCode::kBadInput, fmt::format("{}: {} of {} images are not in {}, the first {}",
                                                 input.rounds[0].file.name, count, ids.size(),
                                                 options.name(), printable(ids[first], 60)));
  }
  return objects;
}

/// The captions of one round that are compared, image after image.
struct Texts {
  std::vector<std::string_view> texts;
  std::vector<std::size_t> images;  // by text
};

Texts texts_of(const DriftFile& round) {
  Texts out;
  for (std::size_t i = 0; i < round.captions.size(); ++i) {
    for (const std::size_t c : round.captions[i]) {
      out.texts.emplace_back(round.file.captions[c].text);
      out.images.push_back(i);
    }
  }
  return out;
}

probes::LanguageTools open_tools(const DriftReadOptions& options, const GlobalOptions& global) {
  if (options.objects.given()) return open_language_tools(options.objects, global);
  if (options.scenes) return open_language_tools(options.objects.language, false, false, global);
  return {};
}

class RoundReader {
 public:
  RoundReader(const DriftInput& input, const DriftReadOptions& options, const GlobalOptions& global)
      : options_(options),
        tools_(open_tools(options, global)),
        objects_(objects_of(input, options.objects, tools_)) {
    signature_ = fmt::format("tok:{}", tokenizer_->name());
    if (options.scenes) {
      facts_ = std::make_unique<FactFinder>(options.scene, *tools_.punkt);
      signature_ += "|scenes:" + facts_->signature() + "|sent:" + tools_.splitter_name;
    }
    if (objects_) {
      signature_ +=
          fmt::format("|norm:{}|classes:{:08x}|objects:{:08x}",
                      probes::normalisation_name(options.objects.normalisation),
                      objects_->vocabulary.digest() >> 32, objects_->known.digest() >> 32);
    }
  }

  void read(const DriftFile& file, probes::drift::Numbering& numbering,
            probes::drift::Round& round) const {
    const Texts texts = texts_of(file);
    std::vector<probes::Facts> facts;
    if (facts_) facts = facts_->find(texts.texts, options_.threads);
    const std::vector<probes::ChairCaption> chair = judge(texts);
    std::vector<probes::drift::CaptionReading> image;
    std::vector<text::TokenList> words(1);
    for (std::size_t i = 0, t = 0; i < file.captions.size(); ++i) {
      const std::size_t count = file.captions[i].size();
      if (words.size() < count) words.resize(count);
      image.clear();
      for (std::size_t n = 0; n < count; ++n, ++t) {
        words[n].clear();
        tokenizer_->tokenize(texts.texts[t], {}, words[n]);
        image.push_back({&words[n], probes::degeneracy_of({texts.texts[t]}).repeated_fourgrams,
                         facts_ ? &facts[t] : nullptr, objects_ ? &chair[t] : nullptr});
      }
      numbering.add_image(image, round);
    }
  }
  const std::string& signature() const { return signature_; }

 private:
  std::vector<probes::ChairCaption> judge(const Texts& texts) const {
    std::vector<probes::ChairCaption> out;
    if (!objects_) return out;
    out.resize(texts.texts.size());
    parallel_blocks(options_.threads, out.size(), 64, [&] {
      const auto finder = std::make_shared<probes::ObjectFinder>(
          objects_->vocabulary, options_.objects.normalisation, tools_);
      return [this, &out, &texts, finder](std::size_t begin, std::size_t end) {
        for (std::size_t t = begin; t < end; ++t) {
          const std::size_t image = objects_->images[texts.images[t]];
          out[t] =
              probes::judge_caption(finder->find(texts.texts[t]), objects_->known.objects(image));
        }
      };
    });
    return out;
  }

  const DriftReadOptions& options_;
  probes::LanguageTools tools_;
  std::optional<Objects> objects_;
  std::unique_ptr<FactFinder> facts_;
  std::unique_ptr<text::Tokenizer> tokenizer_ = text::open_tokenizer("ptb");
  std::string signature_;
};

}  // namespace

DriftRounds read_drift_rounds(const DriftInput& input, const DriftReadOptions& options,
                              const GlobalOptions& global) {
  const RoundReader reader(input, options, global);
  DriftRounds out;
  for (const DriftFile& file : input.rounds) {
    reader.read(file, out.numbering, out.rounds.emplace_back());
  }
  out.signature = reader.signature();
  return out;
}

}  // namespace vernier
