#include "runners/judge/clip/clip_study.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/hash.h"
#include "base/io/interrupt.h"
#include "base/json_text.h"
#include "judges/clip/clip_scorer.h"
#include "runners/judge/answers/caption_order.h"
#include "runners/judge/answers/judge_journal.h"
#include "runners/judge/clip/text_vectors.h"
#include "runners/model/picture_folder.h"
#include "runners/pipeline/progress.h"

namespace vernier {
namespace {

/// Captions that are worked on at a time: their pictures' pixels are in memory (0.6 MB each), and
/// an interrupt waits for them.
constexpr std::size_t kPortion = 16;

/// A picture that captions are of.
struct SeenPicture {
  std::uint64_t digest = 0;
  std::vector<float> pixels;  ///< until the vector is there
  clip::Embedding vector;
  std::string problem;  ///< why there is neither
};

struct OpenCaption {
  std::size_t caption = 0;
  std::shared_ptr<SeenPicture> picture;
  std::size_t text = 0;  ///< of TextVectors, as are
  std::vector<std::size_t> references;
};

std::string text_of(const ClipScoredCaption& one) {
  std::string json = "{\"clipscore\":";
  append_json_number(json, one.clip_score);
  json += ",\"refclipscore\":";
  append_json_number(json, one.ref_clip_score);
  return json + '}';
}

ClipScoredCaption read_scored(std::size_t caption, std::uint64_t picture, const std::string& text) {
  const auto json = nlohmann::json::parse(text);
  return {caption, json.at("clipscore").get<double>(), json.at("refclipscore").get<double>(),
          picture};
}

std::shared_ptr<SeenPicture> see(const PictureFolder& folder, const clip::ClipScorer& scorer,
                                 std::string_view image_id) {
  auto seen = std::make_shared<SeenPicture>();
  try {
    const auto picture = folder.load(image_id);
    seen->digest = hash_bytes(picture->bytes);
    seen->pixels = scorer.pixels(scorer.decode(picture->bytes, picture->name));
  } catch (const Error& error) {
    if (error.code() != ExitCode::kBadInput) throw;
    seen->problem = error.what();
  }
  return seen;
}

/// Of the pictures of a portion, each once.
void look_at(clip::ClipScorer& scorer, std::span<const OpenCaption> portion) {
  std::vector<SeenPicture*> fresh;
  std::vector<std::vector<float>> pixels;
  for (const OpenCaption& one : portion) {
    if (one.picture->pixels.empty()) continue;
    fresh.push_back(one.picture.get());
    pixels.push_back(std::move(one.picture->pixels));
    one.picture->pixels.clear();
  }
  std::vector<clip::Embedding> vectors = scorer.embed_pictures(pixels);
  for (std::size_t i = 0; i < fresh.size(); ++i) fresh[i]->vector = std::move(vectors[i]);
}

class Measuring {
 public:
  Measuring(clip::ClipScorer& scorer, const CaptionFile& file, JudgeJournal& journal,
            ClipStudy& study)
      : scorer_(scorer), file_(file), journal_(journal), study_(study), texts_(scorer) {}

  /// What is in the journal is taken from there.
  void announce(std::size_t caption, const PictureFolder& folder) {
    if (journal_.size() > 0) {
      const std::uint64_t digest = digest_of(folder, file_.captions[caption].image_id);
      const std::string* const kept = journal_.find(key_of(caption, digest));
      if (kept != nullptr) {
        study_.captions.push_back(read_scored(caption, digest, *kept));
        return;
      }
    }
    OpenCaption open;
    open.caption = caption;
    open.text = texts_.announce(file_.captions[caption].text);
    for (const std::string& reference : study_.references->of(caption)) {
      open.references.push_back(texts_.announce(reference));
    }
    open_.push_back(std::move(open));
  }

