// vernier meta through the real binary.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/command.h"

namespace vernier::tests {
namespace {

using nlohmann::json;

class MetaCommand : public testing::Test {
 protected:
  /// Three images with two captions each; ratings 1 2, 2 4, 3 3; the scores order the first two
  /// images as people do.
  std::string ratings() {
    return folder_.write("ratings.jsonl", R"({"image":"a.jpg","candidate":"a cat","rating":1}
{"image":"a.jpg","candidate":"a dog runs","rating":2}
{"image":"b.jpg","candidate":"a cat","rating":2}
{"image":"b.jpg","candidate":"two men talk","rating":4}
{"image":"c.jpg","candidate":"a boat","rating":3}
{"image":"c.jpg","candidate":"a ship at sea","rating":3}
)");
  }
  std::string scores() { return folder_.write("scores.tsv", kScores); }

  json meta(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "meta");
    arguments.insert(arguments.end(), {"-f", "json"});
    const Finished done = vernier(arguments);
    EXPECT_EQ(done.code, 0) << done.err;
    return done.code == 0 ? json::parse(done.out) : json::object();
  }
  /// Expects that the command ends with this code and says all of this.
  void refused(std::vector<std::string> arguments, int code, const std::vector<std::string>& says) {
    arguments.insert(arguments.begin(), "meta");
    const Finished done = vernier(arguments);
    EXPECT_EQ(done.code, code) << done.err;
    EXPECT_EQ(done.out, "");
    for (const std::string& text : says) {
      EXPECT_NE(done.err.find(text), std::string::npos) << text << " is not in: " << done.err;
    }
  }

  // Other order and other names of images than the ratings have.
  static constexpr const char* kScores =
      "image\tcandidate\tmine\tflat\n"
      "img/c.jpg\ta boat\t0.3\t1\n"
      "img/c.jpg\ta ship at sea\t0.25\t1\n"
      "img/a.jpg\ta cat\t0.1\t1\n"
      "img/b.jpg\ttwo  men talk \t0.4\t1\n"
      "img/b.jpg\ta cat\t0.2\t1\n"
      "img/a.jpg\ta dog runs\t0.2\t1\n";
  TemporaryFolder folder_;
};

// Scores .1 .2 .2 .4 .3 .25 beside 1 2 2 4 3 3: of 15 pairs one is tied in both (.2 2), one in the
// ratings only (3 3), none is discordant: C = 13; tau-b = 13 / sqrt(14 * 13), tau-c with 4
// different values: 2 * 13 * 4 / (36 * 3).
TEST_F(MetaCommand, JoinsByImageAndCaptionAndCountsPairs) {
  const json found = meta({ratings(), "--scores", scores() + ":mine"});
  EXPECT_EQ(found["n"], 6);
  EXPECT_NEAR(found["tau_b"].get<double>(), 13 / std::sqrt(14.0 * 13), 1e-12);
  EXPECT_NEAR(found["tau_c"].get<double>(), 104.0 / 108, 1e-12);
  EXPECT_DOUBLE_EQ(found["accuracy"].get<double>(),
                   1);  // two pairs inside an image are rated apart
  const json& mine = found["metrics"]["mine"];
  for (const char* key : {"n", "tau_b", "tau_c", "spearman", "pearson", "accuracy"}) {
    EXPECT_EQ(mine[key], found[key]) << key;
  }
  EXPECT_EQ(mine["pairs"], 2);
  EXPECT_EQ(mine["distinct_scores"], 5);
  EXPECT_NEAR(mine["tie_rate"].get<double>(), 1.0 / 15, 1e-12);
  EXPECT_EQ(found["counts"]["images"], 3);
  EXPECT_EQ(found["ratings"]["counts"], (json{{"1", 1}, {"2", 2}, {"3", 2}, {"4", 1}}));
  EXPECT_EQ(found["score_files"][0]["image_rule"], "file name without ending");
}

TEST_F(MetaCommand, SeveralScoresAreComparedAndStandInMetricsOnly) {
  const std::string file = scores();
  const json found =
      meta({ratings(), "--scores", file + ":mine", "--scores", file + ":flat", "--seed", "3"});
  EXPECT_FALSE(found.contains("tau_b"));
  EXPECT_EQ(found["n"], 6);
  const json& flat = found["metrics"]["flat"];
  EXPECT_TRUE(flat["tau_c"].is_null());
  EXPECT_EQ(flat["undefined"]["tau_c"], "all scores are equal");
  EXPECT_EQ(flat["accuracy"], 0);
  EXPECT_EQ(flat["pairs_tied"], 2);
  ASSERT_EQ(found["comparisons"].size(), 1u);
  EXPECT_EQ(found["comparisons"][0]["accuracy"]["difference"], 1);
  EXPECT_FALSE(found["comparisons"][0].contains("tau_c"));
  EXPECT_NE(found["statistics"].get<std::string>().find("seed:3"), std::string::npos);
}

TEST_F(MetaCommand, TiesMayCountHalfOrNot) {
  const std::string file = scores();
  EXPECT_EQ(meta({ratings(), "--scores", file + ":flat", "--ties", "half"})["accuracy"], 0.5);
  const json skip = meta({ratings(), "--scores", file + ":flat", "--ties", "skip"});
  EXPECT_TRUE(skip["accuracy"].is_null());
  EXPECT_NE(skip["metrics"]["flat"]["undefined"]["accuracy"], "");
}

TEST_F(MetaCommand, MeasuresWithTheProgramsOwnMetrics) {
  const std::string file = folder_.write("own.json", R"([
    {"image":"1","candidate":"a dog runs","rating":[4,4],"references":["a dog runs","the dog"]},
    {"image":"1","candidate":"a cat","rating":[1,2],"references":["a dog runs","the dog"]},
    {"image":"2","candidate":"two men talk","rating":[3,4],"references":["two men talk"]}])");
  const json found = meta({file, "-m", "bleu-1,rouge-l"});
  EXPECT_EQ(found["n"], 6);
  EXPECT_EQ(found["metrics"].size(), 2u);
  EXPECT_EQ(found["metrics"]["bleu-1"]["accuracy"], 1);
  EXPECT_EQ(found["metrics"]["rouge-l"]["distinct_scores"], 2);  // 1 for both that match wholly
  EXPECT_NE(found["signatures"]["bleu"], "");
  EXPECT_EQ(meta({file, "-m", "bleu"})["metrics"].size(), 4u);
  const json all = meta({file, "--all", "--resamples", "0"});
  EXPECT_TRUE(all["metrics"].contains("chrf++"));
  EXPECT_TRUE(all["metrics"]["chrf++"]["intervals"]["tau_c"][0].is_null());
  EXPECT_EQ(all["metrics"]["ter"]["less_is_better"], true);
  EXPECT_EQ(all["metrics"]["ter"]["accuracy"], 1);
  EXPECT_EQ(meta({file, "-m", "rouge-l", "--ratings", "mean"})["n"], 3);
}

