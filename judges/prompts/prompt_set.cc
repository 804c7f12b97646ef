#include "judges/prompts/prompt_set.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <stdexcept>

#include "base/error.h"
#include "base/hash.h"
#include "base/io/byte_source.h"
#include "base/printable.h"

namespace vernier {
std::string_view embedded_prompts_general();
std::string_view embedded_prompts_scenes();
}  // namespace vernier

namespace vernier::prompts {
namespace {

using Slots = std::vector<std::string_view>;

/// A table of the file: where it goes, and the slots that its texts may and must have.
struct Section {
  std::string_view name;
  Ask PromptSet::*ask;
  Slots known, needed;
};

const std::vector<Section>& sections() {
  static const Slots kRated = {"caption", "caption_quoted", "low", "high"};
  static const Slots kPair = {"a", "a_quoted", "b", "b_quoted"};
  static const std::vector<Section> kSections = {
      {"context", &PromptSet::context, {}, {}},
      {"visce", &PromptSet::visce, kRated, {"caption"}},
      {"paper",
       &PromptSet::paper,
       {"caption", "caption_quoted", "context", "low", "high"},
       {"caption", "context"}},
      {"direct", &PromptSet::direct, kRated, {"caption"}},
      {"reference",
       &PromptSet::reference,
       {"caption", "caption_quoted", "references", "low", "high"},
       {"caption", "references"}},
      {"pairwise", &PromptSet::pairwise, kPair, {"a", "b"}},
      {"reason", &PromptSet::reason, {}, {}},
      {"clair", &PromptSet::clair, {"candidates", "references"}, {"candidates", "references"}},
      {"capscore",
       &PromptSet::capscore,
       {"candidates", "reference", "reference_quoted", "count"},
       {"candidates", "reference"}},
      {"reason_first", &PromptSet::reason_first, kRated, {"caption"}},
  };
  return kSections;
}

class SetReader {
 public:
  explicit SetReader(const std::string& name) : name_(printable(name, 300)) {}

  PromptSet read(const toml::table& table) const {
    PromptSet set;
    const toml::node* const name = table.get("name");
    const toml::node* const version = table.get("version");
    if (name == nullptr || !name->is_string() || name->as_string()->get().empty()) {
      throw Error(ExitCode::kUsage, fmt::format("{}: expected name = \"...\"", name_));
    }
    set.name = printable(name->as_string()->get(), 40);
    if (version == nullptr || !version->is_integer() || version->as_integer()->get() < 1) {
      throw Error(ExitCode::kUsage,
                  fmt::format("{}: expected version = 1 or a later whole number", name_));
    }
    set.version = static_cast<std::uint64_t>(version->as_integer()->get());
    for (auto&& [key, node] : table) {
      if (key == "name" || key == "version") continue;
      const toml::table* const part = node.as_table();
      if (part == nullptr) refuse(node, fmt::format("\"{}\": expected a table", text_of(key)));
      section(text_of(key), *part, node, set);
    }
    return set;
  }

 private:
  static std::string text_of(const toml::key& key) { return printable(key.str(), 40); }

  [[noreturn]] void refuse(const toml::node& at, const std::string& what) const {
    throw Error(ExitCode::kUsage, fmt::format("{}:{}: {}", name_, at.source().begin.line, what));
  }

  void section(const std::string& name, const toml::table& part, const toml::node& at,
               PromptSet& set) const {
    if (name == "checklist") return checklist(part, set);
    if (name == "paraphrases") return paraphrases(part, set);
    const auto found = std::ranges::find(sections(), name, &Section::name);
    if (found == sections().end()) refuse(at, fmt::format("unknown table [{}]", name));
    Ask& ask = set.*(found->ask);
    for (auto&& [key, node] : part) {
      if (key == "user") {
        ask.user = text(node, *found);
      } else if (key == "again") {
        ask.again = text(node, *found);
      } else if (key == "answer_start") {
        ask.answer_start = string(node);
      } else {
        refuse(node, fmt::format("unknown key \"{}\" in [{}]", text_of(key), name));
      }
    }
    if (ask.user.empty()) refuse(at, fmt::format("[{}] has no \"user\"", name));
  }

  void checklist(const toml::table& part, PromptSet& set) const {
    static const Section kObject = {"checklist", nullptr, {"object"}, {"object"}};
    static const Section kAttribute = {
        "checklist", nullptr, {"object", "attribute"}, {"object", "attribute"}};
    static const Section kRelation = {
        "checklist", nullptr, {"subject", "relation", "object"}, {"subject", "relation", "object"}};
    for (auto&& [key, node] : part) {
      if (key == "object") {
        set.object = text(node, kObject);
      } else if (key == "attribute") {
        set.attribute = text(node, kAttribute);
      } else if (key == "relation") {
        set.relation = text(node, kRelation);
      } else {
        refuse(node, fmt::format("unknown key \"{}\" in [checklist]", text_of(key)));
      }
    }
  }

  void paraphrases(const toml::table& part, PromptSet& set) const {
    const Section& direct = *std::ranges::find(sections(), "direct", &Section::name);
    std::string start;
    for (auto&& [key, node] : part) {
      if (key == "answer_start") {
        start = string(node);
      } else if (key == "users" && node.is_array()) {
        for (const toml::node& one : *node.as_array()) {
          set.paraphrases.push_back({text(one, direct), {}, {}});
        }
      } else {
        refuse(node, fmt::format("unknown key \"{}\" in [paraphrases]", text_of(key)));
      }
    }
    for (Ask& ask : set.paraphrases) ask.answer_start = start;
  }

  std::string string(const toml::node& node) const {
    const auto* const text = node.as_string();
    if (text == nullptr) refuse(node, "expected a text");
    return text->get();
  }

  PromptTemplate text(const toml::node& node, const Section& section) const {
    try {
      PromptTemplate out(string(node), section.known, section.needed);
      if (out.empty()) refuse(node, "an empty prompt");
      return out;
    } catch (const std::invalid_argument& error) {
      refuse(node, error.what());
    }
  }

  std::string name_;
};

}  // namespace

std::string PromptSet::signature() const {
  return fmt::format("prompts:{}/{}:{:016x}", name, version, digest);
}

PromptSet parse_prompts(std::string_view toml, const std::string& name) {
  PromptSet set;
  try {
    set = SetReader(name).read(toml::parse(toml));
  } catch (const toml::parse_error& error) {
    throw Error(ExitCode::kUsage,
                fmt::format("{}:{}: {}", printable(name, 300), error.source().begin.line,
                            printable(error.description(), 200)));
  }
  set.digest = hash_bytes(toml);
  return set;
}

std::vector<std::string_view> prompt_set_names() { return {"general", "scenes"}; }

std::string_view prompt_set_text(std::string_view name) {
  if (name == "general") return embedded_prompts_general();
  if (name == "scenes") return embedded_prompts_scenes();
  return {};
}

PromptSet open_prompts(const std::string& name) {
  if (const std::string_view text = prompt_set_text(name); !text.empty()) {
    return parse_prompts(text, name);
  }
  constexpr std::size_t kMost = std::size_t{1} << 20;
  const std::string text = ByteSource::open(name)->read_rest(kMost);
  if (text.size() > kMost) {
    throw Error(ExitCode::kUsage, fmt::format("{}: larger than a file of prompts can be (1 MiB)",
                                              printable(name, 300)));
  }
  return parse_prompts(text, name);
}

}  // namespace vernier::prompts