  void run(const PictureFolder& folder, const GlobalOptions& global) {
    Progress progress("clipscores", global.quiet);
    std::shared_ptr<SeenPicture> last;
    std::string_view last_id;
    for (std::size_t first = 0; first < open_.size(); first += kPortion) {
      const auto portion =
          std::span(open_).subspan(first, std::min(kPortion, open_.size() - first));
      for (OpenCaption& one : portion) {
        check_interrupt();
        const std::string_view id = file_.captions[one.caption].image_id;
        if (last == nullptr || last_id != id) last = see(folder, scorer_, id);
        last_id = id;
        one.picture = last;
      }
      measure(portion);
      for (OpenCaption& one : portion) one = {};
      progress.update(first + portion.size(), open_.size());
    }
  }

 private:
  std::string key_of(std::size_t caption, std::uint64_t picture) const {
    return content_key(
        picture, {hash_bytes(file_.captions[caption].text), study_.references->digest(caption)});
  }
  /// 0 where it cannot be read, of which run() tells.
  std::uint64_t digest_of(const PictureFolder& folder, const std::string& image_id) {
    if (image_id == announced_) return announced_digest_;
    announced_ = image_id;
    announced_digest_ = 0;
    try {
      announced_digest_ = hash_bytes(folder.load(image_id)->bytes);
    } catch (const Error& error) {
      if (error.code() != ExitCode::kBadInput) throw;
    }
    return announced_digest_;
  }

  void measure(std::span<const OpenCaption> portion) {
    look_at(scorer_, portion);
    std::vector<std::size_t> needed;
    for (const OpenCaption& one : portion) {
      if (one.picture->vector.empty()) continue;
      needed.push_back(one.text);
      needed.insert(needed.end(), one.references.begin(), one.references.end());
    }
    texts_.compute(needed);
    for (const OpenCaption& one : portion) {
      if (one.picture->vector.empty()) {
        study_.failed.push_back({file_.captions[one.caption].id, one.picture->problem});
      } else {
        add(one);
      }
      texts_.release(one.text);
      for (const std::size_t reference : one.references) texts_.release(reference);
    }
  }

  void add(const OpenCaption& one) {
    const clip::Embedding& text = texts_.at(one.text);
    ClipScoredCaption scored;
    scored.caption = one.caption;
    scored.picture = one.picture->digest;
    scored.clip_score = clip::clip_score(clip::cosine(one.picture->vector, text));
    if (!one.references.empty()) {
      double largest = -1;
      for (const std::size_t reference : one.references) {
        largest = std::max(largest, clip::cosine(text, texts_.at(reference)));
      }
      scored.ref_clip_score = clip::ref_clip_score(scored.clip_score, largest);
    }
    study_.captions.push_back(scored);
    journal_.add(key_of(one.caption, scored.picture), text_of(scored));
  }

  clip::ClipScorer& scorer_;
  const CaptionFile& file_;
  JudgeJournal& journal_;
  ClipStudy& study_;
  TextVectors texts_;
  std::vector<OpenCaption> open_;
  std::string announced_;  // the last picture
  std::uint64_t announced_digest_ = 0;
};

}  // namespace

ClipStudy measure_clip_scores(const CaptionFile& file, const JudgeOptions& options,
                              const GlobalOptions& global) {
  if (options.model.folder.empty()) {
    throw Error(ExitCode::kUsage,
                "--mode clipscore needs --model DIR, the folder of a CLIP checkpoint");
  }
  const PictureFolder folder(options.images);
  ClipStudy study;
  study.references = std::make_shared<const CaptionReferences>(file, options.references,
                                                               options.read.replace_invalid);
  clip::ClipScorer scorer({options.model.folder, thread_count(options.model.threads)});
  study.model = scorer.signature();
  study.signature = fmt::format("clipscore|{}|prefix:A_photo_depicts|weight:{}|v:1", study.model,
                                clip::kClipScoreWeight);
  JudgeJournal journal(options, study.signature, global);
  Measuring measuring(scorer, file, journal, study);
  for (const std::size_t i : by_image(file)) measuring.announce(i, folder);
  measuring.run(folder, global);
  std::ranges::sort(study.captions, {}, &ClipScoredCaption::caption);
  journal.finish(study.failed, file.captions.size());
  return study;
}

}  // namespace vernier
