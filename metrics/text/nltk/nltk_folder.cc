#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <initializer_list>
#include <map>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/hash.h"
#include "base/io/byte_source.h"
#include "base/io/text_lines.h"
#include "base/printable.h"
#include "metrics/text/nltk/nltk_data.h"

namespace vernier::text {
namespace {

namespace fs = std::filesystem;
using View = std::string_view;

/// A text file under one of several names in one of several folders.
struct Part {
  std::string name, text;  ///< name: printable path
};

Part read_part(const fs::path& folder, std::initializer_list<const char*> paths) {
  for (const char* path : paths) {
    std::error_code ignored;
    const fs::path file = folder / path;
    if (!fs::is_regular_file(file, ignored)) continue;
    const auto source = ByteSource::open(file);
    return {source->name(), source->read_rest(std::size_t{256} << 20)};
  }
  throw Error(ExitCode::kResource,
              fmt::format("{}: holds no {}; expected NLTK's data (python -m nltk.downloader "
                          "punkt_tab averaged_perceptron_tagger_eng), unpacked",
                          printable(folder.string(), 4096), *paths.begin()));
}

[[noreturn]] void refuse(const Part& part, std::size_t line, View expected) {
  throw Error(ExitCode::kBadInput, fmt::format("{}:{}: expected {}", part.name, line, expected));
}

/// Calls visit(cells, line number) for every line that is not empty.
template <class Visit>
void for_each_row(const Part& part, Visit visit) {
  for_each_line(part.text, [&](View line, std::uint64_t number) {
    if (line.empty()) return;
    std::vector<View> cells;
    for (;;) {
      const std::size_t tab = line.find('\t');
      cells.push_back(line.substr(0, tab));
      if (tab == View::npos) break;
      line.remove_prefix(tab + 1);
    }
    visit(cells, number);
  });
}

TextSet read_set(const Part& part) {
  TextSet set;
  for_each_row(part, [&](const auto& cells, std::size_t line) {
    if (cells.size() != 1) refuse(part, line, "a word");
    set.emplace(cells[0]);
  });
  return set;
}

template <class Number>
Number number_of(const Part& part, std::size_t line, View text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) refuse(part, line, "a number");
  return value;
}

PunktParameters read_punkt(const fs::path& folder) {
  const auto part = [&](const char* nltk, const char* flat) {
    const std::string tab = std::string("tokenizers/punkt_tab/english/") + nltk;
    const std::string inner = std::string("punkt_tab/english/") + nltk;
    return read_part(folder, {tab.c_str(), inner.c_str(), nltk, flat});
  };
  PunktParameters punkt;
  punkt.abbreviations = read_set(part("abbrev_types.txt", "punkt_english_abbrev.txt"));
  punkt.sentence_starters = read_set(part("sent_starters.txt", "punkt_english_sent_starters.txt"));
  const Part pairs = part("collocations.tab", "punkt_english_collocations.tsv");
  for_each_row(pairs, [&](const auto& cells, std::size_t line) {
    if (cells.size() != 2) refuse(pairs, line, "two words and a tab between them");
    punkt.collocations.insert(std::string(cells[0]) + '\t' + std::string(cells[1]));
  });
  const Part contexts = part("ortho_context.tab", "punkt_english_ortho_context.tsv.gz");
  for_each_row(contexts, [&](const auto& cells, std::size_t line) {
    if (cells.size() != 2) refuse(contexts, line, "a word, a tab and a number");
    punkt.contexts.emplace(cells[0], number_of<std::uint8_t>(contexts, line, cells[1]));
  });
  return punkt;
}

/// Weights by feature, then by tag.
using Weights = std::map<std::string, std::map<std::string, double>>;

struct TaggerParts {
  std::vector<std::string> tags;
  std::map<std::string, std::string> known;
  Weights weights;
};

TaggerParts read_json_tagger(const fs::path& folder) {
  const auto parse = [&](const std::string& file) {
    const std::string outer = "taggers/averaged_perceptron_tagger_eng/" + file;
    const std::string inner = "averaged_perceptron_tagger_eng/" + file;
    const Part part = read_part(folder, {outer.c_str(), inner.c_str(), file.c_str()});
    try {
      return nlohmann::json::parse(part.text);
    } catch (const nlohmann::json::exception& error) {
      throw Error(ExitCode::kBadInput, fmt::format("{}: {}", part.name, error.what()));
    }
  };
  const std::string stem = "averaged_perceptron_tagger_eng.";
  TaggerParts parts;
  try {
    parts.tags = parse(stem + "classes.json").get<std::vector<std::string>>();
    parts.known = parse(stem + "tagdict.json").get<std::map<std::string, std::string>>();
    parts.weights = parse(stem + "weights.json").get<Weights>();
  } catch (const nlohmann::json::exception& error) {
    throw Error(ExitCode::kBadInput, fmt::format("{}: the tagger is of another form: {}",
                                                 printable(folder.string(), 4096), error.what()));
  }
  return parts;
}

TaggerParts read_flat_tagger(const fs::path& folder) {
  TaggerParts parts;
  const Part tags = read_part(folder, {"perceptron_tagger_classes.txt"});
  for_each_row(tags, [&](const auto& cells, std::size_t) { parts.tags.emplace_back(cells[0]); });
  const Part known = read_part(folder, {"perceptron_tagger_tagdict.tsv"});
  for_each_row(known, [&](const auto& cells, std::size_t line) {
    if (cells.size() != 2) refuse(known, line, "a word, a tab and a tag");
    parts.known.emplace(cells[0], cells[1]);
  });
  const Part weights = read_part(folder, {"perceptron_tagger_weights.tsv.gz"});
  for_each_row(weights, [&](const auto& cells, std::size_t line) {
    if (cells.size() != 3) refuse(weights, line, "a feature, a tag and a weight");
    parts.weights[std::string(cells[0])][std::string(cells[1])] =
        number_of<double>(weights, line, cells[2]);
  });
  return parts;
}

PerceptronModel model_of(TaggerParts parts, const fs::path& folder) {
  PerceptronModel model;
  std::ranges::sort(parts.tags);
  model.tags = std::move(parts.tags);
  const auto number = [&](const std::string& tag) {
    const auto found = std::ranges::lower_bound(model.tags, tag);
    if (found == model.tags.end() || *found != tag || model.tags.size() > 255) {
      throw Error(ExitCode::kBadInput,
                  fmt::format("{}: the tagger has a tag '{}' that is none of "
                              "its classes",
                              printable(folder.string(), 4096), printable(tag, 20)));
    }
    return static_cast<std::uint32_t>(found - model.tags.begin());
  };
  for (const auto& [word, tag] : parts.known) model.known.emplace(word, number(tag));
  std::vector<PerceptronModel::Feature> features;
  for (const auto& [feature, weights] : parts.weights) {
    const auto begin = static_cast<std::uint32_t>(model.weights.size());
    for (const auto& [tag, weight] : weights) model.weights.push_back({weight, number(tag)});
    features.push_back(
        {hash_bytes(feature), begin, static_cast<std::uint32_t>(model.weights.size()) - begin});
  }
  model.index(features);
  return model;
}

}  // namespace

NltkData read_nltk_folder(const std::string& folder) {
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored)) {
    throw Error(ExitCode::kUsage, fmt::format("{}: no such folder", printable(folder, 4096)));
  }
  NltkData data;
  data.punkt = read_punkt(folder);
  const bool flat = fs::exists(fs::path(folder) / "perceptron_tagger_classes.txt", ignored);
  data.tagger = model_of(flat ? read_flat_tagger(folder) : read_json_tagger(folder), folder);
  data.digest = nltk_digest(data);
  return data;
}

}  // namespace vernier::text
