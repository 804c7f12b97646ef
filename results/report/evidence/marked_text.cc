#include "results/report/evidence/marked_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace vernier::report {
namespace {

/// The worse of two findings.
Finding worse(Finding a, Finding b) {
  for (const Finding finding : {Finding::kInvented, Finding::kSupported}) {
    if (a == finding || b == finding) return finding;
  }
  return Finding::kOther;
}

void add_marks(CaptionEvidence& out, std::vector<Mark> marks) {
  std::ranges::stable_sort(marks, [](const Mark& a, const Mark& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  for (Mark& mark : marks) {
    if (out.marks.empty() || mark.begin >= out.marks.back().end) {
      out.marks.push_back(std::move(mark));
      continue;
    }
    Mark& last = out.marks.back();
    if (mark.begin == last.begin && mark.end == last.end) {
      last.finding = worse(last.finding, mark.finding);
      if (last.label != mark.label) last.label += "; " + mark.label;
    }
  }
}

/// Each once, in their order, with their numbers.
std::vector<std::string> counted_once(const std::vector<std::string>& names) {
  std::vector<std::string> out, seen;
  for (const std::string& name : names) {
    if (std::ranges::find(seen, name) != seen.end()) continue;
    seen.push_back(name);
    const auto times = std::ranges::count(names, name);
    out.push_back(times == 1 ? name : fmt::format("{} ({} times)", name, times));
  }
  return out;
}

}  // namespace

CaptionEvidence caption_evidence(std::span<const ProbeEvidence> probes) {
  CaptionEvidence out;
  std::vector<Mark> marks;
  std::vector<std::string> invented;
  for (const ProbeEvidence& probe : probes) {
    for (const Mention& mention : probe.mentions) {
      if (mention.finding == Finding::kInvented) invented.push_back(mention.object);
      if (!mention.place) continue;
      marks.push_back(
          {mention.place->begin, mention.place->end, mention.finding,
           mention.object.empty() ? mention.verdict : mention.object + ": " + mention.verdict});
    }
    for (std::string& object : probe.left_out()) {
      if (std::ranges::find(out.left_out, object) == out.left_out.end()) {
        out.left_out.push_back(std::move(object));
      }
    }
  }
  out.invented = counted_once(invented);
  add_marks(out, std::move(marks));
  return out;
}

std::vector<Piece> pieces_of(std::span<const Segment> segments, const CaptionEvidence& evidence) {
  std::vector<Piece> out;
  std::size_t length = 0;
  for (const Segment& segment : segments) length += segment.text.size();
  std::size_t at = 0;  // where the segment begins in the caption
  auto mark = evidence.marks.begin();
  // A mark that an excerpt cuts is not drawn.
  const auto drawn = [&] { return mark != evidence.marks.end() && mark->end <= length; };
  for (const Segment& segment : segments) {
    const std::size_t end = at + segment.text.size();
    std::size_t done = at;
    while (drawn() && mark->begin < end) {
      if (mark->begin > done) {
        out.push_back({segment.text.substr(done - at, mark->begin - done), segment.level, nullptr});
      }
      // A mark may reach over several segments; they lie one behind the other in one text.
      const std::size_t from = std::max(done, mark->begin);
      const bool continues = from > mark->begin;
      const std::size_t to = std::min(end, mark->end);
      if (continues) {
        std::string_view& text = out.back().text;
        text = {text.data(), text.size() + (to - from)};
      } else {
        out.push_back({segment.text.substr(from - at, to - from), 0, &*mark});
      }
      done = to;
      if (mark->end > end) break;
      ++mark;
    }
    if (done < end) out.push_back({segment.text.substr(done - at), segment.level, nullptr});
    at = end;
  }
  return out;
}

std::string_view mark_class(Finding finding) {
  if (finding == Finding::kInvented) return "bad";
  return finding == Finding::kSupported ? "good" : "other";
}

}  // namespace vernier::report
