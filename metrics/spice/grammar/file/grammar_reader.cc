#include "metrics/spice/grammar/file/grammar_reader.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <string_view>
#include <unordered_map>

#include "base/error.h"
#include "base/hash.h"
#include "base/io/byte_source.h"
#include "base/printable.h"
#include "metrics/spice/grammar/file/jar.h"
#include "metrics/spice/grammar/file/java_stream.h"

namespace vernier::spice {
namespace {

// The grammar of CoreNLP 3.6.0 has 6.4 MB.
constexpr std::uint64_t kMostBytes = 64 << 20;
constexpr const char* kEntry = "edu/stanford/nlp/models/lexparser/englishPCFG.ser.gz";
constexpr const char* kPackage = "edu.stanford.nlp.";

using Ref = JavaStream::Ref;
using Field = JavaStream::Field;

class TableReader {
 public:
  TableReader(std::string_view bytes, const std::string& name)
      : stream_(bytes, printable(name, 4096)) {
    tables_.digest = hash_bytes(bytes);
  }

  GrammarTables read() {
    const Ref parser = require(stream_.root(), "parser.lexparser.LexicalizedParser");
    read_names(parser);
    read_settings(member(parser, "op", "parser.lexparser.Options"));
    read_lexicon(member(parser, "lex", "parser.lexparser.BaseLexicon"));
    read_binary(member(parser, "bg", "parser.lexparser.BinaryGrammar"));
    read_unary(member(parser, "ug", "parser.lexparser.UnaryGrammar"));
    return std::move(tables_);
  }

 private:
  [[noreturn]] void fail(std::string_view why) const { stream_.fail(why); }

  Ref require(Ref object, std::string_view class_name) const {
    const std::string_view found = stream_.class_name(object);
    if (!found.starts_with(kPackage) ||
        found.substr(std::string_view(kPackage).size()) != class_name) {
      fail(fmt::format("no {} where one is expected", class_name));
    }
    return object;
  }
  Ref member(Ref object, const char* name) const {
    Field field(name, 'L');
    return stream_.get_ref(object, field);
  }
  Ref member(Ref object, const char* name, std::string_view class_name) const {
    return require(member(object, name), class_name);
  }

  void expect(Ref object, const char* name, char type, std::int32_t value) const {
    Field field(name, type);
    if (stream_.get_int(object, field) != value) {
      fail(fmt::format("made with another setting of {} than is supported", name));
    }
  }

  std::vector<std::string> names(Ref index) const {
    std::vector<std::string> list;
    for (const Ref name : stream_.list(member(index, "objects"))) {
      list.emplace_back(stream_.text(name));
    }
    return list;
  }

  void read_names(Ref parser) {
    tables_.states = names(member(parser, "stateIndex", "util.HashIndex"));
    tables_.words = names(member(parser, "wordIndex", "util.HashIndex"));
    tables_.tags = names(member(parser, "tagIndex", "util.HashIndex"));
    // 16 bits hold a state, and so does a tag in the file itself.
    if (tables_.states.size() >= kNoState ||
        tables_.tags.size() > std::numeric_limits<std::int16_t>::max()) {
      fail("too many states");
    }
    std::unordered_map<std::string_view, StateId> by_name;
    for (std::size_t i = 0; i < tables_.states.size(); ++i) {
      if (!by_name.emplace(tables_.states[i], static_cast<StateId>(i)).second) {
        fail("two states have one name");
      }
    }
    const auto state = [&](const std::string& name) {
      const auto found = by_name.find(name);
      if (found == by_name.end()) fail(fmt::format("no state {}", printable(name)));
      return found->second;
    };
    std::vector<bool> taken(tables_.states.size());
    for (const std::string& tag : tables_.tags) {
      tables_.tag_states.push_back(state(tag));
      if (taken[tables_.tag_states.back()]) fail("two tags have one name");
      taken[tables_.tag_states.back()] = true;
    }
    tables_.root = state("ROOT");
    const StateId boundary = state(".$$.");
    std::size_t tag = 0;
    while (tag < tables_.tags.size() && tables_.tag_states[tag] != boundary) ++tag;
    if (tag == tables_.tags.size()) fail("the boundary is no tag");
    tables_.boundary_tag = static_cast<std::uint16_t>(tag);
  }

  void read_settings(Ref options) const {
    for (const char* off : {"dcTags", "doDep", "forceCNF", "nodePrune"})
      expect(options, off, 'Z', 0);
    expect(options, "doPCFG", 'Z', 1);
    member(options, "wordFunction", "process.AmericanizeFunction");
    expect(member(options, "lexOptions", "parser.lexparser.Options$LexOptions"),
           "useUnknownWordSignatures", 'I', 2);
  }

