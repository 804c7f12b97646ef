#include "runners/score/corpus/reference_set.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/hash.h"
#include "base/io/interrupt.h"
#include "runners/pipeline/ordered_pipeline.h"
#include "runners/pipeline/pool.h"

namespace vernier {

struct ReferenceSet::Incoming {
  std::unique_ptr<RecordBlock> records;
  struct Reference {
    std::string image_id;
    std::uint64_t hash;
  };
  std::vector<Reference> references;
  std::unique_ptr<TokenBlock> tokens;
  TextStore::Block texts;
};

void ReferenceSet::read(Evaluation& evaluation, const std::vector<std::string>& paths,
                        const ReadOptions& options, unsigned threads, ReadCounts& counts) {
  std::size_t lines = 0;
  for (const std::string& path : paths) {
    const auto reader = RecordReader::open(path, options);
    Pool<RecordBlock> pool;
    std::vector<Evaluation::Tokenizing> tokenizing;
    for (unsigned t = 0; t < threads; ++t) tokenizing.emplace_back(evaluation);
    std::size_t records_here = 0;
    const bool plain = reader->format() == Format::kLines;
    ordered_pipeline<Incoming>(
        threads,
        [&](Incoming& item) {
          check_interrupt();
          item.records = pool.take();
          return reader->next(*item.records);
        },
        [&](unsigned thread, Incoming& item) {
          reader->parse(*item.records);
          item.tokens = std::make_unique<TokenBlock>();
          const auto add = [&](const Record& record, std::string_view text,
                               std::string_view following) {
            const std::string_view key = record.image_id.empty() ? record.id : record.image_id;
            item.references.push_back({std::string(key), hash_bytes(text)});
            if (keep_texts_) item.texts.add(text);
            tokenizing[thread].add_reference(text, following, *item.tokens);
          };
          const std::span<const Record> all = item.records->records();
          for (std::size_t i = 0; i < all.size(); ++i) {
            const Record& record = all[i];
            if (!record.has_references && !record.has_text) {
              throw Error(ExitCode::kBadInput,
                          fmt::format("{}:{}: a reference record holds neither a caption nor "
                                      "references",
                                      path, record.line));
            }
            if (record.id.empty() && record.image_id.empty()) {
              throw Error(ExitCode::kBadInput,
                          fmt::format("{}:{}: a reference record without image_id or id", path,
                                      record.line));
            }
            if (record.has_references) {
              for (std::size_t r = 0; r < record.references.size(); ++r) {
                add(record, record.references[r],
                    r + 1 < record.references.size() ? record.references[r + 1]
                                                     : std::string_view());
              }
            } else {
              add(record, record.text,
                  i + 1 < all.size() && all[i + 1].has_text ? all[i + 1].text : std::string_view());
            }
          }
        },
        [&](Incoming& item) {
          records_here += item.references.size();
          counts += item.records->counts();
          pool.give(std::move(item.records));
          accept(item);
        });
    plain_lines_ = plain;
    if (plain) {
      if (lines != 0 && records_here != lines) {
        throw Error(ExitCode::kBadInput,
                    fmt::format("{}: {} lines, but {} has {}; line n of every reference file must "
                                "belong to line n of the candidates",
                                path, records_here, paths[0], lines));
      }
      lines = records_here;
    }
  }
  index();
}

void ReferenceSet::accept(Incoming& item) {
  const std::uint32_t block = static_cast<std::uint32_t>(blocks_.size());
  for (std::uint32_t n = 0; n < item.references.size(); ++n) {
    const auto& [id, hash] = item.references[n];
    const auto [place, added] =
        image_numbers_.try_emplace(id, static_cast<std::uint32_t>(image_ids_.size()));
    if (added) {
      image_ids_.push_back(id);
      text_hashes_.push_back(0);
    }
    std::uint64_t& text_hash = text_hashes_[place->second];
    text_hash = hash_more(text_hash, hash);
    texts_.push_back({place->second, block, n});
  }
  blocks_.push_back(std::move(item.tokens));
  if (keep_texts_) stored_.append(std::move(item.texts));
}

void ReferenceSet::index() {
  std::stable_sort(texts_.begin(), texts_.end(),
                   [](const Text& a, const Text& b) { return a.image < b.image; });
  begin_.assign(image_ids_.size() + 1, 0);
  for (const Text& text : texts_) ++begin_[text.image + 1];
  for (std::size_t i = 1; i < begin_.size(); ++i) begin_[i] += begin_[i - 1];
}

void ReferenceSet::append(std::size_t image, std::size_t stream,
                          std::vector<std::span<const WordId>>& out) const {
  for (std::size_t t = begin_[image]; t < begin_[image + 1]; ++t) {
    out.push_back(blocks_[texts_[t].block]->text(stream, texts_[t].number));
  }
}

void ReferenceSet::append_texts(std::size_t image, std::vector<std::string_view>& out,
                                std::vector<std::string>& buffers) const {
  const std::size_t begin = begin_[image], end = begin_[image + 1];
  if (buffers.size() < end - begin) buffers.resize(end - begin);
  for (std::size_t t = begin; t < end; ++t) {
    out.push_back(stored_.get(texts_[t].block, texts_[t].number, buffers[t - begin]));
  }
}

}  // namespace vernier
