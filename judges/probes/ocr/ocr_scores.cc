#include "judges/probes/ocr/ocr_scores.h"

#include <limits>
#include <string_view>
#include <unordered_map>

#include "judges/probes/language/degeneracy.h"

namespace vernier::probes {
namespace {

/// So much more of the output's runs of four words repeat earlier ones than the reference's do.
constexpr double kLoop = 0.25;

class WordNumbers {
 public:
  std::vector<std::uint32_t> of(const std::vector<std::string>& words) {
    std::vector<std::uint32_t> out;
    out.reserve(words.size());
    for (const std::string& word : words) {
      out.push_back(
          numbers_.try_emplace(word, static_cast<std::uint32_t>(numbers_.size())).first->second);
    }
    return out;
  }

 private:
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
};

double error_rate(std::size_t edits, std::size_t length) {
  if (edits == 0) return 0;
  return length == 0 ? std::numeric_limits<double>::infinity()
                     : static_cast<double>(edits) / static_cast<double>(length);
}

bool is_loop(const OcrRecord& record) {
  const auto repeated = [](const OcrText& text) {
    return degeneracy_of({text.text}).repeated_fourgrams;
  };
  return repeated(record.output) > kLoop + repeated(record.reference);
}

std::uint64_t common(std::span<const std::string> output, std::span<const std::string> reference) {
  return reference.size() - word_difference(output, reference).missing.size();
}

}  // namespace

OcrEdits count_edits(std::span<const EditRun> runs, std::size_t length) {
  OcrEdits edits;
  edits.length = length;
  for (const EditRun& run : runs) {
    if (run.edit == Edit::kReplace) edits.replaced += run.length;
    if (run.edit == Edit::kInsert) edits.inserted += run.length;
    if (run.edit == Edit::kDelete) edits.deleted += run.length;
  }
  return edits;
}

OcrRecord read_ocr_record(std::string_view output, std::span<const std::string> references,
                          const OcrNormalisation& normalisation) {
  OcrRecord record;
  record.output = read_ocr_text(output, normalisation);
  double least = 0;
  for (std::size_t n = 0; n < references.size(); ++n) {
    OcrText reference = read_ocr_text(references[n], normalisation);
    double rate = 0;
    if (references.size() > 1) {
      rate = error_rate(symbol_distance(reference.characters, record.output.characters),
                        reference.characters.size());
    }
    if (n > 0 && !(rate < least)) continue;
    least = rate;
    record.reference = std::move(reference);
    record.chosen = n;
  }
  const std::vector<std::uint32_t>& written = record.reference.characters;
  record.runs = align(written, record.output.characters);
  record.characters = count_edits(record.runs, written.size());
  WordNumbers numbers;
  const std::vector<std::uint32_t> words = numbers.of(record.reference.words);
  record.words = count_edits(align(words, numbers.of(record.output.words)), words.size());
  record.difference = word_difference(record.output.words, record.reference.words);
  record.equal_lines = common(record.output.lines, record.reference.lines);
  record.exact = record.output.text == record.reference.text;
  record.loops = is_loop(record);
  return record;
}

OcrScores score_ocr(std::span<const OcrRecord> records, std::span<const std::uint32_t> clusters) {
  OcrScores out;
  std::vector<RatioTerm> cer, wer, mean_cer, mean_wer, invented, not_misread, missing;
  const auto add = [](OcrEdits& sum, const OcrEdits& edits) {
    sum.replaced += edits.replaced;
    sum.inserted += edits.inserted;
    sum.deleted += edits.deleted;
    sum.length += edits.length;
  };
  for (std::size_t n = 0; n < records.size(); ++n) {
    const OcrRecord& record = records[n];
    const auto term = [&](std::uint64_t part, std::uint64_t whole) {
      return RatioTerm{static_cast<double>(part), static_cast<double>(whole), clusters[n]};
    };
    out.exact.add(record.exact);
    out.exact_lines.part += record.equal_lines;
    out.exact_lines.whole += record.reference.lines.size();
    out.loops += record.loops;
    const std::size_t said = record.output.words.size(), written = record.reference.words.size();
    std::uint64_t misread = 0;
    for (const bool one : record.difference.misread) misread += one;
    const std::uint64_t more = record.difference.invented.size();
    if (said > 0) {
      invented.push_back(term(more, said));
      not_misread.push_back(term(more - misread, said));
    }
    if (written == 0) {
      ++(said == 0 ? out.both_empty : out.said_of_nothing);
      continue;
    }
    out.empty_outputs += said == 0;
    missing.push_back(term(record.difference.missing.size(), written));
    add(out.characters, record.characters);
    add(out.words, record.words);
    cer.push_back(term(record.characters.all(), record.characters.length));
    wer.push_back(term(record.words.all(), record.words.length));
    mean_cer.push_back({cer.back().part / cer.back().whole, 1, clusters[n]});
    mean_wer.push_back({wer.back().part / wer.back().whole, 1, clusters[n]});
  }
  out.cer = clustered_ratio(cer);
  out.wer = clustered_ratio(wer);
  out.mean_cer = clustered_ratio(mean_cer);
  out.mean_wer = clustered_ratio(mean_wer);
  out.invented = clustered_ratio(invented);
  out.invented_not_misread = clustered_ratio(not_misread);
  out.missing = clustered_ratio(missing);
  return out;
}

}  // namespace vernier::probes
