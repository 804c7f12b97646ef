#include "judges/engine/tokenizer/file/parts_file.h"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "base/printable.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier::engine {
namespace {

[[noreturn]] void not_supported(const FileNode& node, std::string_view what,
                                std::string_view supported) {
  node.fail(fmt::format("{} {} is not supported; {}", what, in_quotes(node.type()), supported));
}

/// The parts of root[key] in order, those of sequences (members `list`) in the sequence's place.
/// Depth is bounded by that of the parser.
std::vector<FileNode> parts_of(const FileNode& root, std::string_view key, std::string_view list) {
  std::vector<FileNode> parts, open;
  if (auto whole = root.find(key)) open.push_back(*std::move(whole));
  while (!open.empty()) {
    FileNode node = std::move(open.back());
    open.pop_back();
    if (node.type() != "Sequence") {
      parts.push_back(std::move(node));
      continue;
    }
    std::vector<FileNode> inner;
    node.at(list).for_each([&](const FileNode& part) { inner.push_back(part); });
    open.insert(open.end(), std::make_move_iterator(inner.rbegin()),
                std::make_move_iterator(inner.rend()));
  }
  return parts;
}

/// The text that `pattern`, {"String": TEXT}, looks for.
std::string pattern_text(const FileNode& node) {
  const FileNode pattern = node.at("pattern");
  if (const auto expression = pattern.find("Regex")) {
    expression->fail(
        fmt::format("the expression \"{}\" is not supported here; {{\"String\": ...}} is, and of a "
                    "normalizer \\s+",
                    printable(expression->text())));
  }
  const FileNode text = pattern.at("String");
  if (text.text().empty()) text.fail("expected a text, found an empty one");
  return std::string(text.text());
}

std::string one_character(const FileNode& node, std::string_view key) {
  const FileNode member = node.at(key);
  const std::string_view text = member.text();
  std::size_t size = 0;
  if (!text.empty()) text::next_code_point(text, size);
  if (size == 0 || size != text.size()) {
    member.fail(fmt::format("expected one character, found {}", in_quotes(text)));
  }
  return std::string(text);
}

PreTokenizerStep::Scheme read_scheme(const FileNode& node) {
  using Scheme = PreTokenizerStep::Scheme;
  Scheme scheme = Scheme::kAlways;
  if (const auto member = node.find("prepend_scheme")) {
    const std::string_view text = member->text();
    if (text != "always" && text != "first" && text != "never") {
      member->fail(
          fmt::format("expected \"always\", \"first\" or \"never\", found {}", in_quotes(text)));
    }
    scheme = text == "always" ? Scheme::kAlways : text == "first" ? Scheme::kFirst : Scheme::kNever;
  }
  // Files from before prepend_scheme have add_prefix_space; some have both.
  if (!node.flag("add_prefix_space", true) && scheme != Scheme::kNever) {
    node.fail("add_prefix_space is false, but prepend_scheme is not \"never\"");
  }
  return scheme;
}

PreTokenizerStep read_split(const FileNode& node) {
  const FileNode pattern = node.at("pattern"), behavior = node.at("behavior");
  const auto expression = pattern.find("Regex");
  const auto known = expression ? split_pattern(expression->text()) : std::nullopt;
  if (!known) {
    pattern.fail(
        fmt::format("the pattern {} is not supported; the regular expressions of GPT-2, Qwen2, "
                    "Llama 3 and CLIP "
                    "are",
                    printable(pattern.json(), 400)));
  }
  // What no match covers is removed: nothing, but for CLIP's.
  const bool removed = behavior.text() == "Removed" && node.flag("invert");
  if (!removed && (behavior.text() != "Isolated" || node.flag("invert"))) {
    node.fail(
        "expected behavior \"Isolated\" and invert false, or behavior \"Removed\" and invert true");
  }
  PreTokenizerStep step;
  step.kind = removed && leaves_space(*known) ? PreTokenizerStep::Kind::kWords
                                              : PreTokenizerStep::Kind::kPattern;
  step.pattern = *known;
  return step;
}

void add_byte_level(const FileNode& node, PreTokenizer& steps) {
  if (node.flag("add_prefix_space")) {
    steps.emplace_back().kind = PreTokenizerStep::Kind::kPrefixBlank;
  }
  if (node.flag("use_regex", true)) steps.emplace_back().kind = PreTokenizerStep::Kind::kPattern;
}

PostProcessor read_template(const FileNode& node, TokenId size) {
  PostProcessor out;
  const FileNode ids = node.at("special_tokens");
  bool text_seen = false;
  node.at("single").for_each([&](const FileNode& item) {
    if (const auto sequence = item.find("Sequence")) {
      if (text_seen || sequence->at("id").text() != "A") {
        item.fail("expected the sequence A once and no other one");
      }
      text_seen = true;
      return;
    }
    const FileNode name = item.at("SpecialToken").at("id");
    ids.at(name.text()).at("ids").for_each([&](const FileNode& id) {
      if (id.id() >= size) id.fail(fmt::format("expected the id of a token, found {}", id.id()));
      (text_seen ? out.after : out.before).push_back(id.id());
    });
  });
  if (!text_seen) node.fail("expected the sequence A in \"single\", found none");
  return out;
}

/// RobertaProcessing, BertProcessing: "cls" and "sep", each a token and its id.
PostProcessor read_two_tokens(const FileNode& node, TokenId size) {
  const auto token = [&](std::string_view key) {
    std::vector<FileNode> parts;
    const FileNode member = node.at(key);
    member.for_each([&](const FileNode& part) { parts.push_back(part); });
    if (parts.size() != 2) member.fail("expected a token and its id");
    const TokenId id = parts[1].id();
    if (id >= size) parts[1].fail(fmt::format("expected the id of a token, found {}", id));
    return id;
  };
  return {{token("cls")}, {token("sep")}};
}

DecoderStep read_decoder_step(const FileNode& node) {
  using Kind = DecoderStep::Kind;
  const std::string_view type = node.type();
  DecoderStep step;
  if (type == "ByteLevel") {
    step.kind = Kind::kByteLevel;
  } else if (type == "ByteFallback") {
    step.kind = Kind::kByteFallback;
  } else if (type == "Fuse") {
    step.kind = Kind::kFuse;
  } else if (type == "Replace") {
    step.kind = Kind::kReplace;
    step.from = pattern_text(node);
    step.to = node.at("content").text();
  } else if (type == "Strip") {
    step.kind = Kind::kStrip;
    step.from = one_character(node, "content");
    step.start = node.count("start");
    step.stop = node.count("stop");
  } else if (type == "Metaspace") {
    step.kind = Kind::kMetaspace;
    step.from = one_character(node, "replacement");
    step.drop_first = read_scheme(node) != PreTokenizerStep::Scheme::kNever;
  } else {
    not_supported(node, "the decoder",
                  "ByteLevel, ByteFallback, Fuse, Replace, Strip, Metaspace and Sequence are");
  }
  return step;
}

}  // namespace

