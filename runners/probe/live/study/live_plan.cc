#include "runners/probe/live/study/live_plan.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "judges/probes/live/controls.h"
#include "judges/probes/live/selection.h"

namespace vernier {
namespace {

using probes::LiveOutcome;
using probes::LiveQuestion;
using probes::LiveQuestions;

std::string key_of(const LiveQuestion& question, const std::string& variant) {
  return fmt::format("{}/{}|{}", question.kind, question.id, variant);
}

std::string digest_of(const probes::DescriptionPrompt& prompt) {
  return fmt::format("{:016x}", hash_bytes(prompt.text));
}

std::string other_variant(const LiveOutcome& outcome) { return "other:" + outcome.other_image; }

std::string described_variant(const probes::DescriptionPrompt& prompt) {
  return "described:" + digest_of(prompt);
}

}  // namespace

std::vector<LiveOutcome> LivePlan::choose(const std::string& kind,
                                          const probes::AnswerReader& reader) const {
  const LiveQuestions& from = kind == "position" ? data_.groups
                              : kind == "needle" ? data_.needles
                                                 : data_.questions;
  // Other scenes are those of the whole file, so that answers do not depend on how many are asked.
  const probes::OtherImages others(from.questions, options_.seed);
  std::vector<LiveOutcome> out;
  std::vector<std::string> labels;
  for (LiveQuestion& question :
       probes::choose_questions(from.questions, kind, options_.limit, options_.seed)) {
    LiveOutcome& outcome = out.emplace_back();
    outcome.question = std::move(question);
    outcome.label = reader.label(outcome.question);
    outcome.other_image = others.of(outcome.question);
    labels.push_back(outcome.label);
  }
  const std::string commonest = probes::commonest_label(labels);
  for (LiveOutcome& outcome : out) outcome.commonest = outcome.label == commonest;
  return out;
}

PictureChoice LivePlan::main_picture(const std::string& image_id, bool grey) const {
  return {grey, image_id, data_.main_folder()};
}

std::string LivePlan::at_side(const std::string& variant, std::size_t folder) const {
  return data_.sized() ? fmt::format("{}|side:{}", variant, data_.sides[folder]) : variant;
}

LiveTask LivePlan::task(const LiveOutcome& outcome, const std::string& variant,
                        const PictureChoice& picture) const {
  LiveTask task;
  task.key = key_of(outcome.question, at_side(variant, picture.folder));
  for (const std::string& image : outcome.question.shown()) {
    task.pictures.push_back({false, image, picture.folder});
  }
  task.pictures[outcome.question.place] = picture;
  task.text = outcome.question.text;
  if (!options_.suffix.empty()) task.text += "\n" + options_.suffix;
  task.most_new = options_.most_new;
  return task;
}

LiveTask LivePlan::shown(const LiveOutcome& outcome) const {
  return task(outcome, "shown", main_picture(outcome.question.image_id));
}

std::vector<LiveTask> LivePlan::tasks(const LiveOutcome& outcome, bool sides) const {
  const std::string& image = outcome.question.image_id;
  std::vector<LiveTask> out = {shown(outcome), task(outcome, "grey", main_picture(image, true))};
  if (!outcome.other_image.empty()) {
    out.push_back(task(outcome, other_variant(outcome), main_picture(outcome.other_image)));
  }
  for (std::size_t f = 0; sides && f < data_.folders.size(); ++f) {
    out.push_back(task(outcome, "shown", {false, image, f}));
  }
  return out;
}

LiveTask LivePlan::description(const std::string& image_id,
                               const probes::DescriptionPrompt& prompt) const {
  LiveTask task;
  task.key =
      fmt::format("description:{}|{}", digest_of(prompt), at_side(image_id, data_.main_folder()));
  task.pictures.push_back(main_picture(image_id));
  task.text = prompt.text;
  task.most_new = options_.most_described;
  return task;
}

LiveTask LivePlan::described(const LiveOutcome& outcome, const probes::DescriptionPrompt& prompt,
                             const std::string& description) const {
  LiveTask out = task(outcome, described_variant(prompt), main_picture(outcome.question.image_id));
  out.prompt = prompt.text;
  out.description = description;
  return out;
}

void LivePlan::take(const LiveAsker& asker, const probes::AnswerReader& reader, bool sides,
                    const probes::DescriptionPrompt* prompt, LiveOutcome& outcome) const {
  const LiveQuestion& question = outcome.question;
  const auto answer = [&](const std::string& variant, std::size_t folder) {
    probes::LiveAnswer out;
    if (const std::string* text = asker.find(key_of(question, at_side(variant, folder)))) {
      out = {true, *text, reader.read(question, *text)};
    }
    return out;
  };
  const std::size_t main = data_.main_folder();
  outcome.shown = answer("shown", main);
  outcome.grey = answer("grey", main);
  if (!outcome.other_image.empty()) outcome.other = answer(other_variant(outcome), main);
  for (std::size_t f = 0; sides && f < data_.folders.size(); ++f) {
    outcome.sides.push_back(answer("shown", f));
  }
  if (prompt != nullptr) outcome.described = answer(described_variant(*prompt), main);
}

}  // namespace vernier
