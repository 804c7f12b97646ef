#include "runners/precision/checkpoints/levels/caption_level.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <unordered_map>

#include "base/error.h"
#include "runners/caption/captioning.h"
#include "runners/model/shots.h"
#include "runners/precision/checkpoints/kept_work.h"
#include "runners/score/score_run.h"

namespace vernier {
namespace {

std::string list_of(const CheckpointsData& data) {
  std::string ids;
  for (const std::string& id : data.image_ids) ids += id + "\n";
  return ids;
}

void score(const std::string& captions, const std::string& run, const CheckpointsData& data,
           const CheckpointsOptions& options, const GlobalOptions& global) {
  ScoreOptions score;
  score.corpus.candidates = captions;
  score.corpus.references = {data.references};
  score.corpus.subset = true;
  score.metrics = options.metrics;
  score.metric = options.metric;
  score.output = run;
  score.threads = options.threads;
  score_corpus(score, global, true);
}

}  // namespace

void write_captions(Side& side, const CheckpointsData& data, const CheckpointsOptions& options,
                    const GlobalOptions& global) {
  CaptioningOptions captioning;
  captioning.images = data.images;
  captioning.list = side.file("images.txt");
  captioning.output = side.file("captions.jsonl");
  captioning.prompt = options.prompt;
  captioning.most_new = options.most_new;
  const std::string ids = list_of(data);
  const KeptWork kept(captioning.output,
                      fmt::format("{}|prompt:{}|max-new:{}|images:\n{}", side.model->signature(),
                                  options.prompt, options.most_new, ids));
  if (kept.done()) return;
  write_file(captioning.list, ids);
  caption_pictures([&]() -> chat::ChatModel& { return *side.model; }, captioning, global);
  kept.finish();
}

CaptionLevel compare_captions(const SidePair& pair, const CheckpointsData& data,
                              const CheckpointsOptions& options, const GlobalOptions& global) {
  if (!data.references.empty()) {
    for (const Side* side : {&pair.a, &pair.b}) {
      score(side->file("captions.jsonl"), pair.run("captions", *side), data, options, global);
    }
  }
  CaptionLevel level;
  const CaptionFile a = read_captions(pair.a.file("captions.jsonl"), {});
  const CaptionFile b = read_captions(pair.b.file("captions.jsonl"), {});
  const PictureFolder folder(data.images);
  std::vector<chat::ChatRequest> requests;
  std::vector<std::size_t> differing;
  for (std::size_t i = 0; i < a.captions.size(); ++i) {
    CaptionLevel::Picture& picture = level.pictures.emplace_back();
    picture.image_id = a.captions[i].image_id;
    picture.pair.text_a = a.captions[i].text;
    picture.pair.text_b = b.captions[i].text;
    picture.pair.equal = picture.pair.text_a == picture.pair.text_b;
    if (picture.pair.equal) continue;
    requests.push_back(request_about({}, folder.load(picture.image_id), options.prompt));
    requests.back().most_new = options.most_new;
    differing.push_back(i);
  }
  logits::greedy_divergence(*pair.a.model, *pair.b.model, requests, options.live * 2,
                            [&](std::size_t i, logits::GreedyPair found) {
                              level.pictures[differing[i]].pair = std::move(found);
                            });
  return level;
}

}  // namespace vernier
