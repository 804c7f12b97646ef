// What both say of the pictures.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "results/report/html/difference_table.h"
#include "results/report/html/first_difference.h"
#include "results/report/html/text.h"
#include "results/report/precision/levels/levels.h"

namespace vernier::report {
namespace {

void append_agreement(std::string& out, const PairView& view, const PrecisionCaptions& captions) {
  const std::uint64_t others = captions.pictures - captions.equal - captions.failed;
  out += fmt::format("<p><strong>{}</strong> captions are the same, token for token.",
                     share_text(captions.equal, captions.pictures));
  if (others > 0) {
    out += fmt::format(
        " The other {} part after {} tokens (median); in {} of them {}'s two likeliest tokens were "
        "almost equally likely there, so that the least change decides.",
        count_text(others), number_text(captions.median_common, 0), count_text(captions.near_ties),
        view.badge_a());
  }
  if (captions.failed > 0) {
    out += fmt::format(" {} could not be compared.", counted(captions.failed, "picture"));
  }
  out += "</p>\n";
}

void append_examples(std::string& out, const PairView& view, const PrecisionCaptions& captions) {
  if (captions.examples.empty() || view.shown == 0) return;
  out += "<h4>Where they part</h4>\n<div class=\"cards\">\n";
  for (std::size_t i = 0; i < std::min(view.shown, captions.examples.size()); ++i) {
    const PrecisionCaptions::Example& one = captions.examples[i];
    const auto [a, b] = marked_difference(one.a, one.b);
    out += fmt::format(
        "<article class=\"card\"><h4><code>{}</code></h4>{}<dl><dt>{}</dt><dd>{}</dd><dt>{}</dt>"
        "<dd>{}</dd></dl></article>\n",
        html(one.image_id), view.images.element(one.image_id), view.badge_a(), a, view.badge_b(),
        b);
  }
  out +=
      "</div>\n<p class=\"fine\">The first word that differs is <mark class=\"m3\">marked</mark>; "
      "what follows was written behind different words.</p>\n";
}

}  // namespace

void append_caption_level(std::string& out, const PairView& view,
                          const PrecisionCaptions& captions) {
  out += view.open("captions", "Captions: what both write");
  append_agreement(out, view, captions);
  if (captions.comparison) {
    out += difference_tables(captions.comparison->numbers, view.badge_a(), view.badge_b());
    out += difference_note(captions.comparison->numbers);
  } else {
    out += "<p>Not scored: there are no references.</p>\n";
  }
  append_examples(out, view, captions);
  out += "</section>\n";
}

}  // namespace vernier::report
