// Any bytes as what a probe or an audit printed, or as a sample's meta. The first byte decides: a
// page of the probe or audit in which nothing of the input is markup, or one typed error; evidence
// whose places lie in the caption, one behind the other where they are drawn.
#include "base/error.h"
#include "results/report/evidence/marked_text.h"
#include "results/report/report.h"
#include "tests/fuzz/input.h"

namespace {

using namespace vernier;
using fuzz::require;

std::size_t times(std::string_view text, std::string_view piece) {
  std::size_t count = 0;
  for (std::size_t at = text.find(piece); at != std::string_view::npos;
       at = text.find(piece, at + 1)) {
    ++count;
  }
  return count;
}

void check_page(std::string_view bytes, std::vector<std::string> report::Options::*files) {
  const fuzz::MemoryFile file(bytes);
  report::Options options;
  options.*files = {file.path(), file.path()};
  try {
    const std::string page = report::html_report({}, options);
    fuzz::require_utf8(page);
    require(times(page, "<script") == 1 && times(page, "</script") == 1);
    require(page == report::html_report({}, options));
  } catch (const Error& error) {
    require(error.code() == ExitCode::kBadInput);
    require(std::string_view(error.what()).find('\n') == std::string_view::npos);
  }
}

/// The caption before a byte 0xFF, the meta behind it.
void check_evidence(std::string_view bytes) {
  const std::size_t cut = std::min(bytes.find('\xFF'), bytes.size());
  std::string caption(bytes.substr(0, cut)), meta(bytes.substr(std::min(cut + 1, bytes.size())));
  text::replace_invalid_utf8(caption);
  text::replace_invalid_utf8(meta);
  const std::vector<ProbeEvidence> probes = evidence_of(meta, caption);
  for (const ProbeEvidence& probe : probes) {
    for (const Mention& mention : probe.mentions) {
      if (!mention.place) continue;
      require(mention.place->begin < mention.place->end && mention.place->end <= caption.size());
    }
  }
  const report::CaptionEvidence evidence = report::caption_evidence(probes);
  const report::Segment segments[] = {{1, std::string_view(caption).substr(0, caption.size() / 2)},
                                      {0, std::string_view(caption).substr(caption.size() / 2)}};
  std::string whole;
  for (const report::Piece& piece : report::pieces_of(segments, evidence)) whole += piece.text;
  require(whole == caption);
  meta_without_evidence(meta);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const unsigned kind = input.byte();
  if (kind % 2 == 0) {
    check_page(input.rest(), kind % 4 == 2 ? &report::Options::audits : &report::Options::probes);
  } else {
    check_evidence(input.rest());
  }
  return 0;
}
