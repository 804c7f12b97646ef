#include "metrics/spice/exact_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "base/paths/data_files.h"
#include "base/printable.h"
#include "metrics/spice/chart/constituency_parser.h"
#include "metrics/spice/dependencies/converter.h"
#include "metrics/spice/lemmas/lemma.h"

namespace vernier::spice {
namespace {

class ExactWorker final : public ParserWorker {
 public:
  explicit ExactWorker(const ConstituencyParser& parser) : parser_(parser), worker_(parser) {}

  bool parse(std::span<const std::string_view> words, ParsedSentence& out) override {
    if (!worker_.parse(words, out.tree)) return false;
    read_tree(words, out);
    return true;
  }

  std::vector<ScoredParse> best_parses(std::span<const std::string_view> words,
                                       std::size_t most) override {
    std::vector<ScoredParse> out;
    for (auto& [score, tree] : worker_.best_trees(most)) {
      ScoredParse next{score, {.tags = {}, .dependencies = {}, .tree = std::move(tree)}};
      read_tree(words, next.parsed);
      const auto same = [&](const ScoredParse& other) {
        return other.parsed.tags == next.parsed.tags &&
               other.parsed.dependencies == next.parsed.dependencies;
      };
      if (std::ranges::none_of(out, same)) out.push_back(std::move(next));
    }
    return out;
  }

  WordTags tags_of(std::string_view word) override { return parser_.tags_of(word); }

 private:
  /// From the tree of a parse all the rest.
  void read_tree(std::span<const std::string_view> words, ParsedSentence& out) {
    out.tags.clear();
    for (const TreeNode& node : out.tree) {
      if (is_tag(node.label)) out.tags.push_back(node.label);
    }
    const auto lemma_of = [&](std::size_t word) {
      std::string lemma;
      append_lemma(words[word], out.tags[word], lemma);
      return lemma;
    };
    converter_.convert(out.tree, words, lemma_of, out.dependencies);
  }

  const ConstituencyParser& parser_;
  ConstituencyParser::Worker worker_;
  DependencyConverter converter_;
};

class ExactParser final : public Parser {
 public:
  explicit ExactParser(std::shared_ptr<const Grammar> grammar) : parser_(std::move(grammar)) {}

  std::string signature() const override {
    return fmt::format("parser:pcfg-3.6.0|grammar:{:016x}", parser_.grammar().digest());
  }
  std::unique_ptr<ParserWorker> make_worker() const override {
    return std::make_unique<ExactWorker>(parser_);
  }

 private:
  ConstituencyParser parser_;
};

}  // namespace

std::shared_ptr<const Parser> open_exact_parser(const std::string& grammar_path) {
  return std::make_shared<ExactParser>(Grammar::read(grammar_path));
}

std::vector<std::string> grammar_paths() {
  std::vector<std::string> paths = data_file_paths("englishPCFG.ser.gz");
  if (std::string path = environment_value("VERNIER_SPICE_GRAMMAR"); !path.empty()) {
    paths.insert(paths.begin(), std::move(path));
  }
  return paths;
}

std::string find_grammar(const std::string& chosen) {
  std::string path = chosen.empty() ? first_existing(grammar_paths()) : chosen;
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    throw Error(ExitCode::kResource,
                fmt::format("{}: no such file; SPICE's exact parser needs this grammar, get it "
                            "with: vernier data import-grammar JAR_OR_FILE (or: make grammar); "
                            "spice-fast needs none",
                            printable(path, 4096)));
  }
  return path;
}

}  // namespace vernier::spice