Normalizer read_normalizer(const FileNode& root) {
  Normalizer steps;
  for (const FileNode& node : parts_of(root, "normalizer", "normalizers")) {
    NormalizerStep& step = steps.emplace_back();
    if (node.type() == "NFC") {
      step.kind = NormalizerStep::Kind::kNfc;
    } else if (node.type() == "Prepend") {
      step.kind = NormalizerStep::Kind::kPrepend;
      step.to = node.at("prepend").text();
    } else if (node.type() == "Lowercase") {
      step.kind = NormalizerStep::Kind::kLower;
    } else if (node.type() == "Replace") {
      const auto expression = node.at("pattern").find("Regex");
      const bool space = expression && expression->text() == R"(\s+)";
      step.kind = space ? NormalizerStep::Kind::kReplaceSpace : NormalizerStep::Kind::kReplace;
      if (!space) step.from = pattern_text(node);
      step.to = node.at("content").text();
    } else {
      not_supported(node, "the normalizer", "Lowercase, NFC, Prepend, Replace and Sequence are");
    }
  }
  return steps;
}

SplitSteps read_pre_tokenizer(const FileNode& root) {
  SplitSteps out;
  for (const FileNode& node : parts_of(root, "pre_tokenizer", "pretokenizers")) {
    const std::string_view type = node.type();
    if (out.byte_level) node.fail("ByteLevel must be the last pre-tokenizer");
    if (type == "ByteLevel") {
      add_byte_level(node, out.steps);
      out.byte_level = true;
    } else if (type == "Digits") {
      PreTokenizerStep& step = out.steps.emplace_back();
      step.kind = PreTokenizerStep::Kind::kDigits;
      step.each = node.flag("individual_digits");
    } else if (type == "Split") {
      out.steps.push_back(read_split(node));
    } else if (type == "Metaspace") {
      PreTokenizerStep& step = out.steps.emplace_back();
      step.kind = PreTokenizerStep::Kind::kMetaspace;
      step.replacement = one_character(node, "replacement");
      step.scheme = read_scheme(node);
      step.each = node.flag("split", true);
    } else {
      not_supported(node, "the pre-tokenizer",
                    "ByteLevel, Digits, Metaspace, Split and Sequence are");
    }
  }
  return out;
}

PostProcessor read_post_processor(const FileNode& root, TokenId size) {
  PostProcessor out;
  bool seen = false;
  for (const FileNode& node : parts_of(root, "post_processor", "processors")) {
    if (node.type() == "ByteLevel") continue;
    const bool two_tokens = node.type() == "RobertaProcessing" || node.type() == "BertProcessing";
    if (!two_tokens && node.type() != "TemplateProcessing") {
      not_supported(node, "the post-processor",
                    "BertProcessing, ByteLevel, RobertaProcessing, TemplateProcessing and Sequence "
                    "are");
    }
    if (seen) node.fail("expected one TemplateProcessing, found a second one");
    out = two_tokens ? read_two_tokens(node, size) : read_template(node, size);
    seen = true;
  }
  return out;
}

Decoder read_decoder(const FileNode& root) {
  Decoder steps;
  for (const FileNode& node : parts_of(root, "decoder", "decoders")) {
    steps.push_back(read_decoder_step(node));
  }
  if (!root.find("decoder")) steps.emplace_back().kind = DecoderStep::Kind::kBlanks;
  return steps;
}

}  // namespace vernier::engine
