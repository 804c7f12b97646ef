#include "judges/engine/tokenizer/file/bpe_file.h"

#include <fmt/format.h>

#include <utility>

#include "base/printable.h"

namespace vernier::engine {
namespace {

Vocabulary read_vocabulary(const FileNode& node) {
  Vocabulary vocabulary;
  for (const auto& [text, value] : node.object()) {
    // A place for a message costs more than all the rest of an entry.
    std::uint64_t id = 0;
    if (value.get(id) != simdjson::SUCCESS || id >= kMostTokens) {
      node.fail(fmt::format("{}: expected a token id from 0 to {}, found {}", in_quotes(text),
                            kMostTokens - 1, printable(simdjson::minify(value), 60)));
    }
    switch (vocabulary.add(text, static_cast<TokenId>(id))) {
      case Vocabulary::Added::kTextTwice:
        node.fail(fmt::format("the token {} stands twice", in_quotes(text)));
      case Vocabulary::Added::kIdTwice:
        node.fail(fmt::format("id {} belongs to two tokens, {} and {}", id,
                              in_quotes(vocabulary.text(static_cast<TokenId>(id))),
                              in_quotes(text)));
      case Vocabulary::Added::kDone:
        break;
    }
  }
  if (vocabulary.tokens() == 0) node.fail("expected tokens, found none");
  return vocabulary;
}

/// The two parts of an entry: "a b" or ["a", "b"].
std::pair<std::string_view, std::string_view> parts_of(const FileNode& merges,
                                                       simdjson::dom::element entry,
                                                       std::size_t index) {
  const auto refuse = [&] {
    FileNode(entry, merges.place_of_item(index), merges.file())
        .fail(fmt::format("expected \"LEFT RIGHT\" or [\"LEFT\", \"RIGHT\"], found {}",
                          printable(simdjson::minify(entry), 60)));
  };
  std::string_view text;
  if (entry.get(text) == simdjson::SUCCESS) {
    const std::size_t blank = text.find(' ');
    if (blank == std::string_view::npos || text.find(' ', blank + 1) != std::string_view::npos) {
      refuse();
    }
    return {text.substr(0, blank), text.substr(blank + 1)};
  }
  simdjson::dom::array pair;
  std::string_view left, right;
  if (entry.get(pair) != simdjson::SUCCESS || pair.size() != 2 ||
      pair.at(0).get(left) != simdjson::SUCCESS || pair.at(1).get(right) != simdjson::SUCCESS) {
    refuse();
  }
  return {left, right};
}

Merges read_merges(const FileNode& node, const Vocabulary& vocabulary) {
  Merges merges;
  std::size_t index = 0;
  std::uint32_t rank = 0;
  std::string whole;
  for (const simdjson::dom::element entry : node.array()) {
    std::string_view line;
    const bool comment = entry.get(line) == simdjson::SUCCESS && line.starts_with("#version");
    const std::size_t at = index++;
    if (comment) continue;
    const auto [left, right] = parts_of(node, entry, at);
    const auto refuse = [&](std::string_view message) {
      FileNode(entry, node.place_of_item(at), node.file()).fail(message);
    };
    if (left.empty() || right.empty()) {
      refuse("a part is empty, so that the merge would give one of its own parts");
    }
    whole.assign(left).append(right);
    const auto known = [&](std::string_view text, const char* what) {
      const TokenId id = vocabulary.find(text);
      if (id == kNoToken) {
        refuse(fmt::format("its {}, {}, is not in model.vocab", what, in_quotes(text)));
      }
      return id;
    };
    const std::uint64_t key = pair_key(known(left, "left part"), known(right, "right part"));
    merges.put(key, {rank++, known(whole, "result")});
  }
  return merges;
}

void refuse_what_is_not_implemented(const FileNode& model) {
  if (const auto type = model.find("type"); type && type->text() != "BPE") {
    type->fail(fmt::format("the model {} is not supported; BPE is", in_quotes(type->text())));
  }
  const auto prefix = model.find("continuing_subword_prefix");
  if (prefix && !prefix->text().empty()) prefix->fail("marked parts of words are not supported");
  if (const auto dropout = model.find("dropout"); dropout && dropout->number() != 0) {
    dropout->fail("tokens would be drawn at random; set it to null");
  }
}

}  // namespace

Bpe read_bpe(const FileNode& model, bool byte_level) {
  refuse_what_is_not_implemented(model);
  Vocabulary vocabulary = read_vocabulary(model.at("vocab"));
  Merges merges = read_merges(model.at("merges"), vocabulary);
  BpeOptions options;
  options.byte_level = byte_level;
  options.byte_fallback = model.flag("byte_fallback", false);
  options.ignore_merges = model.flag("ignore_merges", false);
  options.fuse_unknown = model.flag("fuse_unk", false);
  if (const auto end = model.find("end_of_word_suffix")) {
    options.word_end = end->text();
    if (!options.word_end.empty() && options.byte_fallback) {
      end->fail("an end of words and byte_fallback together are not supported");
    }
  }
  if (const auto unknown = model.find("unk_token")) {
    options.unknown = vocabulary.find(unknown->text());
    if (options.unknown == kNoToken) {
      unknown->fail(fmt::format("{} is not in model.vocab", in_quotes(unknown->text())));
    }
  }
  return {std::move(vocabulary), std::move(merges), std::move(options)};
}

}  // namespace vernier::engine
