#include "results/report/judge/html/note_data.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json_text.h"
#include "base/printable.h"
#include "results/report/judge/reading/judge_words.h"

namespace vernier::report {
namespace {

constexpr std::size_t kLongestLine = 300;  // bytes
constexpr std::size_t kMostSeen = 24, kMostClaims = 40;

/// Bytes of foreign text, cut, as one JSON string more in a list.
void append_line(std::string& out, std::string_view text) {
  if (!out.ends_with('[')) out.push_back(',');
  append_json_string(out, printable(text, kLongestLine));
}

std::string seen_json(const SeenImage& seen) {
  std::string out = fmt::format("[{}", std::min(seen.things.size(), kMostSeen));
  const std::vector<std::string> lines = seen_lines(seen);
  for (std::size_t i = 0; i < std::min(lines.size(), kMostSeen); ++i) append_line(out, lines[i]);
  if (lines.size() > kMostSeen)
    append_line(out, fmt::format("and {} more", lines.size() - kMostSeen));
  return out + "]";
}

std::string deciles_json(const std::vector<double>& deciles) {
  if (deciles.empty()) return "0";
  std::string out = "[";
  for (const double one : deciles)
    out += fmt::format("{}{:.0f}", out.size() > 1 ? "," : "", 100 * one);
  return out + "]";
}

std::vector<std::string> lines_of(const JudgeNote& note) {
  std::vector<std::string> out = remarks_of(note);
  if (note.vote) {
    out.push_back(fmt::format("{}: {}", vote_words(vote_of(*note.vote)), note.vote->rival));
  }
  for (std::size_t i = 0; i < std::min(note.claims.size(), kMostClaims); ++i) {
    const AskedClaim& claim = note.claims[i];
    out.push_back(
        fmt::format("{}: {} (yes {:.0f}\u00a0%)", claim.verdict, claim.text, 100 * claim.p_yes));
  }
  if (note.claims.size() > kMostClaims) {
    out.push_back(fmt::format("and {} more claims", note.claims.size() - kMostClaims));
  }
  if (!note.said.empty()) out.push_back("it wrote: " + note.said);
  if (!note.rationale.empty()) out.push_back("its reasons: " + note.rationale);
  return out;
}

}  // namespace

std::string NoteData::notes(std::span<const NoteOfRun> runs) {
  if (std::ranges::none_of(runs, [](const NoteOfRun& one) { return one.note.has_value(); })) {
    return "0";
  }
  std::string out = "[";
  for (const NoteOfRun& one : runs) {
    if (out.size() > 1) out += ',';
    out += one.note ? note(*one.note) : "0";
  }
  return out + "]";
}

std::string NoteData::note(const JudgeNote& note) {
  std::string out = "[";
  append_json_string(out, score_words(note));
  out += "," + deciles_json(note.deciles);
  if (note.seen) {
    std::string json = seen_json(*note.seen);
    const auto [known, fresh] = numbers_.try_emplace(std::move(json), numbers_.size());
    if (fresh) seen_ += (seen_.size() > 1 ? "," : "") + known->first;
    out += fmt::format(",{},[", known->second);
  } else {
    out += ",-1,[";
  }
  for (const std::string& line : lines_of(note)) append_line(out, line);
  return out + "]]";
}

}  // namespace vernier::report
