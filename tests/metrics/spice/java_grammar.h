// A grammar of a few words in the form of the Stanford parser's file, so that reading can be tested
// without that file.
#pragma once

#include <bit>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace vernier::tests {

/// Writes a Java object stream.
class JavaWriter {
 public:
  struct Field {
    char type;
    std::string name;
    std::function<void()> write;
  };

  JavaWriter() { number(0xACED0005, 4); }
  const std::string& bytes() const { return bytes_; }

  void number(std::uint64_t value, std::size_t size) {
    for (std::size_t i = size; i-- > 0;) bytes_ += static_cast<char>(value >> (8 * i) & 0xFF);
  }
  void real(double value) { number(std::bit_cast<std::uint64_t>(value), 8); }
  void real4(float value) { number(std::bit_cast<std::uint32_t>(value), 4); }
  void null() { number(0x70, 1); }
  void string(std::string_view text) {
    number(0x74, 1);
    ++handles_;
    short_text(text);
  }
  /// `annotation` writes what stands before the end of it; none where it is empty.
  void object(const std::string& class_name, const std::vector<Field>& fields,
              const std::function<void()>& annotation = {}) {
    number(0x73, 1);
    class_item(class_name, fields, annotation ? 3 : 2);
    ++handles_;
    for (const Field& field : fields) field.write();
    if (!annotation) return;
    annotation();
    number(0x78, 1);
  }
  void list(const std::vector<std::function<void()>>& items) {
    object("java.util.ArrayList", {{'I', "size", [&] { number(items.size(), 4); }}}, [&] {
      block(4, items.size());
      for (const auto& item : items) item();
    });
  }
  void map(const std::vector<std::function<void()>>& keys_and_values) {
    object("java.util.HashMap", {{'F', "loadFactor", [&] { real4(0.75F); }}}, [&] {
      number(0x77, 1);
      number(8, 1);
      number(16, 4);
      number(keys_and_values.size() / 2, 4);
      for (const auto& item : keys_and_values) item();
    });
  }
  void doubles(const std::vector<double>& values) {
    number(0x75, 1);
    class_item("[D", {}, 2);
    ++handles_;
    number(values.size(), 4);
    for (const double value : values) real(value);
  }

 private:
  void block(std::uint64_t size, std::uint64_t value) {
    number(0x77, 1);
    number(size, 1);
    number(value, size);
  }
  void short_text(std::string_view text) {
    number(text.size(), 2);
    bytes_ += text;
  }
  void class_item(const std::string& name, const std::vector<Field>& fields, int flags) {
    if (const auto known = classes_.find(name); known != classes_.end()) {
      number(0x71, 1);
      number(0x7E0000 + known->second, 4);
      return;
    }
    number(0x72, 1);
    short_text(name);
    number(0, 8);
    classes_[name] = handles_++;
    number(static_cast<std::uint64_t>(flags), 1);
    number(fields.size(), 2);
    for (const Field& field : fields) {
      number(static_cast<unsigned char>(field.type), 1);
      short_text(field.name);
      if (field.type == 'L' || field.type == '[') string("Ljava/lang/Object;");
    }
    number(0x78, 1);
    null();
  }

  std::string bytes_;
  std::map<std::string, std::uint64_t> classes_;
  std::uint64_t handles_ = 0;
};

/// What the small grammar is made of; change it before writing.
struct SmallGrammar {
  std::vector<std::string> tags = {"DT^NP", "NN^NP", "VBZ^VP", ".$$."};
  std::vector<std::string> states = {"@NP^S| NN^NP_", "NP^S",           "DT^NP",  "ROOT",
                                     "NN^NP",         "VP^S",           "VBZ^VP", "@NodeSet-1",
                                     "S^ROOT",        "@S^ROOT| VP^S_", ".$$.",   "@NodeSet-2"};
  std::vector<std::string> words = {"the", "dog", "runs", ".$.", "UNK-LC", "UNK-LCs", "color"};
  struct Rule {
    std::string parent, left, right;  // right empty: a rule of one child
    float score;
  };
  std::vector<Rule> rules = {{"@NodeSet-1", "DT^NP", "@NP^S| NN^NP_", -0.25F},
                             {"@NodeSet-2", "NP^S", "@S^ROOT| VP^S_", -0.5F},
                             {"ROOT", "S^ROOT", ".$$.", -0.125F},
                             {"ROOT", "NP^S", ".$$.", -3},
                             {"@NP^S| NN^NP_", "NN^NP", "", -1},
                             {"NP^S", "@NodeSet-1", "", 0},
                             {"NP^S", "NN^NP", "", -2},
                             {"VP^S", "VBZ^VP", "", -1.5F},
                             {"@S^ROOT| VP^S_", "VP^S", "", -0.75F},
                             {"S^ROOT", "@NodeSet-2", "", 0}};
  struct Count {
    int word, tag;
    double count;
  };
  std::vector<Count> seen = {{0, 0, 500}, {0, -1, 500},  {1, 1, 30},   {1, 2, 2},
                             {1, -1, 32}, {2, 2, 40},    {2, -1, 40},  {6, 1, 5},
                             {6, -1, 5},  {-1, 0, 500},  {-1, 1, 200}, {-1, 2, 100},
                             {-1, 3, 50}, {-1, -1, 850}, {3, 3, 50},   {3, -1, 50}};
  std::vector<Count> unseen = {{4, 1, 60},  {4, -1, 60}, {5, 2, 70},   {5, -1, 70},
                               {-1, 1, 60}, {-1, 2, 70}, {-1, -1, 130}};
  int unknown_level = 2;

