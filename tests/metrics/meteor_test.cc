// METEOR: published numbers, alignments, and data files that must be refused.
#include "metrics/meteor/meteor.h"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>

#include "base/error.h"
#include "metrics/meteor/compile.h"
#include "metrics/meteor/data/data_writer.h"
#include "metrics/meteor/english/function_words.h"
#include "metrics/meteor/english/normalizer.h"
#include "metrics/meteor/english/stemmer.h"
#include "metrics/meteor/score/statistics.h"
#include "tests/support/command.h"
#include "tests/support/meteor_data.h"
#include "tests/support/published_samples.h"
#include "tests/support/whitespace_tokenizer.h"

namespace vernier {
namespace {

using tests::Scored;
using tests::TemporaryFolder;
using tests::TextSample;

MeteorOptions options(const std::string& data, bool paraphrase = true) {
  return {data, paraphrase, std::make_shared<tests::WhitespaceTokenizer>()};
}

Scored score(const MeteorOptions& with, const std::vector<TextSample>& samples) {
  std::vector<std::unique_ptr<Metric>> metrics;
  metrics.push_back(make_meteor(with));
  return tests::score_samples(std::move(metrics), samples);
}

/// Data of a few words, so that most tests need nothing installed.
std::string write_small_data(const TemporaryFolder& folder, bool paraphrases = true) {
  meteor::SynonymTables tables;
  tables.synsets = {{"dog", {1, 2}}, {"hound", {2}}, {"cat", {3}},   {"mouse", {4}},
                    {"rodent", {4}}, {"run", {5}},   {"sprint", {5}}};
  tables.bases = {{"mice", {"mouse"}}, {"ran", {"run"}}};
  tables.digest = 7;
  meteor::DataWriter writer(std::move(tables));
  if (paraphrases) {
    writer.add_paraphrase("in front of", "before");
    writer.add_paraphrase("in front of", "ahead of");
    writer.add_paraphrase("a lot of", "many");
  }
  const std::string path = folder.path("small.bin").string();
  writer.write(path);
  return path;
}

std::string stages(const MeteorAlignment& alignment) {
  std::string out;
  for (const MeteorMatch& m : alignment.matches) {
    if (!out.empty()) out += ' ';
    out += std::string(m.stage) + ":" + std::to_string(m.candidate) + "+" +
           std::to_string(m.candidate_words) + "/" + std::to_string(m.reference) + "+" +
           std::to_string(m.reference_words);
  }
  return out;
}

TEST(Meteor, PublishedScores) {
  VERNIER_REQUIRE_METEOR_DATA();
  const Scored got = score(options(tests::meteor_data()), tests::kPublishedSamples);
  EXPECT_EQ(got.sentence[0][0], 0.1556568826170604);
  EXPECT_EQ(got.sentence[1][0], 0.39012536521249613);
  EXPECT_NEAR(got.corpus[0], 0.295797, 5e-7);
  EXPECT_EQ(got.rows[0],
            (std::vector<double>{10, 7, 4, 4, 1, 1, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2}));
  EXPECT_EQ(got.rows[1],
            (std::vector<double>{10, 13, 6, 7, 4, 4, 4, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2}));
}

TEST(Meteor, PublishedSentencesOfAnotherPackage) {
  VERNIER_REQUIRE_METEOR_DATA();
  const Scored got =
      score(options(tests::meteor_data()),
            {{"this is a good test", {"this is a test", "this is also a test"}},
             {"le test est en français.", {"test en français.", "le test en français."}},
             {"テスト", {"テスト"}}});
  EXPECT_EQ(got.sentence[0][0], 0.4443438716486749);
  EXPECT_EQ(got.sentence[1][0], 0.48372379050300296);
  EXPECT_EQ(got.sentence[2][0], 1.0);
  EXPECT_EQ(got.rows[2][meteor::kHypLength], 3);
}

TEST(Meteor, WithoutParaphrasesASynonymTakesTheirPlace) {
  VERNIER_REQUIRE_METEOR_DATA();
  const Scored got = score(options(tests::meteor_data(), false), tests::kPublishedSamples);
  EXPECT_EQ(got.sentence[1][0], 0.3636060566787839);
  EXPECT_EQ(got.rows[1],
            (std::vector<double>{10, 13, 6, 7, 4, 4, 4, 4, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 3}));
  EXPECT_NE(got.signatures[0].find("|para:off|"), std::string::npos) << got.signatures[0];
}

TEST(Meteor, SignatureNamesDataTokenizerAndVersion) {
  const TemporaryFolder folder;
  const std::string path = write_small_data(folder);
  const std::string signature = make_meteor(options(path))->signature();
  EXPECT_TRUE(signature.starts_with("meteor|")) << signature;
  EXPECT_NE(signature.find("|wordnet:0000000000000007|"), std::string::npos) << signature;
  EXPECT_NE(signature.find("|tok:blank|"), std::string::npos) << signature;
  EXPECT_EQ(signature.find("para:off"), std::string::npos) << signature;
}

TEST(Meteor, EmptyTextsAndPerfectOnes) {
  const TemporaryFolder folder;
  const Scored got = score(options(write_small_data(folder)), {{"", {"a dog"}},
                                                               {"a dog", {""}},
                                                               {"", {""}},
                                                               {"a dog", {"a dog"}},
                                                               {"x", {"a dog", "a cat runs"}}});
  for (const std::size_t i : {0u, 1u, 2u, 4u}) EXPECT_EQ(got.sentence[i][0], 0.0) << i;
  EXPECT_EQ(got.sentence[3][0], 1.0);
  EXPECT_EQ(got.rows[3][meteor::kChunks], 0.0) << "a perfect segment adds no chunk to a corpus";
  EXPECT_EQ(got.rows[0][meteor::kRefLength], 2.0);
  EXPECT_EQ(got.rows[4][meteor::kRefLength], 2.0) << "of equal scores the first reference counts";
}

TEST(Meteor, ARowDoesNotDependOnEarlierSamples) {
  const TemporaryFolder folder;
  const MeteorOptions with = options(write_small_data(folder));
  const std::vector<TextSample> samples = {
      {"a dog ran in front of the cat", {"many hounds run before a cat", "a lot of dogs"}},
      {"the the the cat", {"the cat the the", "cat"}},
      {"mice", {"rodent", "a mouse before a lot of mice"}}};
  const Scored together = score(with, samples);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    EXPECT_EQ(score(with, {samples[i]}).rows[0], together.rows[i]) << i;
  }
}

TEST(MeteorAlignment, EveryStageWithItsSpans) {
  const TemporaryFolder folder;
  const MeteorOptions with = options(write_small_data(folder));
  const MeteorAlignment got = align_meteor(with, "hounds running before many cats",
                                           {"x", "dog runs in front of a lot of cats"});
  EXPECT_EQ(got.reference, 1u);
  EXPECT_EQ(stages(got),
            "synonym:0+1/0+1 stem:1+1/1+1 paraphrase:2+1/2+3 paraphrase:3+1/5+3 exact:4+1/8+1");
  EXPECT_EQ(got.chunks, 1u);
  EXPECT_EQ(got.candidate_words.size(), 5u);
  EXPECT_EQ(got.reference_words[8], "cats");
  EXPECT_GT(got.score, 0.5);
}

TEST(MeteorAlignment, ParaphrasesWorkFromEitherSide) {
  const TemporaryFolder folder;
  const MeteorOptions with = options(write_small_data(folder));
  EXPECT_EQ(stages(align_meteor(with, "x in front of", {"before"})), "paraphrase:1+3/0+1");
  EXPECT_EQ(stages(align_meteor(with, "x before", {"in front of"})), "paraphrase:1+1/0+3");
  EXPECT_EQ(stages(align_meteor(options(with.data_path, false), "x before", {"in front of"})), "");
}

TEST(MeteorAlignment, IrregularFormsAndTheirSynonyms) {
  const TemporaryFolder folder;
  const MeteorOptions with = options(write_small_data(folder));
  EXPECT_EQ(stages(align_meteor(with, "mice", {"rodents"})), "synonym:0+1/0+1");
  EXPECT_EQ(stages(align_meteor(with, "ran", {"sprint"})), "synonym:0+1/0+1");
  EXPECT_EQ(stages(align_meteor(with, "cat", {"dog"})), "");
}

TEST(MeteorAlignment, OfRepeatedWordsFewestChunksWin) {
  const TemporaryFolder folder;
  const MeteorOptions with = options(write_small_data(folder));
  EXPECT_EQ(stages(align_meteor(with, "the man saw the dog", {"saw the dog"})),
            "exact:2+1/0+1 exact:3+1/1+1 exact:4+1/2+1");
  EXPECT_EQ(align_meteor(with, "the man the dog", {"the dog the man"}).chunks, 2u);
}

TEST(MeteorAlignment, WordsAreEqualWhenTheirJavaHashesAre) {
  const TemporaryFolder folder;
  const MeteorOptions with = options(write_small_data(folder));
  EXPECT_EQ(stages(align_meteor(with, "v1", {"to"})), "exact:0+1/0+1");
  EXPECT_EQ(align_meteor(with, "v1", {"to"}).score, 1.0);
}

TEST(MeteorAlignment, SeparatorInsideAReferenceMakesTwo) {
  const TemporaryFolder folder;
  const MeteorOptions with = options(write_small_data(folder));
  const MeteorAlignment got = align_meteor(with, "a ||| cat", {"x", "the dog ||| a cat"});
  EXPECT_EQ(got.score, 1.0);
  EXPECT_EQ(got.reference, 1u);
}

TEST(MeteorAlignment, LongRepetitiveTextsEndSoon) {
  const TemporaryFolder folder;
  std::string words, other;
  for (int i = 0; i < 20000; ++i) words += "the ";
  for (int i = 0; i < 20000; ++i) other += i % 3 == 0 ? "the " : "dog ";
  const auto begin = std::chrono::steady_clock::now();
  const Scored got = score(options(write_small_data(folder)), {{words, {other}}, {other, {words}}});
  EXPECT_GT(got.sentence[0][0], 0);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(60));
}

