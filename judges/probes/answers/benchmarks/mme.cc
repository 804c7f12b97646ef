#include "judges/probes/answers/benchmarks/mme.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "base/error.h"
#include "base/hash.h"
#include "base/io/byte_source.h"
#include "base/io/text_lines.h"
#include "base/printable.h"
#include "datasets/format.h"
#include "metrics/text/unicode/unicode.h"
#include "metrics/text/unicode/white_space.h"

namespace vernier::probes {
namespace {

namespace fs = std::filesystem;

constexpr MmeSubtask kSubtasks[] = {
    {"existence", true, 60},
    {"count", true, 60},
    {"position", true, 60},
    {"color", true, 60},
    {"posters", true, 294},
    {"celebrity", true, 340},
    {"scene", true, 400},
    {"landmark", true, 400},
    {"artwork", true, 400},
    {"OCR", true, 40},
    {"commonsense_reasoning", false, 140},
    {"numerical_calculation", false, 40},
    {"text_translation", false, 40},
    {"code_reasoning", false, 40},
};

constexpr std::size_t kMostBytes = std::size_t{256} << 20;

const MmeSubtask* subtask_of(std::string_view file_name) {
  for (const std::string_view ending : {".txt", ".txt.gz"}) {
    if (!file_name.ends_with(ending)) continue;
    const std::string_view stem = file_name.substr(0, file_name.size() - ending.size());
    for (const MmeSubtask& subtask : kSubtasks) {
      if (subtask.name == stem) return &subtask;
    }
  }
  return nullptr;
}

MmeRow parse_row(std::string_view line, const std::string& place) {
  const auto refuse = [&](const std::string& message) {
    throw Error(ExitCode::kBadInput, fmt::format("{}: {}", place, message));
  };
  std::vector<std::string_view> cells;
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t end = std::min(line.find('\t', begin), line.size());
    cells.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  if (cells.size() != 4) {
    refuse(
        fmt::format("expected image, question, Yes or No, and answer, separated by tabs, found "
                    "{} columns",
                    cells.size()));
  }
  if (text::find_invalid_utf8(line) != std::string_view::npos) {
    refuse("expected UTF-8, found other bytes");
  }
  const std::string label = text::to_lower(text::strip_left(text::strip_right(cells[2])));
  if (label != "yes" && label != "no") {
    refuse(fmt::format("expected Yes or No in column 3, found '{}'", printable(cells[2], 40)));
  }
  return {std::string(cells[0]), std::string(cells[1]), std::string(cells[3]), label == "yes"};
}

}  // namespace

std::span<const MmeSubtask> mme_subtasks() { return kSubtasks; }

std::vector<MmeRow> parse_mme(std::string_view text, const std::string& name) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  refuse_foreign(text, name);
  std::vector<MmeRow> rows;
  std::uint64_t last = 0;
  for_each_line(text, [&](std::string_view line, std::uint64_t number) {
    last = number;
    if (line.empty()) return;
    rows.push_back(parse_row(line, fmt::format("{}:{}", name, number)));
    if (rows.size() % 2 == 0 && rows.back().image != rows[rows.size() - 2].image) {
      throw Error(ExitCode::kBadInput,
                  fmt::format("{}:{}: expected the second question about {}, found one about {}; "
                              "two neighbouring lines are about one image",
                              name, number, printable(rows[rows.size() - 2].image, 60),
                              printable(rows.back().image, 60)));
    }
  });
  if (rows.empty()) throw Error(ExitCode::kBadInput, fmt::format("{}: holds no records", name));
  if (rows.size() % 2 != 0) {
    throw Error(ExitCode::kBadInput,
                fmt::format("{}:{}: expected two questions about {}, found one", name, last,
                            printable(rows.back().image, 60)));
  }
  return rows;
}

MmeFolder read_mme(const std::string& path) {
  std::error_code error;
  std::vector<fs::path> paths;
  for (fs::directory_iterator it(path, error), end; !error && it != end; it.increment(error)) {
    paths.push_back(it->path());
  }
  if (error) {
    throw Error(ExitCode::kUsage, fmt::format("{}: expected a folder of MME's answer files: {}",
                                              printable(path, 200), error.message()));
  }
  std::ranges::sort(paths);
  MmeFolder folder;
  for (const fs::path& file : paths) {
    const std::string name = file.filename().string();
    const MmeSubtask* subtask = subtask_of(name);
    if (subtask == nullptr) {
      if (name.ends_with(".txt") || name.ends_with(".txt.gz")) folder.ignored.push_back(name);
      continue;
    }
    if (!folder.files.empty() &&
        std::ranges::find(folder.files, subtask, &MmeFile::subtask) != folder.files.end()) {
      throw Error(ExitCode::kBadInput, fmt::format("{}: expected one file of {}, found two",
                                                   printable(path, 200), subtask->name));
    }
    const auto source = ByteSource::open(file.string());
    const std::string text = source->read_rest(kMostBytes);
    if (text.size() > kMostBytes) {
      throw Error(ExitCode::kBadInput,
                  fmt::format("{}: expected at most {} bytes", source->name(), kMostBytes));
    }
    folder.files.push_back({subtask, source->name(), parse_mme(text, source->name())});
  }
  if (folder.files.empty()) {
    throw Error(ExitCode::kUsage,
                fmt::format("{}: expected files like existence.txt, found none of MME's 14",
                            printable(path, 200)));
  }
  std::ranges::sort(folder.files, {}, &MmeFile::subtask);
  for (const MmeSubtask& subtask : kSubtasks) {
    if (std::ranges::find(folder.files, &subtask, &MmeFile::subtask) == folder.files.end()) {
      folder.missing.emplace_back(subtask.name);
    }
  }
  for (const MmeFile& file : folder.files) {
    for (const MmeRow& row : file.rows) {
      for (const std::string_view part :
           {file.subtask->name, std::string_view(row.image), std::string_view(row.question),
            std::string_view(row.positive ? "yes" : "no")}) {
        folder.digest = hash_more(folder.digest, hash_bytes(part));
      }
    }
  }
  return folder;
}

MmeScores score_mme(const MmeFolder& folder, const YesNoParser& parser) {
  MmeScores out;
  for (const MmeFile& file : folder.files) {
    MmeScore score;
    score.subtask = file.subtask;
    for (std::size_t n = 0; n < file.rows.size(); ++n) {
      const auto is_right = [&](const MmeRow& row) {
        return parser.read(row.answer) == (row.positive ? Verdict::kYes : Verdict::kNo);
      };
      score.unparsed += parser.read(file.rows[n].answer) == Verdict::kUnclear;
      score.questions.add(is_right(file.rows[n]));
      if (n % 2 == 1) score.images.add(is_right(file.rows[n - 1]) && is_right(file.rows[n]));
    }
    (file.subtask->perception ? out.perception : out.cognition) += score.score();
    out.subtasks.push_back(score);
  }
  for (const std::string& name : folder.missing) {
    const auto found = std::ranges::find(mme_subtasks(), name, &MmeSubtask::name);
    (found->perception ? out.perception : out.cognition) = std::nan("");
  }
  return out;
}

}  // namespace vernier::probes