  std::string write() const;
};

inline std::string SmallGrammar::write() const {
  JavaWriter w;
  using Writes = std::vector<std::function<void()>>;
  const std::string pcfg = "edu.stanford.nlp.parser.lexparser.";
  const auto id = [this](const std::string& name) {
    for (std::size_t i = 0; i < states.size(); ++i) {
      if (states[i] == name) return i;
    }
    return states.size();
  };
  const auto flag = [&](const char* name, bool on) {
    return JavaWriter::Field{'Z', name, [&w, on] { w.number(on ? 1 : 0, 1); }};
  };
  const auto whole = [&](const char* name, std::size_t value) {
    return JavaWriter::Field{'I', name, [&w, value] { w.number(value, 4); }};
  };
  const auto score = [&](float value) {
    return JavaWriter::Field{'F', "score", [&w, value] { w.real4(value); }};
  };
  const auto index = [&](const std::vector<std::string>& names) {
    w.object("edu.stanford.nlp.util.HashIndex", {{'L', "objects", [&] {
                                                    Writes items;
                                                    for (const std::string& name : names) {
                                                      items.push_back([&] { w.string(name); });
                                                    }
                                                    w.list(items);
                                                  }}});
  };
  const auto counter = [&](const std::vector<Count>& counts) {
    w.object("edu.stanford.nlp.stats.ClassicCounter",
             {{'L', "map", [&] {
                 Writes items;
                 for (const Count& count : counts) {
                   items.push_back([&] {
                     w.object(pcfg + "IntTaggedWord",
                              {{'S', "tag", [&] { w.number(std::uint16_t(count.tag), 2); }},
                               {'I', "word", [&] { w.number(std::uint32_t(count.word), 4); }}});
                   });
                   items.push_back([&] {
                     w.object("edu.stanford.nlp.util.MutableDouble",
                              {{'D', "d", [&] { w.real(count.count); }}});
                   });
                 }
                 w.map(items);
               }}});
  };
  const auto binary = [&] {
    Writes items;
    for (const Rule& rule : rules) {
      if (rule.right.empty()) continue;
      items.push_back([&] {
        w.object(pcfg + "BinaryRule",
                 {whole("leftChild", id(rule.left)), whole("parent", id(rule.parent)),
                  whole("rightChild", id(rule.right)), score(rule.score)});
      });
    }
    w.object(pcfg + "BinaryGrammar", {{'L', "allRules", [&] { w.list(items); }}});
  };
  const auto unary = [&] {
    Writes items;
    for (const Rule& rule : rules) {
      if (!rule.right.empty()) continue;
      items.push_back([&] {
        w.object(pcfg + "UnaryRule", {whole("child", id(rule.left)),
                                      whole("parent", id(rule.parent)), score(rule.score)});
      });
      items.push_back([&] { w.null(); });
    }
    w.object(pcfg + "UnaryGrammar", {{'L', "coreRules", [&] { w.map(items); }}});
  };
  const auto options = [&] {
    w.object(pcfg + "Options",
             {flag("dcTags", false),
              flag("doDep", false),
              flag("doPCFG", true),
              flag("forceCNF", false),
              flag("nodePrune", false),
              {'L', "lexOptions",
               [&] {
                 w.object(pcfg + "Options$LexOptions",
                          {whole("useUnknownWordSignatures", std::size_t(unknown_level))});
               }},
              {'L', "wordFunction",
               [&] { w.object("edu.stanford.nlp.process.AmericanizeFunction", {}); }}});
  };
  const auto lexicon = [&] {
    w.object(pcfg + "BaseLexicon",
             {flag("flexiTag", true),
              flag("smartMutation", false),
              whole("smoothInUnknownsThreshold", 100),
              flag("useSignatureForKnownSmoothing", false),
              {'L', "seenCounter", [&] { counter(seen); }},
              {'[', "smooth",
               [&] {
                 w.doubles({1.0, 0.2});
               }},
              {'L', "trainOptions",
               [&] { w.object(pcfg + "TrainOptions", {whole("openClassTypesThreshold", 50)}); }},
              {'L', "uwModel", [&] {
                 w.object(
                     pcfg + "EnglishUnknownWordModel",
                     {whole("unknownLevel", 2), {'L', "unSeenCounter", [&] { counter(unseen); }}});
               }}});
  };
  w.object(pcfg + "LexicalizedParser", {{'L', "bg", binary},
                                        {'L', "lex", lexicon},
                                        {'L', "op", options},
                                        {'L', "stateIndex", [&] { index(states); }},
                                        {'L', "tagIndex", [&] { index(tags); }},
                                        {'L', "ug", unary},
                                        {'L', "wordIndex", [&] { index(words); }}});
  return w.bytes();
}

}  // namespace vernier::tests
