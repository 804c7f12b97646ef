#include "runners/score/corpus/corpus.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/io/interrupt.h"
#include "metrics/text/unicode/unicode.h"
#include "runners/pipeline/ordered_pipeline.h"
#include "runners/pipeline/pool.h"

namespace vernier {
namespace {

bool is_blank(std::string_view text) {
  for (std::size_t pos = 0; pos < text.size();) {
    if (!text::is_python_space(text::next_code_point(text, pos))) return false;
  }
  return true;
}

}  // namespace

std::string Shard::text() const { return whole() ? "" : fmt::format("{}/{}", number, count); }

// One block on its way through the reading pass. Its last record is split only when the next block
// is there: the PTB tokeniser may look at the text that follows.
struct Corpus::Incoming {
  std::unique_ptr<RecordBlock> records;
  SampleBlock block;
};

Corpus::Corpus(Evaluation& evaluation, CorpusOptions options)
    : evaluation_(evaluation),
      options_(std::move(options)),
      blocks_(options_.memory_budget),
      references_(options_.keep_references, options_.memory_budget) {
  if (!options_.references.empty()) {
    ReadOptions read = options_.read;
    read.format = options_.reference_format;
    references_.read(evaluation_, options_.references, read, options_.threads, counts_.read);
  }
  read_candidates();
  if (!options_.references.empty()) {
    match_references();
    observe_references();
  }
  if (counts_.scored == 0) {
    throw Error(ExitCode::kBadInput, fmt::format("{}: no records to score", options_.candidates));
  }
}

// What one thread of the reading pass owns.
struct Corpus::Reading {
  explicit Reading(Evaluation& evaluation) : tokenizing(evaluation), observing(evaluation) {}
  Evaluation::Tokenizing tokenizing;
  Evaluation::Observing observing;
};

void Corpus::read_candidates() {
  ReadOptions read = options_.read;
  read.read_references = options_.references.empty();
  const auto reader = RecordReader::open(options_.candidates, read);
  std::vector<std::unique_ptr<Reading>> readings;  // the last one is for the serial step
  for (unsigned t = 0; t <= options_.threads; ++t) {
    readings.push_back(std::make_unique<Reading>(evaluation_));
  }
  Reading& serial = *readings.back();
  Pool<RecordBlock> pool;
  Incoming held;  // the block before, its last record not yet split
  ordered_pipeline<Incoming>(
      options_.threads,
      [&](Incoming& item) {
        check_interrupt();
        item.records = pool.take();
        return reader->next(*item.records);
      },
      [&](unsigned thread, Incoming& item) {
        reader->parse(*item.records);
        const std::span<const Record> records = item.records->records();
        for (std::size_t i = 0; i + 1 < records.size(); ++i) {
          add_sample(*readings[thread], records[i], &records[i + 1], item.block);
        }
      },
      [&](Incoming& item) {
        counts_.read += item.records->counts();
        if (options_.progress) options_.progress(counts_.read.records);
        if (item.records->records().empty()) return;
        if (held.records) {
          add_sample(serial, held.records->records().back(), &item.records->records().front(),
                     held.block);
          accept(held.block);
          pool.give(std::move(held.records));
        }
        held = std::move(item);
      });
  if (held.records) {
    add_sample(serial, held.records->records().back(), nullptr, held.block);
    accept(held.block);
  }
  reader->check(counts_.read);
  for (const auto& reading : readings) reading->observing.finish();
  if (inline_references_missing_ > 0) {
    refuse_ids("candidates without references", first_without_references_,
               inline_references_missing_,
               "give the references with -r FILE, or as \"references\" in each record");
  }
  if (counts_.missing_candidate > 0 && !options_.subset) {
    refuse_ids("references without a candidate", first_missing_, counts_.missing_candidate,
               "--subset scores the rest");
  }
}

// Splits the texts of one record; `next` is the record after it in the input.
void Corpus::add_sample(Reading& reading, const Record& record, const Record* next,
                        SampleBlock& block) {
  SampleBlock::Sample sample;
  sample.line = record.line;
  sample.numbered = record.id.empty() && record.image_id.empty();
  if (sample.numbered) {
    sample.image_id = block.store(std::to_string(record.line));
  } else {
    sample.image_id = block.store(record.image_id.empty() ? record.id : record.image_id);
  }
  sample.id = record.id.empty() ? sample.image_id : block.store(record.id);
  const std::uint64_t image_hash = hash_bytes(block.text(sample.image_id));
  sample.in_shard = options_.shard.holds(image_hash);
  sample.candidate_hash = hash_bytes(record.text);
  if (sample.in_shard) {
    sample.candidate = block.store(record.text);
    sample.meta = block.store(record.meta);
  }
  sample.has_candidate = record.has_text;
  sample.blank = is_blank(record.text);
  sample.other_script = text::is_mostly_other_script(record.text);
  sample.first_text = static_cast<std::uint32_t>(block.tokens.text_count());
  sample.references = static_cast<std::uint32_t>(record.references.size());
  sample.first_reference = static_cast<std::uint32_t>(block.reference_texts.size());
  // Of other shards' samples only what is observed is split.
  const bool split_references = sample.in_shard || evaluation_.needs_observing();
  if (sample.in_shard) {
    reading.tokenizing.add_candidate(record.text, next ? next->text : std::string_view(),
                                     block.tokens);
  } else if (split_references && sample.references > 0) {
    reading.tokenizing.add_candidate({}, {}, block.tokens);
  }

  sample.document = image_hash;
  for (std::size_t r = 0; r < record.references.size(); ++r) {
    std::string_view following;
    if (r + 1 < record.references.size()) {
      following = record.references[r + 1];
    } else if (next && !next->references.empty()) {
      following = next->references[0];
    }
    if (split_references) {
      reading.tokenizing.add_reference(record.references[r], following, block.tokens);
    }
    if (options_.keep_references && sample.in_shard) {
      block.reference_texts.push_back(block.store(record.references[r]));
    }
    sample.other_script |= text::is_mostly_other_script(record.references[r]);
    sample.document = hash_more(sample.document, hash_bytes(record.references[r]));
  }
  if (evaluation_.needs_observing() && sample.has_candidate && sample.references > 0 &&
      documents_.insert(sample.document)) {
    observe(reading.observing, block, sample);
  }
  block.samples.push_back(sample);
}

void Corpus::observe(Evaluation::Observing& observing, const SampleBlock& block,
                     const SampleBlock::Sample& sample) const {
  std::vector<std::vector<std::span<const WordId>>> references(evaluation_.stream_count());
  for (std::size_t s = 0; s < references.size(); ++s) {
    for (std::size_t r = 1; r <= sample.references; ++r) {
      references[s].push_back(block.tokens.text(s, sample.first_text + r));
    }
  }
  observing.document(references);
}

// Serial and in input order: decides what becomes of every record.
void Corpus::accept(SampleBlock& block) {
  std::vector<SampleBlock::Sample> kept;
  kept.reserve(block.samples.size());
  for (SampleBlock::Sample& sample : block.samples) {
    const std::string_view id = block.text(sample.id);
    if (!sample.has_candidate) {
      ++counts_.missing_candidate;
      if (first_missing_.size() < kIdsShown) first_missing_.emplace_back(id);
      continue;
    }
    if (options_.references.empty() && sample.references == 0) {
      ++inline_references_missing_;
      if (first_without_references_.size() < kIdsShown) first_without_references_.emplace_back(id);
      continue;
    }
    const std::uint64_t content =
        mix(sample.candidate_hash | 1, sample.document ^ 0x9E3779B97F4A7C15u);
    const auto [seen, fresh] = seen_.try_emplace(hash_bytes(id), Seen{content, 0});
    if (!fresh && sample.numbered) {
      throw Error(ExitCode::kBadInput,
                  fmt::format("{}:{}: several records without an id begin on this line; give each "
                              "an \"id\" or \"image_id\", or a line of its own",
                              options_.candidates, sample.line));
    }
    if (!fresh && seen->second.content == content) {
      ++counts_.duplicate_candidate;
      continue;
    }
    if (!fresh) {
      if (!options_.several_per_image || sample.id.begin != sample.image_id.begin) {
        throw Error(ExitCode::kBadInput,
                    fmt::format("{}:{}: id {}: second candidate with another text; give each an "
                                "\"id\" of its own, or --several-per-image to number them",
                                options_.candidates, sample.line, id));
      }
      sample.id = block.store(fmt::format("{}#{}", id, ++seen->second.copies));
    }
    if (sample.blank) {
      ++counts_.empty_candidate;
      if (first_empty_.size() < kIdsShown) first_empty_.emplace_back(block.text(sample.id));
    }
    if (sample.other_script) {
      ++counts_.other_script;
      if (first_other_script_.size() < kIdsShown / 2) {
        first_other_script_.emplace_back(block.text(sample.id));
      }
    }
    ++counts_.scored;
    if (sample.in_shard) ++to_measure_;
    if (options_.references.empty()) {
      const std::uint64_t id_hash = hash_bytes(block.text(sample.id));
      dataset_digest_.add(id_hash, sample.document);
      candidates_digest_.add(id_hash, sample.candidate_hash);
    }
    kept.push_back(sample);
  }
  block.samples = std::move(kept);
  block.first_sample = samples_;
  samples_ += block.samples.size();
  blocks_.append(std::move(block));
}

void Corpus::tokens(const SampleBlock& block, std::size_t n, Tokens& out) const {
  const SampleBlock::Sample& sample = block.samples[n];
  const std::size_t streams = evaluation_.stream_count();
  out.candidate.resize(streams);
  out.references.resize(streams);
  for (std::size_t s = 0; s < streams; ++s) {
    out.candidate[s] = block.tokens.text(s, sample.first_text);
    out.references[s].clear();
    if (options_.references.empty()) {
      for (std::size_t r = 1; r <= sample.references; ++r) {
        out.references[s].push_back(block.tokens.text(s, sample.first_text + r));
      }
    } else {
      references_.append(image_of_[block.first_sample + n], s, out.references[s]);
    }
  }
}

void Corpus::reference_texts(const SampleBlock& block, std::size_t n,
                             std::vector<std::string_view>& out,
                             std::vector<std::string>& buffers) const {
  out.clear();
  if (!options_.references.empty()) {
    references_.append_texts(image_of_[block.first_sample + n], out, buffers);
    return;
  }
  const SampleBlock::Sample& sample = block.samples[n];
  for (std::size_t r = 0; r < sample.references; ++r) {
    out.push_back(block.text(block.reference_texts[sample.first_reference + r]));
  }
}

void Corpus::refuse_ids(const std::string& what, const std::vector<std::string>& first,
                        std::uint64_t total, const std::string& hint) const {
  throw Error(ExitCode::kBadInput,
              fmt::format("{}: {} {} (of {}): {}{}; {}", options_.candidates, total, what,
                          samples_ + counts_.missing_candidate + inline_references_missing_,
                          fmt::join(first, ", "), total > first.size() ? ", ..." : "", hint));
}

}  // namespace vernier