std::string normalized(std::string_view text) {
  meteor::Normalizer normalizer;
  text::TokenList words;
  normalizer.normalize(text, words);
  return words.joined();
}

TEST(MeteorWords, Normalization) {
  EXPECT_EQ(normalized("black-and-white a-b-c"), "black and white a b-c");
  EXPECT_EQ(normalized("do n't he 's dogs' don't"), "do n 't he ' s dogs ' don 't");
  EXPECT_EQ(normalized("the u.s. at 5 a.m. on st. main st."), "the us at 5 am on st. main st .");
  EXPECT_EQ(normalized("1,000 a,b , c"), "1,000 a , b , c");
  EXPECT_EQ(normalized("1\u00a01/2 $5 wait... Ünder"), "1 1 / 2 $ 5 wait ... ünder");
  EXPECT_EQ(normalized("``quoted'' \u201cthis\u201d \u2018that\u2019"),
            "\" quoted \" \" this \" ' that '");
  EXPECT_EQ(normalized(""), "");
}

TEST(MeteorWords, StemsAreThoseOfTheClassicAlgorithm) {
  meteor::Stemmer stemmer;
  const auto stem = [&](std::string_view word) { return std::string(stemmer.stem(word)); };
  EXPECT_EQ(stem("running"), "run");
  EXPECT_EQ(stem("generously"), "generous");
  EXPECT_EQ(stem("skies"), "sky");
  EXPECT_EQ(stem("news"), "news");
  EXPECT_EQ(stem("ponies"), "poni");
}

