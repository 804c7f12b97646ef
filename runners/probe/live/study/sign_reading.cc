#include "runners/probe/live/study/sign_reading.h"

#include <map>
#include <vector>

#include "metrics/text/unicode/white_space.h"

namespace vernier {

SignReading read_signs(std::span<const probes::LiveOutcome> outcomes,
                       const probes::AnswerReader& reader, const TesseractOptions& options,
                       unsigned threads) {
  SignReading out;
  out.tesseract = tesseract_version(options);
  std::vector<const probes::LiveOutcome*> asked;
  std::vector<probes::JoinItem> items;
  for (const probes::LiveOutcome& outcome : outcomes) {
    if (!outcome.shown.given || probes::asks_yes_or_no(outcome.question)) continue;
    asked.push_back(&outcome);
    probes::JoinItem& item = items.emplace_back();
    item.image = outcome.question.image_id;
    item.line = items.size();
  }
  const probes::OcrReferences read = tesseract_references(options, items, threads);
  std::map<std::string, std::string> text_of;
  for (std::size_t i = 0; i < read.items.size(); ++i) {
    text_of[read.items[i].image] = read.texts[i].front();
  }
  for (const probes::LiveOutcome* outcome : asked) {
    const std::string& text = text_of[outcome->question.image_id];
    const probes::ReadAnswer other = reader.read(outcome->question, text);
    const probes::ReadAnswer& model = outcome->shown.read;
    ++out.signs;
    out.model_right += model.right;
    out.tesseract_right += other.right;
    out.both_right += model.right && other.right;
    out.agree += model.parsed && other.parsed && model.answer == other.answer;
    out.neither += !model.right && !other.right;
    out.nothing_read += text::strip_left(text).empty();
  }
  return out;
}

}  // namespace vernier