TEST_F(MetaCommand, PreferencesGiveAccuracyOnly) {
  const std::string file = folder_.write("pairs.json", R"([
    {"image":"1","captions":["a dog","a cat"],"label":0,"references":["a dog runs"]},
    {"image":"2","captions":["a boat","a ship"],"label":1,"references":["a ship at sea"]},
    {"image":"3","captions":["men","two men"],"label":0,"references":["a house"]}])");
  const std::string other = folder_.write("scores.tsv",
                                          "image\tlabel\tcaption_0\tcaption_1\ts_0\ts_1\n"
                                          "3\t1\tmen\ttwo men\t0.1\t0.5\n"
                                          "1\t0\ta dog\ta cat\t0.7\t0.7\n"
                                          "2\t1\ta boat\ta ship\t0.2\t0.9\n");
  const json found = meta({file, "--scores", other + ":s"});
  EXPECT_EQ(found["n"], 3);
  EXPECT_NEAR(found["accuracy"].get<double>(), 1.0 / 3, 1e-12);
  EXPECT_TRUE(found["tau_b"].is_null());
  EXPECT_EQ(found["metrics"]["s"]["undefined"]["tau_b"], "preferences are no ratings");
  EXPECT_EQ(found["metrics"]["s"]["pairs_tied"], 1);
  EXPECT_EQ(found["score_files"][0]["labels_differ"], 1);
  const json own = meta({other, "--scores", ":s"});  // with its own labels
  EXPECT_NEAR(own["accuracy"].get<double>(), 2.0 / 3, 1e-12);
  EXPECT_EQ(meta({file, "-m", "rouge-l"})["metrics"]["rouge-l"]["pairs_tied"], 1);
}

