#include <fmt/format.h>

#include "runners/explain/output/sections/sections.h"
#include "runners/output/number_text.h"

namespace vernier {

void show_meteor(Section& section, const MeteorAlignment& meteor) {
  std::string others;
  for (std::size_t r = 0; r < meteor.reference_scores.size(); ++r) {
    if (r == meteor.reference) continue;
    others += fmt::format("{}{}: {:.6f}", others.empty() ? "" : ", ", ordinal(r),
                          meteor.reference_scores[r]);
  }
  section.line(fmt::format("reference {} scores highest: {:.6f}{}", ordinal(meteor.reference),
                           meteor.score, others.empty() ? "" : fmt::format(" ({})", others)));
  section.lines("\n" + meteor_drawing(meteor, section.width() - kSectionIndent) + "\n");
  if (meteor.matches.empty()) {
    section.line("no word matches");
    return;
  }
  const auto words = [](double content, double function) {
    return fmt::format("{} ({}+{})", content + function, content, function);
  };
  TextRows rows = {{"stage (content+function)", "weight", "candidate", "reference"}};
  for (const MeteorStage& stage : meteor.stages) {
    if (stage.candidate_content + stage.candidate_function == 0) continue;
    rows.push_back({std::string(stage.name), fmt::format("{}", stage.weight),
                    words(stage.candidate_content, stage.candidate_function),
                    words(stage.reference_content, stage.reference_function)});
  }
  section.table(rows, "lrrr");
  section.line(fmt::format("precision {:.6f}, recall {:.6f}: mean {:.6f}", meteor.precision,
                           meteor.recall, meteor.mean));
  section.line(fmt::format("{} chunk{}: fragmentation {:.6f}, penalty {:.6f}", meteor.chunks,
                           meteor.chunks == 1 ? "" : "s", meteor.fragmentation, meteor.penalty));
  section.line(fmt::format("score {:.6f} = mean x (1 - penalty)", meteor.score));
}

}  // namespace vernier
