#include "runners/probe/live/study/live_data.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "base/error.h"
#include "base/hash.h"
#include "base/printable.h"
#include "judges/probes/live/answer_reader.h"

namespace vernier {
namespace {

namespace fs = std::filesystem;

/// In which tables show them; others follow in the order of the file.
constexpr const char* kOrder[] = {"existence", "attribute", "color", "shape",
                                  "count",     "relation",  "order", "sign"};

bool has_content(const fs::path& path) {
  std::error_code unknown;
  return fs::is_regular_file(path, unknown) && fs::file_size(path, unknown) > 0;
}

/// Sub-folders whose names are numbers: sizes, as `synth --side 64,96` makes them.
void find_folders(const std::string& images, LiveData& data) {
  std::error_code unknown;
  if (!fs::is_directory(images, unknown)) {
    throw Error(ExitCode::kUsage,
                fmt::format("{}: expected a folder of pictures", printable(images, 200)));
  }
  std::vector<std::pair<std::uint64_t, std::string>> sized;
  for (const auto& entry : fs::directory_iterator(images, unknown)) {
    const std::string name = entry.path().filename().string();
    std::uint64_t side = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), side);
    if (error != std::errc() || end != name.data() + name.size() || side == 0) continue;
    if (entry.is_directory(unknown)) sized.emplace_back(side, entry.path().string());
  }
  std::ranges::sort(sized);
  for (const auto& [side, path] : sized) {
    data.sides.push_back(side);
    data.folders.push_back(path);
  }
  if (sized.empty()) {
    data.sides = {0};
    data.folders = {images};
  }
}

void open_folder(const std::string& scenes, LiveData& data) {
  std::error_code unknown;
  if (!fs::is_directory(scenes, unknown)) {
    throw Error(ExitCode::kUsage,
                fmt::format("{}: expected a folder as vernier synth writes it", data.name));
  }
  const fs::path folder(scenes);
  const auto path = [&](const char* name) { return (folder / name).string(); };
  if (has_content(path("questions.jsonl"))) {
    data.questions = probes::read_live_questions(path("questions.jsonl"));
  }
  if (has_content(path("groups.jsonl"))) {
    data.groups = probes::read_live_groups(path("groups.jsonl"), "position");
  }
  if (has_content(path("needles.jsonl"))) {
    data.needles = probes::read_live_groups(path("needles.jsonl"), "needle");
  }
  if (has_content(path("scenes.jsonl"))) data.graphs = path("scenes.jsonl");
  if (data.questions.questions.empty() && data.groups.questions.empty() &&
      data.needles.questions.empty()) {
    throw Error(ExitCode::kUsage,
                fmt::format("{}: expected questions.jsonl, groups.jsonl or needles.jsonl; found "
                            "none (vernier synth --write images,scenes,questions,groups,needles)",
                            data.name));
  }
}

bool holds(const std::vector<std::string>& list, const std::string& one) {
  return std::ranges::find(list, one) != list.end();
}

}  // namespace

std::vector<std::string> LiveSource::inputs() const {
  if (scenes.empty()) return {questions};
  std::vector<std::string> out;
  for (const char* name : {"questions.jsonl", "groups.jsonl", "needles.jsonl", "scenes.jsonl"}) {
    out.push_back((fs::path(scenes) / name).string());
  }
  return out;
}

std::vector<std::string> LiveData::kinds() const {
  std::vector<std::string> out;
  const std::vector<std::string> there = questions.kinds();
  for (const char* kind : kOrder) {
    if (holds(there, kind)) out.emplace_back(kind);
  }
  for (const std::string& kind : there) {
    if (!holds(out, kind)) out.push_back(kind);
  }
  if (!groups.questions.empty()) out.emplace_back("position");
  if (!needles.questions.empty()) out.emplace_back("needle");
  if (sized() && !there.empty()) out.emplace_back("resolution");
  if (!graphs.empty()) out.emplace_back("presets");
  return out;
}

bool LiveData::holds_questions_of(const std::string& kind) const {
  return std::ranges::any_of(questions.questions, [&](const probes::LiveQuestion& question) {
    return question.kind == kind;
  });
}

LiveData open_live_data(const LiveSource& source) {
  LiveData data;
  if (source.scenes.empty() == source.questions.empty()) {
    throw Error(ExitCode::kUsage,
                "expected what to ask about: either a folder that vernier synth wrote, or "
                "--questions FILE with --images DIR");
  }
  if (!source.scenes.empty()) {
    data.name = printable(source.scenes, 200);
    open_folder(source.scenes, data);
  } else {
    data.name = printable(source.questions, 200);
    if (source.images.empty()) {
      throw Error(ExitCode::kUsage, "--questions: expected the folder of their pictures, --images");
    }
    data.questions = probes::read_live_questions(source.questions);
  }
  find_folders(
      source.images.empty() ? (fs::path(source.scenes) / "images").string() : source.images, data);
  for (const auto* part : {&data.questions, &data.groups, &data.needles}) {
    data.digest = hash_more(data.digest, part->digest);
  }
  return data;
}

bool is_yes_no_kind(const LiveData& data, const std::string& kind) {
  return data.holds_questions_of(kind) &&
         std::ranges::all_of(data.questions.questions, [&](const probes::LiveQuestion& question) {
           return question.kind != kind || probes::asks_yes_or_no(question);
         });
}

std::vector<std::string> choose_kinds(const LiveData& data,
                                      const std::vector<std::string>& wanted) {
  const std::vector<std::string> known = data.kinds();
  for (const std::string& kind : wanted) {
    if (holds(known, kind)) continue;
    std::string why;
    if (kind == "resolution") why = "; it takes pictures of several sizes (synth --side 64,96)";
    if (kind == "presets") why = "; it takes graphs (synth --write scenes)";
    throw Error(ExitCode::kUsage,
                fmt::format("--kinds: {} has no {}; there are {}{}", data.name, printable(kind, 40),
                            printable(fmt::format("{}", fmt::join(known, ", ")), 400), why));
  }
  const auto any = [&](auto holds_of) { return std::ranges::any_of(wanted, holds_of); };
  const bool questions =
      any([&](const std::string& kind) { return data.holds_questions_of(kind); });
  const bool yes_no = any([&](const std::string& kind) { return is_yes_no_kind(data, kind); });
  std::vector<std::string> chosen;
  for (const std::string& kind : known) {
    bool take = wanted.empty() ? kind != "presets" : holds(wanted, kind);
    if (holds(wanted, "resolution") && !questions) take = take || data.holds_questions_of(kind);
    if (holds(wanted, "presets") && !yes_no) take = take || is_yes_no_kind(data, kind);
    if (take) chosen.push_back(kind);
  }
  return chosen;
}

}  // namespace vernier
