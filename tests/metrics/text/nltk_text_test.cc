// NLTK's sentences and words, WordNet lemmas and pattern.en singulars on made-up text. Expected
// values are what NLTK 3.8.1 itself makes of it, with the built-in abbreviations as its parameters.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "metrics/text/lemmas/pattern_singular.h"
#include "metrics/text/lemmas/word_net.h"
#include "metrics/text/nltk/nltk_data.h"
#include "metrics/text/nltk/word_tokenizer.h"
#include "metrics/text/sentences/sentence_splitter.h"
#include "metrics/text/tags/perceptron_tagger.h"
#include "tests/support/command.h"
#include "tests/support/word_net.h"

namespace vernier::tests {
namespace {

struct Case {
  std::string text;
  std::vector<std::string> sentences, words;  // words: of each sentence, blanks between
};

const std::vector<Case> kCases = {
    {"Two dogs run. A cat sits.",
     {"Two dogs run.", "A cat sits."},
     {"Two dogs run .", "A cat sits ."}},
    {"It is 3.5 m long. 12 people watch.",
     {"It is 3.5 m long.", "12 people watch."},
     {"It is 3.5 m long .", "12 people watch ."}},
    {"Mr. Smith and Dr. Jones talk, e.g. about cats.",
     {"Mr. Smith and Dr. Jones talk, e.g. about cats."},
     {"Mr. Smith and Dr. Jones talk , e.g. about cats ."}},
    {"He said \"Stop.\" Then he left.",
     {"He said \"Stop.\"", "Then he left."},
     {"He said `` Stop . ''", "Then he left ."}},
    {"A sign says \"STOP!\" (in red). Cars wait.",
     {"A sign says \"STOP!\"", "(in red).", "Cars wait."},
     {"A sign says `` STOP ! ''", "( in red ) .", "Cars wait ."}},
    {"What?! No way... it is true.",
     {"What?!", "No way... it is true."},
     {"What ? !", "No way ... it is true ."}},
    {"Wait . . . what is that?",
     {"Wait .", ".", ".", "what is that?"},
     {"Wait .", ".", ".", "what is that ?"}},
    {"The U.S. flag hangs. It is big.",
     {"The U.S. flag hangs.", "It is big."},
     {"The U.S. flag hangs .", "It is big ."}},
    {"J. Smith rides. A. B. waits.",
     {"J. Smith rides.", "A. B. waits."},
     {"J. Smith rides .", "A. B. waits ."}},
    {"no capitals here. still two sentences! really? yes.",
     {"no capitals here.", "still two sentences!", "really?", "yes."},
     {"no capitals here .", "still two sentences !", "really ?", "yes ."}},
    {"One line\nand another. End",
     {"One line\nand another.", "End"},
     {"One line and another .", "End"}},
    {"a.b.c is no abbreviation. x",
     {"a.b.c is no abbreviation.", "x"},
     {"a.b.c is no abbreviation .", "x"}},
    {"They can't and won't; he's here, it's 10:30, and I'll go.",
     {"They can't and won't; he's here, it's 10:30, and I'll go."},
     {"They ca n't and wo n't ; he 's here , it 's 10:30 , and I 'll go ."}},
    {"cannot gonna wanna go, gimme that, 'tis so, d'ye see?",
     {"cannot gonna wanna go, gimme that, 'tis so, d'ye see?"},
     {"can not gon na wan na go , gim me that , 't is so , d 'ye see ?"}},
    {"\"Quoted\" words, 'single' ones and ``old'' ones",
     {"\"Quoted\" words, 'single' ones and ``old'' ones"},
     {"`` Quoted '' words , 'single ' ones and `` old '' ones"}},
    {"dogs' toys and rock'n'roll", {"dogs' toys and rock'n'roll"}, {"dogs ' toys and rock'n'roll"}},
    {"50% off, $5 & #1 @home; [brackets] {braces} <angles> -- dash",
     {"50% off, $5 & #1 @home; [brackets] {braces} <angles> -- dash"},
     {"50 % off , $ 5 & # 1 @ home ; [ brackets ] { braces } < angles > -- dash"}},
    {"“Curly” quotes and ‘single’ ones… done.",
     {"“Curly” quotes and ‘single’ ones… done."},
     {"“ Curly ” quotes and ‘ single ’ ones… done ."}},
    {"a,b,c 1,000 a: b:c 1:2", {"a,b,c 1,000 a: b:c 1:2"}, {"a , b , c 1,000 a : b : c 1:2"}},
    {"well-known semi-final -- yes",
     {"well-known semi-final -- yes"},
     {"well-known semi-final -- yes"}},
    {"It ends.) And goes on.", {"It ends.)", "And goes on."}, {"It ends . )", "And goes on ."}},
    {"It ends.\" And goes on.", {"It ends.\"", "And goes on."}, {"It ends . ''", "And goes on ."}},
    {"Ünïcode naïve café. Élan vital.",
     {"Ünïcode naïve café.", "Élan vital."},
     {"Ünïcode naïve café .", "Élan vital ."}},
    {"( a ) [b].", {"( a ) [b]."}, {"( a ) [ b ] ."}},
    {"*stars* and * more", {"*stars* and * more"}, {"* stars * and * more"}},
    {"...dots first", {"...dots first"}, {"... dots first"}},
    {"x.", {"x."}, {"x ."}},
    {".", {"."}, {"."}},
    {"!", {"!"}, {"!"}},
    {"''", {"''"}, {"''"}},
    {"He is 6 ft. tall.", {"He is 6 ft. tall."}, {"He is 6 ft. tall ."}},
    {"No. It is a cat in. Out.",
     {"No.", "It is a cat in.", "Out."},
     {"No .", "It is a cat in .", "Out ."}},
    {"end with colon:", {"end with colon:"}, {"end with colon :"}},
    {"end with quote\"", {"end with quote\""}, {"end with quote ''"}},
};

std::vector<std::string> sentences_of(const std::string& text,
                                      const text::PunktParameters& parameters) {
  std::vector<std::string_view> pieces;
  text::SentenceSplitter(parameters).split(text, pieces);
  return {pieces.begin(), pieces.end()};
}

std::string words_of(const std::string& sentence) {
  text::NltkWordTokenizer tokenizer;
  text::TokenList tokens;
  std::vector<text::TokenPlace> places;
  tokenizer.tokenize(sentence, 0, tokens, places);
  EXPECT_EQ(tokens.size(), places.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    const std::string source = sentence.substr(places[i].begin, places[i].end - places[i].begin);
    if (source != "\"") {
      EXPECT_EQ(tokens[i], source);
    }
  }
  return tokens.joined();
}

TEST(NltkText, SentencesAndWords) {
  for (const Case& one : kCases) {
    EXPECT_EQ(sentences_of(one.text, text::built_in_punkt_parameters()), one.sentences);
    std::vector<std::string> words;
    for (const std::string& sentence : one.sentences) words.push_back(words_of(sentence));
    EXPECT_EQ(words, one.words);
  }
}

TEST(NltkText, NothingComesOfNothing) {
  for (const char* text : {"", " ", "\n\n", "\xC2\xA0"}) {
    EXPECT_TRUE(sentences_of(text, text::built_in_punkt_parameters()).empty()) << text;
    EXPECT_EQ(words_of(text), "");
  }
}

// No time is asserted: what is not linear would take minutes.
TEST(NltkText, HugeTextsAreReadInLinearTime) {
  for (const char* piece : {"a", ".", ". ", "! ", "\"", "''", "a. ", "-", "(", ",", "\n"}) {
    std::string text;
    while (text.size() < 200'000) text += piece;
    std::size_t bytes = 0;
    for (const std::string& sentence : sentences_of(text, text::built_in_punkt_parameters())) {
      bytes += sentence.size();
    }
    EXPECT_LE(bytes, text.size());
    EXPECT_EQ(words_of(text).empty(), piece[0] == '\n') << piece;
  }
}

TEST(PatternSingular, RulesAndTheirSlips) {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"dogs", "dog"},
      {"women", "woman"},
      {"children", "child"},
      {"mothers-in-law", "mother-in-law"},
      {"dogs'", "dog's"},
      {"buses", "bus"},
      {"bus", "bu"},
      {"glass", "glas"},
      {"slice", "slouse"},
      {"police", "polouse"},
      {"cookies", "cookies"},
      {"pies", "py"},
      {"ties", "ty"},
      {"hour", "hmy"},
      {"taxes", "taxe"},
      {"ice", "ice"},
      {"ware", "ware"},
      {"s", "s"},
      {"", ""},
      {"scissors", "scissors"},
      {"tennis", "tenni"},
      {"movies", "movie"},
      {"zombies", "zombies"},
      {"knives", "knife"},
      {"leaves", "leaf"},
      {"wolves", "wolf"},
      {"halves", "half"},
      {"scarves", "scarf"},
      {"curves", "curf"},
      {"nerves", "nerve"},
      {"stoves", "stove"},
      {"vertices", "vertex"},
      {"matrices", "matrix"},
      {"quizzes", "quiz"},
      {"larvae", "larva"},
      {"cacti", "cactus"},
      {"crises", "crisis"},
      {"tomatoes", "tomato"},
      {"shoes", "shoe"},
      {"boxes", "box"},
      {"cities", "city"},
      {"soliloquies", "soliloquy"},
      {"analyses", "analysis"},
      {"synopses", "synopsis"},
      {"roses", "rose"},
      {"lactose", "lactose"},
      {"data", "datum"},
      {"news", "news"},
      {"oxen", "ox"},
      {"aliases", "alias"},
      {"drawn-off", "drawn-off"},
      {"dogs-on", "dog-on"},
      {"''''", "'s's's's"}};
  for (const auto& [word, singular] : cases) {
    EXPECT_EQ(text::pattern_singular(word), singular) << word;
  }
}

TEST(WordNet, Lemmas) {
  VERNIER_REQUIRE_WORDNET();
  const auto net = text::WordNet::open(text::kWordNetFolder);
  using text::WordClass;
  EXPECT_EQ(net->lemma("vases", WordClass::kNoun), "vas");
  EXPECT_EQ(net->lemma("glasses", WordClass::kNoun), "glass");
  EXPECT_EQ(net->lemma("men", WordClass::kNoun), "men");  // a word of its own: "workforce"
  EXPECT_EQ(net->lemma("women", WordClass::kNoun), "woman");
  EXPECT_EQ(net->lemma("people", WordClass::kNoun), "people");
  EXPECT_EQ(net->lemma("left", WordClass::kVerb), "leave");
  EXPECT_EQ(net->lemma("running", WordClass::kVerb), "run");
  EXPECT_EQ(net->lemma("bigger", WordClass::kAdjective), "big");
  EXPECT_EQ(net->lemma("quickly", WordClass::kAdverb), "quickly");
  EXPECT_EQ(net->lemma("xyzzys", WordClass::kNoun), "xyzzys");
  EXPECT_EQ(net->lemma(std::string(1000, 's'), WordClass::kNoun), std::string(1000, 's'));
  EXPECT_THROW(text::WordNet::open("/nowhere"), Error);
}

const std::string kTagger =
    "taggers/averaged_perceptron_tagger_eng/averaged_perceptron_tagger_eng.";
const std::string kPunkt = "tokenizers/punkt_tab/english/";

/// NLTK's folder with a tagger that knows little.
class NltkFolder : public testing::Test {
 protected:
  void SetUp() override {
    write(kPunkt + "abbrev_types.txt", "mr\nst\n");
    write(kPunkt + "collocations.tab", "mt\tvernon\n");
    write(kPunkt + "sent_starters.txt", "the\n");
    write(kPunkt + "ortho_context.tab", "the\t114\ndog\t32\n");
    write(kTagger + "classes.json", R"(["NN", "DT", "VB"])");
    write(kTagger + "tagdict.json", R"({"the": "DT"})");
    write(kTagger + "weights.json", R"({"bias": {"NN": 0.5}, "i-1 tag DT": {"NN": 1.0},
        "i-1 tag NN": {"VB": 1.0, "NN": -0.25}, "i suffix ogs": {"VB": 0.5}})");
  }
  void write(const std::string& path, const std::string& text) {
    std::filesystem::create_directories(folder_.path(path).parent_path());
    folder_.write(path, text);
  }
  static std::string tags(const text::NltkData& data, std::initializer_list<const char*> words) {
    text::TokenList tokens;
    for (const char* word : words) tokens.push(word);
    std::vector<std::string_view> tags;
    text::PerceptronTagger(data.tagger).tag(tokens, tags);
    std::string out;
    for (const std::string_view tag : tags) out += std::string(tag) + " ";
    return out;
  }
  std::string refusal() const {
    try {
      text::read_nltk_folder(folder_.path(""));
    } catch (const Error& error) {
      return error.what();
    }
    return "accepted";
  }
  TemporaryFolder folder_;
};