TEST(MeteorWords, FunctionWords) {
  for (const char* word : {"the", "'t", "\u2014", "-rrb-", "$", "."}) {
    EXPECT_TRUE(meteor::is_function_word(word)) << word;
  }
  EXPECT_FALSE(meteor::is_function_word("dog"));
  EXPECT_FALSE(meteor::is_function_word(""));
}

/// What opening (or measuring with) a file says.
std::string refusal(const MeteorOptions& with) {
  try {
    score(with, {{"a dog ran before many mice", {"the hound runs in front of a lot of rodents"}}});
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kResource);
    return error.what();
  }
  return "";
}

TEST(MeteorData, MissingAndForeignFilesAreRefusedWithAdvice) {
  const TemporaryFolder folder;
  const std::string missing = refusal(options(folder.path("none.bin").string()));
  EXPECT_NE(missing.find("none.bin"), std::string::npos) << missing;
  EXPECT_NE(missing.find("make data"), std::string::npos) << missing;
  EXPECT_NE(missing.find("vernier data --build-meteor"), std::string::npos) << missing;
  EXPECT_NE(refusal(options(folder.write("empty", ""))).find("is not METEOR data"),
            std::string::npos);
  EXPECT_NE(refusal(options(folder.write("text", std::string(5000, 'x')))).find("is not METEOR"),
            std::string::npos);
  EXPECT_NE(refusal(options(folder.path("").string())), "") << "a folder";
}

