// The part of Corpus that joins candidates with references from files of their own.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "base/hash.h"
#include "datasets/image_ids.h"
#include "runners/pipeline/ordered_pipeline.h"
#include "runners/score/corpus/corpus.h"

namespace vernier {

void Corpus::match_references() {
  struct Candidate {
    std::uint64_t id, text;  // hashes
    bool in_shard;
  };
  std::vector<std::string> candidate_ids;
  std::vector<Candidate> candidates;
  candidate_ids.reserve(samples_);
  candidates.reserve(samples_);
  for (std::size_t b = 0; b < blocks_.size(); ++b) {
    const auto block = blocks_.get(b);
    for (const auto& sample : block->samples) {
      candidate_ids.emplace_back(block->text(sample.image_id));
      candidates.push_back(
          {hash_bytes(block->text(sample.id)), sample.candidate_hash, sample.in_shard});
    }
  }
  const std::vector<std::string>& image_ids = references_.image_ids();
  const std::vector<std::string_view> ours(candidate_ids.begin(), candidate_ids.end());
  const std::vector<std::string_view> theirs(image_ids.begin(), image_ids.end());
  const IdMatcher matcher(ours, theirs);
  id_rule_ = matcher.description();
  std::string buffer;
  std::unordered_map<std::string, std::uint32_t> images;
  for (std::size_t i = 0; i < theirs.size(); ++i) {
    images.emplace(matcher.key(theirs[i], buffer), static_cast<std::uint32_t>(i));
  }
  image_of_.resize(samples_);
  std::vector<bool> used(references_.image_count());
  std::vector<std::string> extra;
  for (std::size_t n = 0; n < samples_; ++n) {
    const auto image = images.find(std::string(matcher.key(ours[n], buffer)));
    if (image != images.end()) {
      image_of_[n] = image->second;
      used[image->second] = true;
      dataset_digest_.add(hash_bytes(image->first), references_.text_hash(image->second));
      candidates_digest_.add(candidates[n].id, candidates[n].text);
    } else {
      image_of_[n] = kDropped;
      ++counts_.extra_candidate;
      if (candidates[n].in_shard) --to_measure_;
      if (extra.size() < kIdsShown) extra.push_back(candidate_ids[n]);
    }
  }
  counts_.scored -= counts_.extra_candidate;
  if (counts_.extra_candidate > 0 && !options_.ignore_extra) {
    refuse_ids("candidates without references", extra, counts_.extra_candidate,
               fmt::format("{} ids were matched (rule: {}); --ignore-extra drops the others",
                           counts_.scored, id_rule_));
  }
  std::vector<std::string> missing;
  for (std::size_t i = 0; i < used.size(); ++i) {
    if (used[i]) continue;
    ++counts_.missing_candidate;
    if (missing.size() < kIdsShown) missing.push_back(image_ids[i]);
  }
  if (counts_.missing_candidate > 0 && !options_.subset) {
    refuse_ids("references without a candidate", missing, counts_.missing_candidate,
               "--subset scores the rest");
  }
  evaluated_ = std::move(used);
}

void Corpus::observe_references() {
  if (!evaluation_.needs_observing()) return;
  constexpr std::size_t kImages = 256;
  std::vector<Evaluation::Observing> observing;
  for (unsigned t = 0; t < options_.threads; ++t) observing.emplace_back(evaluation_);
  std::size_t next = 0;
  ordered_pipeline<std::size_t>(
      options_.threads,
      [&](std::size_t& first) {
        first = next;
        next += kImages;
        return first < references_.image_count();
      },
      [&](unsigned thread, std::size_t& first) {
        std::vector<std::vector<std::span<const WordId>>> texts(evaluation_.stream_count());
        const std::size_t end = std::min(first + kImages, references_.image_count());
        for (std::size_t image = first; image < end; ++image) {
          if (!evaluated_[image]) continue;
          for (std::size_t s = 0; s < texts.size(); ++s) {
            texts[s].clear();
            references_.append(image, s, texts[s]);
          }
          observing[thread].document(texts);
        }
      },
      [](std::size_t&) {});
  for (Evaluation::Observing& o : observing) o.finish();
}

}  // namespace vernier
