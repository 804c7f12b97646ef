#include "runners/probe/chair/chair_output.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/json_text.h"
#include "base/printable.h"
#include "runners/output/text_table.h"
#include "runners/probe/chair/chair_run.h"
#include "runners/probe/output/rate_curve_json.h"

namespace vernier {
namespace {

std::string percent(double value) {
  return std::isfinite(value) ? fmt::format("{:.1f}", value) : "-";
}

void append_objects(std::string& out, const ChairStudy& study, const probes::ChairCurves& curves) {
  append_json_key(out, "objects");
  out.push_back('[');
  for (const probes::InventedObject& object : curves.objects) {
    out += out.back() == '[' ? "\n  {" : ",\n  {";
    append_json_member(out, "object", study.vocabulary.class_name(object.object));
    append_json_count(out, "mentions", object.mentions);
    append_json_count(out, "hallucinated", object.hallucinated);
    append_json_count(out, "images", object.images);
    if (object.companion >= 0) {
      append_json_member(out, "companion",
                         study.vocabulary.class_name(static_cast<std::uint32_t>(object.companion)));
      append_json_count(out, "with_companion", object.with_first);
    }
    out.push_back('}');
  }
  out.push_back(']');
}

std::string json(const ChairStudy& study, const probes::ChairCurves& curves) {
  const probes::ChairCounts& c = study.counts;
  const probes::ChairScores& s = study.scores;
  std::string out = "{\"schema\":\"vernier.probe.chair/1\",\n \"counts\":{";
  append_json_count(out, "captions", c.captions);
  append_json_count(out, "hallucinated_captions", c.hallucinated_captions);
  append_json_count(out, "hallucinated_mentions", c.hallucinated_mentions);
  append_json_count(out, "mentions", c.mentions);
  append_json_count(out, "gt_objects", c.objects);
  append_json_count(out, "recalled_objects", c.recalled);
  append_json_count(out, "tokens", c.tokens);
  append_json_count(out, "empty_captions", study.file.empty);
  append_json_count(out, "repeated_captions", study.file.repeated);
  append_json_count(out, "extra_captions", study.extra);
  append_json_count(out, "replaced_invalid", study.file.counts.replaced_invalid);
  append_json_count(out, "truncated_records", study.file.counts.truncated_records);
  out += "},\n \"scores\":{";
  append_json_member(out, "chair-s", s.chair_s);
  append_json_member(out, "chair-i", s.chair_i);
  append_json_member(out, "recall", s.recall);
  append_json_member(out, "len", s.length);
  out.push_back('}');
  std::string undefined = "{";
  if (!std::isfinite(s.chair_i)) {
    append_json_member(undefined, "chair-i", "no caption names an object of the table");
  }
  if (!std::isfinite(s.recall)) {
    append_json_member(undefined, "recall", "no object is known to be in the images");
  }
  if (undefined.size() > 1) out += ",\n \"undefined\":" + undefined + "}";
  append_json_member(out, "signature", study.signature);
  append_json_member(out, "ids", study.id_rule);
  out += ",\n \"curves\":{";
  append_rate_curve(out, "sentence", curves.sentences);
  append_rate_curve(out, "token", curves.tokens);
  append_rate_curve(out, "frequency", curves.frequency);
  append_rate_curve(out, "co_occurrence", curves.co_occurrence);
  out += "}";
  append_objects(out, study, curves);
  return out + "}\n";
}

TextRows curve_rows(const char* what, const char* cases, const std::vector<RatePoint>& curve,
                    bool shares) {
  TextRows rows = {{what, cases, "hallucinated", "%", "95 % interval"}};
  for (std::size_t i = 0; i < curve.size(); ++i) {
    const RatePoint& p = curve[i];
    std::string where;
    if (shares) {
      where = fmt::format("{:g} to {:g} %", 100 * p.from, 100 * p.to);
    } else if (p.from == p.to) {
      where = fmt::format("{:.0f}{}", p.from, i + 1 == 10 ? " and later" : "");
    } else {
      where = fmt::format("{:.0f} to {:.0f}", p.from, p.to);
    }
    rows.push_back(
        {where, std::to_string(p.cases), std::to_string(p.bad), percent(100 * p.rate),
         p.cases == 0 ? "-" : fmt::format("{:.1f} to {:.1f}", 100 * p.low, 100 * p.high)});
  }
  return rows;
}

TextRows object_rows(const ChairStudy& study, const probes::ChairCurves& curves, std::size_t show) {
  TextRows rows = {{"most invented", "hallucinated", "of mentions", "most often beside"}};
  for (const probes::InventedObject& o : curves.objects) {
    if (rows.size() > show) break;
    const std::string companion =
        o.companion < 0
            ? "-"
            : fmt::format(
                  "{} ({})",
                  printable(study.vocabulary.class_name(static_cast<std::uint32_t>(o.companion)),
                            40),
                  o.with_first);
    rows.push_back({printable(study.vocabulary.class_name(o.object), 40),
                    std::to_string(o.hallucinated), std::to_string(o.mentions), companion});
  }
  return rows;
}

}  // namespace

std::string chair_text(const ChairStudy& study, std::size_t show, OutputFormat format) {
  const probes::ChairCurves curves = probes::chair_curves(study.captions, study.images, study.known,
                                                          study.vocabulary.class_count());
  if (format == OutputFormat::kJson) return json(study, curves);
  const bool markdown = format == OutputFormat::kMarkdown;
  const auto table = [&](const TextRows& rows, std::string_view sides) {
    return markdown ? markdown_table(rows, sides) : text_table(rows, sides);
  };
  const probes::ChairCounts& c = study.counts;
  const TextRows scores = {
      {"score", "value", "from"},
      {"CHAIR-s", percent(study.scores.chair_s),
       fmt::format("{} of {} captions", c.hallucinated_captions, c.captions)},
      {"CHAIR-i", percent(study.scores.chair_i),
       fmt::format("{} of {} mentions", c.hallucinated_mentions, c.mentions)},
      {"recall", percent(study.scores.recall),
       fmt::format("{} of {} objects", c.recalled, c.objects)},
      {"length", percent(study.scores.length), fmt::format("{} tokens", c.tokens)}};
  std::string out = table(scores, "lrl");
  out += "\n" + table(curve_rows("sentence", "mentions", curves.sentences, false), "lrrrr");
  out += "\n" + table(curve_rows("word", "mentions", curves.tokens, false), "lrrrr");
  out += "\n" + table(curve_rows("in so many images", "absent", curves.frequency, true), "lrrrr");
  out += "\n" +
         table(curve_rows("beside what is there", "absent", curves.co_occurrence, true), "lrrrr");
  if (show > 0 && !curves.objects.empty())
    out += "\n" + table(object_rows(study, curves, show), "lrrl");
  std::string notes;
  if (study.file.empty > 0) notes += fmt::format("{} captions are empty\n", study.file.empty);
  if (study.extra > 0) {
    notes += fmt::format("{} captions are of unknown images and left out\n", study.extra);
  }
  if (study.file.repeated > 0) {
    notes += fmt::format("{} records repeat another and count once\n", study.file.repeated);
  }
  notes += study.signature + "\n";
  return out + "\n" + (markdown ? markdown_text(notes) : notes);
}

std::string chair_evidence(const ChairStudy& study) {
  std::string out;
  for (std::size_t i = 0; i < study.captions.size(); ++i) {
    const CaptionRecord& record = study.file.captions[i];
    const probes::ChairCaption& caption = study.captions[i];
    out.push_back('{');
    append_json_member(out, "id", record.id);
    append_json_member(out, "image_id", record.image_id);
    append_json_member(out, "caption", record.text);
    append_json_count(out, "tokens", caption.tokens);
    append_json_count(out, "sentences", caption.sentences);
    append_chair_evidence(out, study, i);
    out += "}\n";
  }
  return out;
}

}  // namespace vernier
