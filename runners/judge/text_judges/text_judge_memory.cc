#include "runners/judge/text_judges/text_judge_memory.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/error.h"
#include "base/json_text.h"

namespace vernier {
namespace {

std::string journal_text(const TextJudgeMemory::Told& told) {
  std::string json =
      fmt::format("{{\"asked\":{},\"unparsed\":{},\"captions\":[", told.asked, told.unparsed);
  for (const TextJudgedCaption& one : told.captions) {
    if (json.back() != '[') json += ',';
    json += "{\"scores\":[";
    for (const double score : one.scores) {
      if (json.back() != '[') json += ',';
      append_json_number(json, score);
    }
    json += ']';
    // As a text: it is to come back in the same bytes.
    append_json_member(json, "verdict", one.verdict);
    json += '}';
  }
  return json + "]}";
}

void take(TextJudgeMemory::Told told, TextJudgeStudy& study) {
  study.asked += told.asked;
  study.unparsed += told.unparsed;
  for (TextJudgedCaption& one : told.captions) study.captions.push_back(std::move(one));
}

}  // namespace

std::shared_ptr<const CaptionReferences> references_for(const std::string& mode,
                                                        const CaptionFile& file,
                                                        const JudgeOptions& options) {
  auto references = std::make_shared<const CaptionReferences>(file, options.references,
                                                              options.read.replace_invalid);
  if (!references->present() && !file.captions.empty()) {
    throw Error(ExitCode::kBadInput,
                fmt::format("{}: no references; mode {} compares captions with those that people "
                            "wrote (-r FILE)",
                            file.name, mode));
  }
  return references;
}

TextJudgedCaption judged_empty(std::size_t caption, std::size_t scores) {
  return {caption, std::vector<double>(scores, 0.0), "{\"status\":\"empty\"}"};
}

TextJudgeMemory::TextJudgeMemory(const JudgeOptions& options, const std::string& signature,
                                 const GlobalOptions& global)
    : journal_(options, signature, global) {}

bool TextJudgeMemory::recall(const std::string& key, const std::vector<std::size_t>& captions,
                             TextJudgeStudy& study) const {
  const std::string* const text = journal_.find(key);
  if (text == nullptr) return false;
  const auto json = nlohmann::json::parse(*text);
  if (json.at("captions").size() != captions.size()) return false;
  Told told;
  told.asked = json.at("asked").get<std::uint64_t>();
  told.unparsed = json.at("unparsed").get<std::uint64_t>();
  for (const auto& one : json.at("captions")) {
    told.captions.push_back({captions[told.captions.size()],
                             one.at("scores").get<std::vector<double>>(),
                             one.at("verdict").get<std::string>()});
  }
  take(std::move(told), study);
  return true;
}

void TextJudgeMemory::add(const std::string& key, Told told, TextJudgeStudy& study) {
  journal_.add(key, journal_text(told));
  take(std::move(told), study);
}

void TextJudgeMemory::finish(std::vector<std::pair<std::size_t, Unanswered>> failed,
                             const CaptionFile& file, TextJudgeStudy& study) {
  std::ranges::sort(study.captions, {}, &TextJudgedCaption::caption);
  std::ranges::sort(failed, {}, &std::pair<std::size_t, Unanswered>::first);
  for (auto& one : failed) study.failed.push_back(std::move(one.second));
  journal_.finish(study.failed, file.captions.size());
}

}  // namespace vernier
