#include <fmt/format.h>

#include <cmath>

#include "base/json_text.h"
#include "runners/probe/live/output/live_output.h"

namespace vernier {
namespace {

/// Members of an object with the reasons of those that are null.
class Members {
 public:
  explicit Members(std::string& out) : out_(out) { out_ += '{'; }

  void number(const std::string& key, double value, const std::string& reason = {}) {
    append_json_member(out_, key, value);
    if (!std::isfinite(value) && !reason.empty()) append_json_member(undefined_, key, reason);
  }
  void percent(const std::string& key, double ratio, const std::string& reason = {}) {
    number(key, 100 * ratio, reason);
  }
  void count(const char* key, std::uint64_t value) { append_json_count(out_, key, value); }
  void text(const char* key, const std::string& value) { append_json_member(out_, key, value); }
  void share(const char* key, const probes::Share& share, const std::string& reason) {
    const bool shown = share.whole > 0 && reason.empty();
    percent(key, shown ? share.ratio() : std::nan(""), reason);
  }
  void end() {
    if (undefined_.size() > 1) {
      append_json_key(out_, "undefined");
      out_ += undefined_ + "}";
    }
    out_ += '}';
  }

 private:
  std::string& out_;
  std::string undefined_ = "{";
};

void add_change(Members& members, const std::string& name, const PairedChange& change,
                const std::string& reason) {
  members.percent(name + "_right", change.second, reason);
  members.percent(name + "_change", change.change, reason);
  members.percent(name + "_change_low", change.low);
  members.percent(name + "_change_high", change.high);
  members.number("p_" + name, change.p);
}

const char* control_reason(const KindScores& scores) {
  return scores.undefined.empty() ? "no control was answered" : scores.undefined.c_str();
}

/// A table of scores by kind: "right/color".
void append_scores(std::string& out, const LiveStudy& study) {
  append_json_key(out, "scores");
  std::string scores = "{", undefined = "{";
  const auto add = [&](const char* name, const KindScores& kind, double ratio) {
    const std::string key = fmt::format("{}/{}", name, kind.kind);
    append_json_member(scores, key, 100 * ratio);
    if (!std::isfinite(ratio)) append_json_member(undefined, key, control_reason(kind));
  };
  for (const LiveKind& kind : study.kinds) {
    add("right", kind.scores, kind.scores.right.value);
    add("grey_change", kind.scores, kind.scores.grey.change);
    add("other_change", kind.scores, kind.scores.other.change);
  }
  out += scores + "}";
  append_json_key(out, "undefined");
  out += undefined + "}";
}

void append_kind(std::string& out, const KindScores& scores) {
  append_json_key(out, scores.kind);
  Members members(out);
  members.count("questions", scores.asked - scores.unanswered);
  if (scores.unanswered > 0) members.count("unanswered", scores.unanswered);
  members.count("unparsed", scores.unparsed);
  members.percent("right", scores.right.value, scores.undefined);
  members.percent("low", scores.right.low);
  members.percent("high", scores.right.high);
  members.percent("commonest_answer", scores.commonest_share);
  members.number("p_above_commonest", scores.p_above_commonest);
  if (std::isfinite(scores.yes_ratio)) {
    members.percent("yes_ratio", scores.undefined.empty() ? scores.yes_ratio : std::nan(""),
                    scores.undefined);
    members.percent("yes_labels", scores.yes_labels);
  }
  if (scores.exact.whole > 0) members.share("exact_match", scores.exact, scores.undefined);
  if (scores.wrong_hard.whole > 0) {
    members.share("wrong_hard_negatives", scores.wrong_hard, scores.undefined);
  }
  if (scores.wrong_easy.whole > 0) {
    members.share("wrong_easy_negatives", scores.wrong_easy, scores.undefined);
  }
  add_change(members, "grey", scores.grey, control_reason(scores));
  add_change(members, "other", scores.other, control_reason(scores));
  members.end();
}

void append_contrast(std::string& out, const char* name, const PositionContrast& contrast) {
  append_json_key(out, name);
  out += '{';
  append_json_member(out, "value", contrast.value);
  append_json_member(out, "p", contrast.p);
  out += '}';
}

/// `list`: of points whose place is called `place`, or has "from" and "to" where that is empty.
void append_places(std::string& out, const char* key, const PlaceScores& scores, const char* list,
                   const char* place) {
  append_json_key(out, key);
  out += '{';
  if (!scores.undefined.empty()) {
    append_json_member(out, "mean", std::nan(""));
    append_json_key(out, "undefined");
    out += "{";
    append_json_member(out, "mean", scores.undefined);
    out += "}}";
    return;
  }
  const PositionEffects& effects = scores.effects;
  append_json_member(out, "mean", effects.mean);
  append_json_member(out, "spread", effects.spread);
  append_json_member(out, "inconsistency", effects.inconsistency);
  append_contrast(out, "any", effects.any);
  append_contrast(out, "slope", effects.slope);
  append_contrast(out, "curvature", effects.curvature);
  append_contrast(out, "recency", effects.recency);
  std::vector<std::string> biases;
  for (const auto& [bias, p] : scores.biases) biases.push_back(bias);
  append_json_key(out, "biases");
  append_json_strings(out, biases);
  append_json_key(out, list);
  out += '[';
  for (std::size_t k = 0; k < effects.means.size(); ++k) {
    out += k == 0 ? "\n  {" : ",\n  {";
    if (*place != '\0') {
      append_json_count(out, place, static_cast<std::uint64_t>(scores.places[k]));
    } else {
      append_json_member(out, "from", scores.places[k]);
      append_json_member(out, "to", scores.places[k]);
    }
    append_json_count(out, "questions", effects.means[k].values);
    append_json_member(out, "rate", effects.means[k].mean);
    append_json_member(out, "low", effects.means[k].low);
    append_json_member(out, "high", effects.means[k].high);
    out += '}';
  }
  out += "]}";
}

void append_sides(std::string& out, const LiveStudy& study) {
  append_json_key(out, "resolution");
  out += "{\"side\":[";
  for (const SideScores& side : study.sides) {
    out += out.ends_with('[') ? "\n  " : ",\n  ";
    Members members(out);
    members.count("from", side.side);
    members.count("to", side.side);
    members.count("questions", side.questions);
    members.percent("rate", side.right.value, side.undefined);
    members.percent("low", side.right.low);
    members.percent("high", side.right.high);
    members.percent("commonest_answer", side.commonest_share);
    members.number("p_above_commonest", side.p_above_commonest);
    members.percent("lost", side.change.change);
    members.percent("lost_low", side.change.low);
    members.percent("lost_high", side.change.high);
    members.number("p_lost", side.change.p);
    members.end();
  }
  out += "]}";
}

void append_signs(std::string& out, const LiveStudy& study) {
  append_json_key(out, "signs");
  Members members(out);
  if (!study.signs) {
    members.number("model_right", std::nan(""), study.signs_undefined);
    members.end();
    return;
  }
  const SignReading& signs = *study.signs;
  members.text("tesseract", signs.tesseract);
  members.count("signs", signs.signs);
  members.count("model_right", signs.model_right);
  members.count("tesseract_right", signs.tesseract_right);
  members.count("both_right", signs.both_right);
  members.count("neither_right", signs.neither);
  members.count("same_word", signs.agree);
  members.count("tesseract_reads_nothing", signs.nothing_read);
  members.end();
}

void append_described(std::string& out, const LiveStudy& study) {
  append_json_key(out, "described");
  out += '[';
  for (const DescribedScores& one : study.described) {
    out += out.ends_with('[') ? "\n  " : ",\n  ";
    Members members(out);
    members.text("kind", one.kind);
    members.count("questions", one.change.questions);
    members.percent("right", one.change.first, one.undefined);
    members.percent("at_once", one.change.second, one.undefined);
    members.percent("change", one.change.change, one.undefined);
    members.percent("change_low", one.change.low);
    members.percent("change_high", one.change.high);
    members.number("p", one.change.p);
    members.end();
  }
  out += ']';
}

const char* measure_reason(std::size_t measure) {
  constexpr const char* kReasons[] = {"no descriptions",
                                      "no description names an object",
                                      "nothing is drawn",
                                      "no descriptions",
                                      "no attribute that could be judged is claimed",
                                      "no relation that could be judged is claimed"};
  return kReasons[measure];
}

void append_presets(std::string& out, const DescriptionStudy& study) {
  append_json_key(out, "presets");
  out += '[';
  for (const DescriptionScores& one : study.prompts) {
    out += out.ends_with('[') ? "\n  " : ",\n  ";
    Members members(out);
    members.text("preset", one.prompt.name);
    members.text("prompt", one.prompt.text);
    members.count("descriptions", study.images);
    for (std::size_t m = 0; m < kDescriptionMeasures.size(); ++m) {
      const std::string name = kDescriptionMeasures[m];
      members.number(name, one.measures[m].value, measure_reason(m));
      members.number(name + "_low", one.measures[m].low);
      members.number(name + "_high", one.measures[m].high);
    }
    members.end();
  }
  out += ']';
  append_json_key(out, "presets_less_plain");
  out += '[';
  for (std::size_t p = 1; p < study.prompts.size(); ++p) {
    out += p == 1 ? "\n  " : ",\n  ";
    Members members(out);
    members.text("preset", study.prompts[p].prompt.name);
    for (std::size_t m = 0; m < kDescriptionMeasures.size(); ++m) {
      const MeasuredDescription& one = study.prompts[p].measures[m];
      const std::string name = kDescriptionMeasures[m];
      members.number(name, one.change, measure_reason(m));
      members.number(name + "_low", one.change_low);
      members.number(name + "_high", one.change_high);
    }
    members.end();
  }
  out += ']';
  if (study.not_asked.empty()) return;
  append_json_key(out, "presets_not_asked");
  append_json_strings(out, study.not_asked);
}

}  // namespace

std::string live_json(const LiveStudy& study) {
  std::string out = "{\"schema\":\"vernier.probe.live/1\"";
  append_json_member(out, "model", study.model);
  append_json_member(out, "signature", study.signature);
  append_json_key(out, "counts");
  out += '{';
  append_json_count(out, "requests", study.asked);
  append_json_count(out, "unanswered", study.unanswered);
  out += '}';
  append_scores(out, study);
  append_json_key(out, "kinds");
  out += '{';
  for (const LiveKind& kind : study.kinds) append_kind(out, kind.scores);
  out += '}';
  if (study.position) {
    append_places(out, "position", *study.position, "positions", "position");
  }
  if (study.depth) append_places(out, "needle", *study.depth, "depth", "");
  if (!study.sides.empty()) append_sides(out, study);
  if (study.signs || !study.signs_undefined.empty()) append_signs(out, study);
  if (!study.described.empty()) append_described(out, study);
  if (study.descriptions) append_presets(out, *study.descriptions);
  return out + "}\n";
}

}  // namespace vernier
