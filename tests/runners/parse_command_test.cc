// vernier parse and vernier data import-grammar, as a user sees them.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/command.h"
#include "tests/support/shared.h"

namespace vernier::tests {
namespace {

using nlohmann::json;

TEST(ParseCommand, PrintsBlocksForEachCaptionInOrder) {
  const TemporaryFolder folder;
  std::string lines;
  for (int n = 0; n < 2000; ++n)
    lines += "A man rides a horse, number " + std::to_string(n) + ".\n";
  const std::string input = folder.write("in.txt", lines);
  const Finished one = vernier({"parse", input, "-t", "1"});
  const Finished four = vernier({"parse", input, "-t", "4"});
  ASSERT_EQ(one.code, 0) << one.err;
  EXPECT_EQ(one.out, four.out);
  EXPECT_EQ(one.out.find("# 1\ta man rides a horse number 0\na\t"), 0u) << one.out.substr(0, 200);
  EXPECT_NE(one.out.find("\n\n# 2000\ta man rides a horse number 1999\n"), std::string::npos);
  EXPECT_EQ(one.out.find("#t"), std::string::npos);  // the fast parser makes no trees
  EXPECT_EQ(one.out.substr(one.out.size() - 2).find("\n\n"), std::string::npos);
}

TEST(ParseCommand, RecordsWithReferencesAsJson) {
  const TemporaryFolder folder;
  const std::string input = folder.write(
      "in.jsonl", R"({"image_id":7,"candidate":"A dog!!","references":["a cat","Two \"cats\""]})"
                  "\n");
  const Finished done = vernier({"parse", input, "-f", "json", "--edges"});
  ASSERT_EQ(done.code, 0) << done.err;
  std::vector<json> lines;
  std::istringstream in(done.out);
  for (std::string line; std::getline(in, line);) lines.push_back(json::parse(line));
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0]["id"], "7");
  EXPECT_EQ(lines[1]["id"], "7:1");
  EXPECT_EQ(lines[2]["text"], "two cats");
  const json& tokens = lines[1]["sentences"][0]["tokens"];
  EXPECT_EQ(tokens.size(), 2u);
  EXPECT_EQ(tokens[1]["word"], "cat");
  EXPECT_TRUE(lines[1]["sentences"][0].contains("edges"));
  EXPECT_TRUE(lines[1]["tuples"].is_array());
}

TEST(ParseCommand, ConlluHasTenColumns) {
  const TemporaryFolder folder;
  const Finished done =
      vernier({"parse", folder.write("in.txt", "a dog\n\na cat sleeps\n"), "-f", "conllu"});
  ASSERT_EQ(done.code, 0) << done.err;
  std::size_t tokens = 0;
  std::istringstream in(done.out);
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    EXPECT_EQ(std::count(line.begin(), line.end(), '\t'), 9) << line;
    ++tokens;
  }
  EXPECT_EQ(tokens, 5u);
}

TEST(ParseCommand, SaysWhatItCannotParse) {
  const TemporaryFolder folder;
  std::string endless = "a";
  for (int n = 0; n < 600; ++n) endless += " dog";
  const Finished done = vernier({"parse", folder.write("in.txt", "a cat\n" + endless + "\n")});
  EXPECT_EQ(done.code, 5);
  EXPECT_NE(done.err.find("1 captions have a sentence too long"), std::string::npos) << done.err;
  EXPECT_EQ(done.out.find("# 1\ta cat"), 0u);
  const Finished wrong =
      vernier({"parse", folder.write("w", "not weights"), "--weights", folder.write("x", "no")});
  EXPECT_EQ(wrong.code, 4);
  EXPECT_NE(wrong.err.find("not weights of the fast parser"), std::string::npos) << wrong.err;
}

TEST(ParseCommand, OnlyTheExactParserHasNextBestTrees) {
  const Finished done = vernier({"parse", "--best", "5"});
  EXPECT_EQ(done.code, 2);
  EXPECT_NE(done.err.find("--best and --lexicon need --parser exact and -f spice-parses"),
            std::string::npos)
      << done.err;
}

TEST(ParseCommand, OnlyTheExactParserHasALexicon) {
  const TemporaryFolder folder;
  const std::string input = folder.write("in.txt", "a wall-sized colour\n");
  const Finished refused = vernier({"parse", input, "--lexicon"});
  EXPECT_EQ(refused.code, 2);
  EXPECT_NE(refused.err.find("--best and --lexicon need --parser exact and -f spice-parses"),
            std::string::npos)
      << refused.err;
  VERNIER_REQUIRE_SHARED("data/spice_grammar");
  const std::string grammar = shared("data/spice_grammar/englishPCFG.ser.gz").string();
  const Finished done =
      vernier({"parse", input, "--lexicon", "--parser", "exact", "--grammar", grammar});
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_NE(done.out.find("#l colour\tlisted\t"), std::string::npos) << done.out;
  EXPECT_NE(done.out.find("#l wall-sized\tunlisted\t"), std::string::npos) << done.out;
  EXPECT_NE(done.out.find("\tNN^NP -"), std::string::npos) << done.out;
}

TEST(ImportGrammar, RefusesWhatIsNone) {
  const TemporaryFolder folder;
  const std::string output = folder.path("out.ser.gz").string();
  for (const char* content : {"", "not a grammar", "PK\003\004 not a jar", "\xAC\xED\x00\x05sr"}) {
    const std::string file = folder.write("in", content);
    const Finished done = vernier({"data", "import-grammar", file, "-o", output});
    EXPECT_EQ(done.code, 4) << done.err;
    EXPECT_NE(done.err.find(file), std::string::npos) << done.err;
    EXPECT_EQ(std::count(done.err.begin(), done.err.end(), '\n'), 1) << done.err;
    EXPECT_FALSE(std::filesystem::exists(output));
  }
  EXPECT_EQ(vernier({"data", "import-grammar", "/nowhere/x", "-o", output}).code, 4);
  const std::string file = folder.write("same", "x");
  EXPECT_EQ(vernier({"data", "import-grammar", file, "-o", file}).code, 6);
}

TEST(ImportGrammar, InstallsItWhereItIsFound) {
  VERNIER_REQUIRE_SHARED("data/spice_grammar");
  const TemporaryFolder folder;
  const std::string grammar = shared("data/spice_grammar/englishPCFG.ser.gz").string();
  const std::string home = folder.path("data").string();
  setenv("VERNIER_DATA", home.c_str(), 1);
  const Finished done = vernier({"data", "import-grammar", grammar});
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_NE(done.out.find(home + "/englishPCFG.ser.gz  digest "), std::string::npos) << done.out;
  const Finished parsed =
      vernier({"parse", folder.write("in.txt", "people were skiing last monday\n"), "--parser",
               "exact", "-t", "1"});
  unsetenv("VERNIER_DATA");
  EXPECT_EQ(parsed.code, 0) << parsed.err;
  EXPECT_NE(parsed.out.find("#t (ROOT (S (NP (NNS people)) (VP (VBD were) (VP (VBG skiing) (NP-TMP "
                            "(JJ last) (NNP monday))))))\n"),
            std::string::npos)
      << parsed.out;
}

}  // namespace
}  // namespace vernier::tests