  void read_lexicon(Ref lexicon) {
    expect(lexicon, "flexiTag", 'Z', 1);
    expect(lexicon, "smartMutation", 'Z', 0);
    expect(lexicon, "useSignatureForKnownSmoothing", 'Z', 0);
    Field threshold("smoothInUnknownsThreshold", 'I'), smooth("smooth", '[');
    tables_.smooth_unknowns_threshold = stream_.get_int(lexicon, threshold);
    const std::vector<double> smoothing = stream_.doubles(stream_.get_ref(lexicon, smooth));
    if (smoothing.size() != 2) fail("the smoothing is damaged");
    for (std::size_t i = 0; i < 2; ++i) tables_.smooth[i] = checked(smoothing[i], 1e12);
    Field open("openClassTypesThreshold", 'I');
    tables_.open_class_threshold =
        stream_.get_int(member(lexicon, "trainOptions", "parser.lexparser.TrainOptions"), open);
    const Ref unknown = member(lexicon, "uwModel", "parser.lexparser.EnglishUnknownWordModel");
    expect(unknown, "unknownLevel", 'I', 2);
    tables_.seen = counts(member(lexicon, "seenCounter", "stats.ClassicCounter"));
    tables_.unseen = counts(member(unknown, "unSeenCounter", "stats.ClassicCounter"));
  }

  std::vector<LexiconCount> counts(Ref counter) const {
    Field tag("tag", 'S'), word("word", 'I'), value("d", 'D');
    std::vector<LexiconCount> list;
    const std::span<const Ref> items = stream_.map(member(counter, "map"));
    list.reserve(items.size() / 2);
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
      LexiconCount count;
      count.word = stream_.get_int(items[i], word);
      count.tag = stream_.get_int(items[i], tag);
      count.count = checked(stream_.get_double(items[i + 1], value), 1e12);
      if (count.word < -1 || count.word >= static_cast<std::int64_t>(tables_.words.size()) ||
          count.tag < -1 || count.tag >= static_cast<std::int64_t>(tables_.tags.size()) ||
          count.count < 0) {
        fail("a count of the lexicon is out of range");
      }
      list.push_back(count);
    }
    return list;
  }

  double checked(double value, double most) const {
    if (!(std::abs(value) <= most)) fail("a number is out of range");
    return value;
  }
  float checked_score(float score) const { return static_cast<float>(checked(score, 1e6)); }

  StateId state(std::int32_t id) const {
    if (id < 0 || static_cast<std::size_t>(id) >= tables_.states.size()) {
      fail("a rule names a state that does not exist");
    }
    return static_cast<StateId>(id);
  }

  void read_binary(Ref grammar) {
    Field parent("parent", 'I'), left("leftChild", 'I'), right("rightChild", 'I'),
        score("score", 'F');
    for (const Ref rule : stream_.list(member(grammar, "allRules"))) {
      tables_.binary.push_back(
          {state(stream_.get_int(rule, parent)), state(stream_.get_int(rule, left)),
           state(stream_.get_int(rule, right)), checked_score(stream_.get_float(rule, score))});
    }
  }

  void read_unary(Ref grammar) {
    Field parent("parent", 'I'), child("child", 'I'), score("score", 'F');
    const std::span<const Ref> items = stream_.map(member(grammar, "coreRules"));
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
      const UnaryRule rule = {state(stream_.get_int(items[i], parent)),
                              state(stream_.get_int(items[i], child)),
                              checked_score(stream_.get_float(items[i], score))};
      if (rule.parent == rule.child) fail("a unary rule makes a state of itself");
      tables_.unary.push_back(rule);
    }
  }

  JavaStream stream_;
  GrammarTables tables_;
};

}  // namespace

std::string read_grammar_bytes(const std::string& path) {
  try {
    ExpansionLimits limits;
    limits.max_bytes = kMostBytes;
    if (is_zip(path))
      return expand_gzip(read_zip_entry(path, kEntry, kMostBytes), kMostBytes, path);
    std::string bytes = ByteSource::open(path, limits)->read_rest(kMostBytes);
    if (bytes.size() > kMostBytes) {
      throw Error(ExitCode::kResource, printable(path, 4096) + ": larger than any grammar");
    }
    return bytes;
  } catch (const Error& error) {
    throw Error(ExitCode::kResource, error.what());
  }
}

GrammarTables read_grammar_tables(std::string_view bytes, const std::string& name) {
  return TableReader(bytes, name).read();
}

}  // namespace vernier::spice