TEST_F(MetaCommand, KeyedRatingsHaveSeveralRatersAndNoJudgedReferences) {
  const std::string file = folder_.write("keyed.json", R"({
    "i1": {"human_judgement": [{"image_id":"i1","caption":"a dog","rating":1.0},
                               {"image_id":"i1","caption":"a dog","rating":2.0},
                               {"image_id":"i1","caption":"a cat","rating":1.0},
                               {"image_id":"i1","caption":"a cat","rating":1.0}],
           "ground_truth": ["a dog runs", "a cat"]},
    "i2": {"human_judgement": [{"caption":"men","rating":3.0}, {"caption":"men","rating":4.0}],
           "ground_truth": ["two men"]}})");
  const json found = meta({file, "-m", "rouge-l"});
  EXPECT_EQ(found["n"], 6);
  EXPECT_EQ(found["counts"]["removed_references"], 1);
  const json kept = meta({file, "-m", "rouge-l", "--own-captions", "keep"});
  EXPECT_EQ(kept["counts"]["removed_references"], 0);
  EXPECT_NE(kept["tau_c"], found["tau_c"]);
  const json dropped = meta({file, "-m", "rouge-l", "--own-captions", "drop"});
  EXPECT_EQ(dropped["n"], 4);
  EXPECT_EQ(dropped["counts"]["own_captions"], 1);
}

TEST_F(MetaCommand, Flickr8kLinesTakeTheirCaptionsFromTheReferences) {
  const std::string captions = folder_.write("token.txt",
                                             "a.jpg#0\ta dog runs\na.jpg#1\tthe dog\n"
                                             "b.jpg#0\ttwo men talk\nb.jpg#1\tmen\n");
  const std::string experts = folder_.write("experts.txt",
                                            "a.jpg\tb.jpg#0\t1\t1\t2\n"
                                            "a.jpg\ta.jpg#1\t4\t4\t4\n"
                                            "b.jpg\ta.jpg#0\t1\t2\t1\n"
                                            "b.jpg\ta.jpg#1\t3\t4\t1\n");
  const json found = meta({experts, "-r", captions, "-m", "rouge-l"});
  EXPECT_EQ(found["format"], "Flickr8k expert ratings");
  EXPECT_EQ(found["n"], 9);
  EXPECT_EQ(found["counts"]["own_captions"], 1);
  const std::string votes = folder_.write("votes.txt",
                                          "a.jpg\tb.jpg#0\t0\t0\t3\n"
                                          "a.jpg\ta.jpg#1\t1\t3\t0\n"
                                          "b.jpg\ta.jpg#0\t0.333333\t1\t2\n");
  const json share = meta({votes, "-r", captions, "-m", "rouge-l"});
  EXPECT_EQ(share["format"], "Flickr8k votes");
  EXPECT_EQ(share["n"], 3);
  EXPECT_EQ(share["counts"]["removed_references"], 1);
  refused({experts, "-m", "rouge-l"}, 2, {"-r"});
  refused({folder_.write("bad.txt", "a.jpg\tb.jpg#0\t1\t1\t2\na.jpg\tb.jpg#1\t1\tx\t2\n"), "-r",
           captions},
          3, {"bad.txt:2", "a.jpg", "'x'"});
  refused({folder_.write("gone.txt", "a.jpg\tb.jpg#7\t1\t1\t2\n"), "-r", captions}, 3,
          {"gone.txt:1", "b.jpg#7"});
}

TEST_F(MetaCommand, SystemsFiltersAndReferenceFiles) {
  const std::string file = folder_.write("systems.jsonl", R"(
{"SYS":"A","seg_id":"1","hyp":"a dog","image":"x_1.jpg","P":1,"R":2}
{"SYS":"B","seg_id":"1","hyp":"a dog runs","image":"x_1.jpg","P":3,"R":4}
{"SYS":"C","seg_id":"1","hyp":"dogs","image":"x_1.jpg","P":2,"R":2}
{"SYS":"Human","seg_id":"1","hyp":"the dog runs","image":"x_1.jpg","P":5,"R":5}
)");
  const std::string references =
      folder_.write("refs.jsonl", R"({"seg_id":"1","refs":["a dog runs","a dog is running"]})");
  const json all = meta({file, "-r", references, "-m", "rouge-l", "--rating", "P"});
  EXPECT_EQ(all["n"], 4);
  EXPECT_EQ(all["systems"]["Human"]["mean_rating"], 5);
  EXPECT_EQ(all["metrics"]["rouge-l"]["systems"]["n"], 4);
  const json some =
      meta({file, "-r", references, "-m", "rouge-l", "--rating", "P,R", "--exclude", "sys=Human"});
  EXPECT_EQ(some["n"], 6);
  EXPECT_EQ(some["counts"]["excluded"], 1);
  EXPECT_FALSE(some["systems"].contains("Human"));
  refused({file, "-r", references, "--rating", "PP"}, 2, {"'PP'", "did you mean 'P'"});
  refused({file, "-r", references}, 2, {"'rating'", "SYS, seg_id"});
  refused({file, "-r", references, "--rating", "P", "--exclude", "sys=Humam"}, 2,
          {"did you mean 'Human'"});
  refused({file, "-r", references, "--rating", "P", "--exclude", "syss=Human"}, 2, {"SYS"});
  refused({file, "-r", references, "--rating", "P", "--exclude", "Human"}, 2, {"FIELD=VALUE"});
}

