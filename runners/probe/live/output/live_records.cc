#include <fmt/format.h>

#include "base/json_text.h"
#include "runners/probe/live/output/live_output.h"

namespace vernier {
namespace {

using probes::LiveAnswer;
using probes::LiveOutcome;

void append_bool(std::string& out, const char* key, bool value) {
  append_json_key(out, key);
  out += value ? "true" : "false";
}

/// "answer", "read" (null: not parsed) and "right".
void append_members(std::string& out, const LiveAnswer& answer) {
  append_json_member(out, "answer", answer.text);
  append_json_key(out, "read");
  if (answer.read.parsed) {
    append_json_string(out, answer.read.answer);
  } else {
    out += "null";
  }
  append_bool(out, "right", answer.read.right);
}

/// An object of its own; null where there is no answer.
void append_answer(std::string& out, const char* key, const LiveAnswer& answer,
                   const std::string& image = {}) {
  append_json_key(out, key);
  if (!answer.given) {
    out += "null";
    return;
  }
  out += '{';
  if (!image.empty()) append_json_member(out, "image_id", image);
  append_members(out, answer);
  out += '}';
}

void append_question(std::string& out, const probes::LiveQuestion& question) {
  append_json_member(out, "kind", question.kind);
  append_json_member(out, "question_id", question.id);
  append_json_member(out, "image_id", question.image_id);
  if (!question.group.empty()) {
    append_json_member(out, "group", question.group);
    append_json_member(out, "order", question.order);
    append_json_count(out, "position", question.place + 1);
  }
  if (question.depth >= 0) append_json_member(out, "depth", question.depth);
  append_json_member(out, "question", question.text);
  append_json_member(out, "label", question.label);
  if (!question.negative.empty()) append_json_member(out, "negative", question.negative);
}

void append_outcome(std::string& out, const LiveOutcome& outcome,
                    const std::vector<std::uint64_t>& sides) {
  out += '{';
  append_question(out, outcome.question);
  if (outcome.shown.given) {
    append_members(out, outcome.shown);
    // So that vernier probe position reads these records.
    append_json_count(out, "correct", outcome.shown.read.right ? 1 : 0);
  }
  append_answer(out, "grey", outcome.grey);
  append_answer(out, "other", outcome.other, outcome.other_image);
  if (!outcome.sides.empty()) {
    append_json_key(out, "sides");
    out += '{';
    for (std::size_t s = 0; s < outcome.sides.size(); ++s) {
      append_answer(out, fmt::format("{}", sides[s]).c_str(), outcome.sides[s]);
    }
    out += '}';
  }
  if (outcome.described.given) append_answer(out, "described", outcome.described);
  out += "}\n";
}

void append_description(std::string& out, const JudgedDescription& one) {
  out += '{';
  append_json_member(out, "kind", "presets");
  append_json_member(out, "image_id", one.image_id);
  append_json_member(out, "preset", one.prompt);
  append_json_member(out, "caption", one.text);
  append_json_count(out, "words", one.words);
  append_json_count(out, "mentions", one.mentions);
  append_json_count(out, "invented", one.invented);
  append_json_count(out, "objects", one.objects);
  append_json_count(out, "recalled", one.recalled);
  append_json_count(out, "attributes", one.attributes);
  append_json_count(out, "wrong_attributes", one.wrong_attributes);
  append_json_count(out, "relations", one.relations);
  append_json_count(out, "wrong_relations", one.wrong_relations);
  append_json_key(out, "wrong");
  append_json_strings(out, one.wrong);
  out += "}\n";
}

}  // namespace

std::string live_records(const LiveStudy& study) {
  std::string out;
  for (const LiveKind& kind : study.kinds) {
    for (const LiveOutcome& outcome : kind.outcomes) {
      if (!outcome.shown.given && !outcome.grey.given && !outcome.other.given) continue;
      append_outcome(out, outcome, study.side_pixels);
    }
  }
  if (study.descriptions) {
    for (const JudgedDescription& one : study.descriptions->descriptions) {
      append_description(out, one);
    }
  }
  return out;
}

}  // namespace vernier
