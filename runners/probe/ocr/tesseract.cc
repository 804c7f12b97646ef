#include "runners/probe/ocr/tesseract.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string_view>

#include "base/error.h"
#include "base/parallel.h"
#include "base/printable.h"
#include "base/process/program.h"
#include "metrics/text/text_set.h"
#include "metrics/text/token_list.h"
#include "metrics/text/unicode/unicode.h"
#include "metrics/text/unicode/white_space.h"
#include "results/report/images/image_folder.h"

namespace vernier {
namespace {

constexpr const char* kProgram = "tesseract";
constexpr std::chrono::seconds kShort{20};

/// Its own threads would compete with ours.
const std::vector<std::string>& variables() {
  static const std::vector<std::string> kVariables = {"OMP_THREAD_LIMIT=1"};
  return kVariables;
}

std::string first_line(std::string_view text) {
  return printable(text.substr(0, text.find('\n')), 200);
}

ProgramResult asked(const std::string& flag) {
  try {
    return run_program({kProgram, flag}, kShort, variables());
  } catch (const Error& error) {
    if (error.code() != ExitCode::kResource) throw;
    throw Error(ExitCode::kResource,
                fmt::format("{}; --tesseract runs it: apt-get install tesseract-ocr "
                            "tesseract-ocr-eng, or give --references",
                            error.what()));
  }
}

void require_languages(const std::string& languages) {
  text::TokenList installed;
  text::push_words(asked("--list-langs").out, installed);
  for (std::string_view rest = languages; !rest.empty();) {
    const std::string_view language = rest.substr(0, rest.find('+'));
    rest.remove_prefix(std::min(rest.size(), language.size() + 1));
    bool found = false;
    for (std::size_t n = 0; n < installed.size(); ++n) found = found || installed[n] == language;
    if (!found) {
      std::string package(language);  // chi_sim is in tesseract-ocr-chi-sim
      std::ranges::replace(package, '_', '-');
      throw Error(ExitCode::kResource,
                  fmt::format("tesseract has no data for the language '{}': apt-get install "
                              "tesseract-ocr-{} (tesseract --list-langs shows what is there)",
                              printable(language, 20), printable(package, 20)));
    }
  }
}

std::string text_in(const TesseractOptions& options, const std::string& path,
                    const probes::JoinItem& item) {
  const std::string& id = item.id.empty() ? item.image : item.id;
  ProgramResult result = run_program({kProgram, path, "stdout", "-l", options.language},
                                     std::chrono::seconds(options.seconds), variables());
  if (result.timed_out) {
    throw Error(ExitCode::kIncomplete,
                fmt::format("id {}: tesseract took more than {} s to read {}; see "
                            "--tesseract-seconds",
                            printable(id, 60), options.seconds, printable(path, 300)));
  }
  if (result.status != 0) {
    throw Error(
        ExitCode::kBadInput,
        fmt::format("id {}: tesseract cannot read {} (exit status {}): {}", printable(id, 60),
                    printable(path, 300), result.status, first_line(result.err)));
  }
  text::replace_invalid_utf8(result.out);
  return result.out;
}

}  // namespace

std::string tesseract_version(const TesseractOptions& options) {
  const ProgramResult result = asked("--version");
  // Versions before 4 answer on the other stream.
  text::TokenList words;
  text::push_words(result.out.empty() ? result.err : result.out, words);
  if (words.size() < 2 || words[0] != kProgram) {
    throw Error(ExitCode::kResource, fmt::format("expected the version of tesseract, found '{}'",
                                                 first_line(result.out + result.err)));
  }
  require_languages(options.language);
  return printable(words[1], 40);
}

probes::OcrReferences tesseract_references(const TesseractOptions& options,
                                           const std::vector<probes::JoinItem>& transcripts,
                                           unsigned threads) {
  std::error_code unknown;
  if (!std::filesystem::is_directory(options.images, unknown)) {
    throw Error(ExitCode::kUsage, fmt::format("--tesseract {}: expected a folder of images",
                                              printable(options.images, 300)));
  }
  const report::ImageFolder folder(options.images);
  probes::OcrReferences out;
  out.name = printable(options.images, 300);
  std::vector<std::string> paths;
  text::TextSet seen;
  for (const probes::JoinItem& transcript : transcripts) {
    probes::JoinItem item;
    item.id = transcript.id;
    item.image = transcript.image;
    item.line = transcript.line;
    const std::string& image = item.image.empty() ? item.id : item.image;
    if (!seen.insert(item.id.empty() ? image : item.id).second) continue;
    paths.push_back(folder.find(image));
    if (paths.back().empty()) {
      throw Error(ExitCode::kBadInput,
                  fmt::format("line {}: expected the image '{}' in {}, found none of that name",
                              item.line, printable(image, 60), out.name));
    }
    out.items.push_back(std::move(item));
  }
  out.texts.resize(paths.size());
  parallel_blocks(threads, paths.size(), 1, [&] {
    return [&](std::size_t begin, std::size_t end) {
      for (std::size_t n = begin; n < end; ++n) {
        out.texts[n] = {text_in(options, paths[n], out.items[n])};
      }
    };
  });
  out.digest = probes::digest_of(out);
  return out;
}

}  // namespace vernier