TEST_F(MetaCommand, ARunIsAFileOfScores) {
  const std::string file = folder_.write("own.jsonl", R"(
{"image":"1","candidate":"a dog","rating":2,"references":["a dog runs"]}
{"image":"2","candidate":"two men","rating":4,"references":["two men"]}
)");
  const std::string run = folder_.path("run.jsonl");
  ASSERT_EQ(vernier({"score", file, "-m", "rouge-l", "-o", run, "--quiet"}).code, 0);
  EXPECT_EQ(meta({file, "--scores", run + ":rouge-l"})["tau_b"],
            meta({file, "-m", "rouge-l"})["tau_b"]);
  refused({file, "--scores", run + ":rouge-k"}, 2, {"did you mean 'rouge-l'"});
}

TEST_F(MetaCommand, TablesMarkdownAndCsv) {
  const std::string file = scores();
  const std::vector<std::string> both = {"meta",         ratings(),  "--scores",
                                         file + ":mine", "--scores", file + ":flat"};
  const auto with = [&](const char* format) {
    std::vector<std::string> arguments = both;
    arguments.insert(arguments.end(), {"-f", format});
    return vernier(arguments);
  };
  const std::string table = with("table").out;
  for (const char* text : {"6 ratings of 6 captions of 3 images", "tau-c", "0.9630",
                           "95 % interval", "flat: tau-c: all scores are equal", "6.67 %"}) {
    EXPECT_NE(table.find(text), std::string::npos) << text << "\n" << table;
  }
  EXPECT_NE(with("markdown").out.find("| mine | 0.9630 |"), std::string::npos);
  const std::string csv = with("csv").out;
  EXPECT_EQ(csv.substr(0, csv.find('\n')),
            "score,n,tau_b,tau_b_low,tau_b_high,tau_c,tau_c_low,tau_c_high,spearman,spearman_low,"
            "spearman_high,pearson,pearson_low,pearson_high,accuracy,accuracy_low,accuracy_high,"
            "pairs,pairs_right,pairs_tied,tie_rate,distinct_scores");
  EXPECT_NE(csv.find("\nflat,6,,,,"), std::string::npos) << csv;
}

TEST_F(MetaCommand, ScoresThatDoNotCoverTheRatingsAreRefused) {
  const std::string fewer =
      folder_.write("fewer.tsv", std::string(kScores).substr(0, std::string(kScores).rfind("img")));
  refused({ratings(), "--scores", fewer + ":mine"}, 3,
          {"fewer.tsv", "1 of 6", "a.jpg", "a dog runs", "--subset"});
  const json subset = meta({ratings(), "--scores", fewer + ":mine", "--subset"});
  EXPECT_EQ(subset["n"], 5);
  EXPECT_EQ(subset["counts"]["unscored"], 1);
  EXPECT_EQ(subset["counts"]["images"], 3);
  EXPECT_EQ(subset["ratings"]["counts"], (json{{"1", 1}, {"2", 1}, {"3", 2}, {"4", 1}}));
  const std::string more =
      folder_.write("more.tsv", std::string(kScores) + "img/d.jpg\ta tree\t0.1\t1\n");
  refused({ratings(), "--scores", more + ":mine"}, 3, {"1 captions", "a tree", "--ignore-extra"});
  const json extra = meta({ratings(), "--scores", more + ":mine", "--ignore-extra"});
  EXPECT_EQ(extra["n"], 6);
  EXPECT_EQ(extra["score_files"][0]["extra"], 1);
}

TEST_F(MetaCommand, ScoresGivenTwice) {
  const std::string same =
      folder_.write("same.tsv", std::string(kScores) + "img/a.jpg\ta cat\t0.1\t1\n");
  EXPECT_EQ(meta({ratings(), "--scores", same + ":mine"})["score_files"][0]["duplicates"], 1);
  const std::string other =
      folder_.write("other.tsv", std::string(kScores) + "img/a.jpg\ta cat\t0.9\t1\n");
  refused({ratings(), "--scores", other + ":mine"}, 3, {"other.tsv:8", "line 4", "0.9"});
}