TEST_F(NltkFolder, IsReadCompiledAndUsed) {
  const text::NltkData read = text::read_nltk_folder(folder_.path(""));
  const std::string file = folder_.path("new/nltk.bin");
  text::write_nltk_data(read, file);
  const auto data = text::NltkData::open(file);
  EXPECT_EQ(data->digest, read.digest);
  for (const text::NltkData* one : {&read, data.get()}) {
    EXPECT_EQ(tags(*one, {"the", "dog", "barks", "the", "The"}), "DT NN VB DT NN ");
    EXPECT_EQ(tags(*one, {"dogs"}), "VB ") << "of equal sums the alphabetically last tag";
  }
  EXPECT_EQ(sentences_of("Mt. Vernon is high. Mr. X. The dog.", data->punkt),
            (std::vector<std::string>{"Mt. Vernon is high.", "Mr. X.", "The dog."}));
}

TEST_F(NltkFolder, WhatIsMissingOrDamagedIsNamed) {
  write(kPunkt + "ortho_context.tab", "the\t114\ndog\n");
  EXPECT_NE(refusal().find("ortho_context.tab:2: expected a word, a tab and a number"),
            std::string::npos)
      << refusal();
  write(kPunkt + "ortho_context.tab", "the\t1140\n");
  EXPECT_NE(refusal().find("ortho_context.tab:1: expected a number"), std::string::npos);
  write(kPunkt + "ortho_context.tab", "");
  write(kTagger + "tagdict.json", R"({"the": "XX"})");
  EXPECT_NE(refusal().find("a tag 'XX' that is none of its classes"), std::string::npos);
  std::filesystem::remove(folder_.path(kTagger + "weights.json"));
  EXPECT_NE(refusal().find("weights.json"), std::string::npos);
  std::filesystem::remove_all(folder_.path("tokenizers"));
  EXPECT_NE(refusal().find("expected NLTK's data"), std::string::npos);
}

TEST_F(NltkFolder, ADamagedFileIsRefused) {
  const std::string file = folder_.path("nltk.bin");
  text::write_nltk_data(text::read_nltk_folder(folder_.path("")), file);
  const std::string bytes = read_file(file);
  for (std::size_t at = 0; at < bytes.size(); at += 7) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x40);
    folder_.write("nltk.bin", damaged);
    EXPECT_THROW(text::NltkData::open(file), Error) << at;
    folder_.write("nltk.bin", bytes.substr(0, at));
    EXPECT_THROW(text::NltkData::open(file), Error) << at;
  }
  EXPECT_THROW(text::NltkData::open(folder_.path("none")), Error);
}

}  // namespace
}  // namespace vernier::tests