TEST(MeteorData, AskingForParaphrasesThatAreNotThere) {
  const TemporaryFolder folder;
  const std::string path = write_small_data(folder, false);
  EXPECT_EQ(refusal(options(path, false)), "");
  const std::string message = refusal(options(path));
  EXPECT_NE(message.find("--meteor-no-paraphrase"), std::string::npos) << message;
  EXPECT_NE(message.find("make data"), std::string::npos) << message;
}

TEST(MeteorData, TruncatedAndNewerFiles) {
  const TemporaryFolder folder;
  const std::string good = tests::read_file(write_small_data(folder));
  for (const std::size_t size : {std::size_t{8}, std::size_t{300}, good.size() - 1}) {
    EXPECT_NE(refusal(options(folder.write("cut", good.substr(0, size)))), "") << size;
  }
  EXPECT_NE(refusal(options(folder.write("long", good + "x"))), "");
  std::string newer = good;
  newer[8] = 99;
  EXPECT_NE(refusal(options(folder.write("newer", newer))).find("version"), std::string::npos);
}

TEST(MeteorData, EveryChangedByteIsNoticed) {
  const TemporaryFolder folder;
  const std::string good = tests::read_file(write_small_data(folder));
  for (std::size_t at = 0; at < good.size(); at += at < 400 ? 1 : 37) {
    std::string damaged = good;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    const std::string path = folder.write("damaged", damaged);
    EXPECT_NE(refusal(options(path)), "") << "byte " << at;
    EXPECT_THROW(verify_meteor_data(path), Error) << "byte " << at;
  }
}

TEST(MeteorData, CompilingRefusesWhatIsNotAParaphraseTable) {
  if (!std::filesystem::exists(kDebianWordNet)) GTEST_SKIP() << "needs " << kDebianWordNet;
  const TemporaryFolder folder;
  const std::string out = folder.path("out.bin").string();
  for (const char* text :
       {"", "0.5\na b\n", "0.5\n\nc\n", "0.5\na b\nc\n0.5\nd\ne\n0.5\na b\nf\n"}) {
    const std::string table = folder.write("table", text);
    try {
      compile_meteor_data(kDebianWordNet, table, out);
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ExitCode::kBadInput) << error.what();
    }
    EXPECT_FALSE(std::filesystem::exists(out)) << text;
  }
  const MeteorDataInfo info =
      compile_meteor_data(kDebianWordNet, folder.write("table", "0.5\na b\nc d e\n"), out);
  EXPECT_EQ(info.paraphrase_entries, 1u);
  EXPECT_EQ(verify_meteor_data(out).paraphrase_digest, info.paraphrase_digest);
  EXPECT_EQ(stages(align_meteor(options(out), "c d e", {"a b"})), "paraphrase:0+3/0+2");
  EXPECT_EQ(stages(align_meteor(options(out, false), "children", {"kid"})), "synonym:0+1/0+1");
}

}  // namespace
}  // namespace vernier