TEST_F(MetaCommand, RatingsGivenTwice) {
  const std::string file = scores();
  const auto with = [&](const char* line) {
    return folder_.write("twice.jsonl", read_file(ratings()) + line + "\n");
  };
  const std::string same = with(R"({"image":"a.jpg","candidate":"a cat","rating":1})");
  EXPECT_EQ(meta({same, "--scores", file + ":mine"})["counts"]["duplicates"], 1);
  const std::string other = with(R"({"image":"a.jpg","candidate":"a  cat","rating":4})");
  refused({other, "--scores", file + ":mine"}, 3, {"twice.jsonl:7", "line 1", "--several-ratings"});
  refused({other, "--scores", file + ":mine", "--several-ratings"}, 3,
          {"twice.jsonl:2", "expected 2 ratings", "found 1", "--ratings mean"});
  EXPECT_EQ(
      meta({other, "--scores", file + ":mine", "--several-ratings", "--ratings", "mean"})["n"], 6);
}

TEST_F(MetaCommand, NumbersThatAreNone) {
  for (const char* bad : {"NaN", "Infinity", "1e999", "\"high\"", "true", "[]", "[1,null]"}) {
    const std::string file =
        folder_.write("bad.jsonl", R"({"image":"x","candidate":"a","rating":1,"references":["a"]})"
                                   "\n"
                                   R"({"image":"y","candidate":"b","references":["a"],"rating":)" +
                                       std::string(bad) + "}\n");
    refused({file, "-m", "rouge-l"}, 3, {"bad.jsonl:2", "image y", "rating"});
  }
  for (const char* bad : {"nan", "inf", "1e999", "x", ""}) {
    std::string text = kScores;
    text.replace(text.find("0.25"), 4, bad);
    refused({ratings(), "--scores", folder_.write("bad.tsv", text) + ":mine"}, 3,
            {"bad.tsv:3", "img/c.jpg", "mine"});
  }
}

TEST_F(MetaCommand, ColumnsAndFilesThatAreNotThere) {
  const std::string file = scores();
  refused({ratings(), "--scores", file + ":mime"}, 2, {"'mime'", "did you mean 'mine'"});
  refused({ratings(), "--scores", file}, 2, {"FILE:COLUMN"});
  const Finished piped = vernier({"meta", "-", "--scores", ":mine"}, read_file(ratings()));
  EXPECT_EQ(piped.code, 2) << piped.err;
  refused({ratings(), "--scores", file + ".no:mine"}, 2, {"no"});
  refused({ratings(), "--scores", file + ":mine", "--against", "mime"}, 2, {"did you mean 'mine'"});
  refused({ratings(), "-m", "rouge-l"}, 3, {"ratings.jsonl:1", "references", "-r"});
  refused({ratings(), "-m", "rouge-x"}, 2, {"rouge-x"});
  refused({folder_.path("none.json").string()}, 2, {"none.json"});
  refused({ratings(), "--scores", file + ":mine", "--ratings", "median"}, 2, {"median"});
}

TEST_F(MetaCommand, FilesThatHoldNothingOrSomethingElse) {
  refused({folder_.write("empty.json", "")}, 3, {"empty.json", "no records"});
  refused({folder_.write("blank.json", " \n\n")}, 3, {"no records"});
  refused({folder_.write("list.json", "[]")}, 3, {"no records"});
  refused({folder_.write("cut.json", R"([{"image":"a","candidate":"b","rating":1},{"image")")}, 3,
          {"cut.json:1"});
  refused({ratings(), "--scores", folder_.write("empty.tsv", "") + ":s"}, 3, {"no records"});
  refused({folder_.write("image.jsonl", R"({"candidate":"b","rating":1})")}, 3, {"\"image\""});
  refused({folder_.write("label.json", R"([{"image":"1","captions":["a","b"],"label":2}])")}, 3,
          {"0 or 1"});
  refused({folder_.write("three.json", R"([{"image":"1","captions":["a","b","c"],"label":0}])")}, 3,
          {"two captions", "found 3"});
  refused({folder_.write("alike.json", R"([{"image":"1","captions":["a","a"],"label":0}])")}, 3,
          {"two different captions"});
  refused({folder_.write("python.csv", "image,cand,score,refs\n1,a,2,\"['x', 'y']\"\n")}, 3,
          {"python.csv:2", "Python"});
}

TEST_F(MetaCommand, TableWithListsInCells) {
  const json found = meta({folder_.write("polaris.csv",
                                         "imgid,cand,score,refs\n"
                                         "1,a dog,0.25,\"[\"\"a dog\"\", \"\"the dog\"\"]\"\n"
                                         "2,a cat,0.75,\"[\"\"a boat\"\"]\"\n"),
                           "-m", "rouge-l"});
  EXPECT_EQ(found["n"], 2);
  EXPECT_EQ(found["tau_b"], -1);
}

}  // namespace
}  // namespace vernier::tests
