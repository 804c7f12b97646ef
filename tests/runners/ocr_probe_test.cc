// vernier probe ocr, as a user sees it.
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/support/command.h"

namespace vernier::tests {
namespace {

using nlohmann::json;

class OcrProbe : public testing::Test {
 protected:
  json scored(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"probe", "ocr"});
    arguments.insert(arguments.end(), {"-f", "json"});
    const Finished done = vernier(arguments);
    EXPECT_EQ(done.code, 0) << done.err;
    return done.code == 0 ? json::parse(done.out) : json::object();
  }
  void expect_refused(std::vector<std::string> arguments, const std::string& part,
                      int code = 3) const {
    arguments.insert(arguments.begin(), {"probe", "ocr"});
    const Finished done = vernier(arguments);
    EXPECT_EQ(done.code, code) << done.err;
    EXPECT_NE(done.err.find(part), std::string::npos) << done.err;
    EXPECT_EQ(done.out, "");
  }
  TemporaryFolder folder_;
};

TEST_F(OcrProbe, Scores) {
  const std::string said = folder_.write(
      "t.jsonl", "{\"id\":\"b\",\"text\":\"Stop here now\"}\n{\"id\":\"a\",\"text\":\"EXIT\"}\n");
  const std::string written = folder_.write("r.jsonl",
                                            "{\"id\":\"a\",\"references\":[\"exit\",\"EXIT\"]}\n{"
                                            "\"id\":\"b\",\"references\":\"Stop her\"}\n");
  const json out = scored({said, "--references", written});
  EXPECT_EQ(out["schema"], "vernier.probe.ocr/1");
  // EXIT is right; "e now" is too much: 5 of 4 + 8 characters, 2 of 1 + 2 words.
  EXPECT_NEAR(out["scores"]["cer"], 500.0 / 12, 1e-9);
  EXPECT_NEAR(out["scores"]["mean_cer"], 100.0 * 5 / 8 / 2, 1e-9);
  EXPECT_NEAR(out["scores"]["wer"], 200.0 / 3, 1e-9);
  EXPECT_NEAR(out["scores"]["invented_words"], 50, 1e-9);
  EXPECT_NEAR(out["scores"]["missing_words"], 100.0 / 3, 1e-9);
  EXPECT_NEAR(out["scores"]["exact"], 50, 1e-9);
  EXPECT_EQ(out["counts"]["characters"]["inserted"], 5);
  EXPECT_EQ(out["normalisation"], "none");
  const json lower = scored({said, "--references", written, "--ignore-case", "--nfkc"});
  EXPECT_EQ(lower["normalisation"], "nfkc+case");
  EXPECT_NE(lower["signature"], out["signature"]);
  const Finished one = vernier({"probe", "ocr", said, "--references", written, "-t", "1"});
  const Finished four = vernier({"probe", "ocr", said, "--references", written, "-t", "4"});
  EXPECT_EQ(one.out, four.out);
  EXPECT_NE(one.out.find("41.67"), std::string::npos) << one.out;
}

TEST_F(OcrProbe, ByImageAndByKey) {
  const std::string written = folder_.write("r.json", R"({"1.png":"one","2.png":["two","2"]})");
  const std::string said = folder_.write(
      "t.jsonl", "{\"image\":\"2.png\",\"text\":\"2\"}\n{\"image\":\"1.png\",\"text\":\"one\"}\n");
  const std::string images = folder_.write(
      "i.jsonl", "{\"image\":\"1.png\",\"gt\":\"one\"}\n{\"image\":\"2.png\",\"gt\":\"2\"}\n");
  EXPECT_EQ(scored({said, "--references", images})["scores"]["exact"], 100);
  const std::string keyed = folder_.write("k.json", R"({"2.png":"2","1.png":"one"})");
  EXPECT_EQ(scored({keyed, "--references", written})["scores"]["exact"], 100);
}

TEST_F(OcrProbe, NothingWritten) {
  const std::string written = folder_.write("r.json", R"({"1":"","2":""})");
  const json out =
      scored({folder_.write("t.json", R"({"1":"I see no text","2":""})"), "--references", written});
  EXPECT_TRUE(out["scores"]["cer"].is_null());
  EXPECT_EQ(out["undefined"]["cer"], "nothing is written in any image");
  EXPECT_EQ(out["scores"]["invented_words"], 100);
  EXPECT_EQ(out["counts"]["text_where_nothing_is_written"], 1);
  EXPECT_EQ(out["counts"]["both_empty"], 1);
}

TEST_F(OcrProbe, Evidence) {
  const std::string written = folder_.write("r.json", R"({"1":"total inv\u00f6ice 12"})");
  const std::string said = folder_.write("t.json", R"({"1":"total inv\u00f6ce paid 12"})");
  const std::string evidence = folder_.path("e.jsonl").string();
  scored({said, "--references", written, "--evidence", evidence});
  const json line = json::parse(read_file(evidence));
  ASSERT_EQ(line["edits"].size(), 2u);
  EXPECT_EQ(line["edits"][0],
            json({{"edit", "delete"}, {"reference_at", 10}, {"output_at", 10}, {"length", 1}}));
  EXPECT_EQ(line["edits"][1]["edit"], "insert");
  EXPECT_EQ(line["edits"][1]["length"], 5);
  ASSERT_EQ(line["invented"].size(), 2u);
  EXPECT_EQ(line["invented"][0]["word"], "inv\u00f6ce");
  EXPECT_EQ(line["invented"][0]["at"], 6);
  EXPECT_EQ(line["invented"][0]["misread"], true);
  EXPECT_EQ(line["invented"][1]["at"], 13);
  EXPECT_EQ(line["invented"][1]["misread"], false);
  EXPECT_EQ(line["missing"][0]["word"], "inv\u00f6ice");
}

TEST_F(OcrProbe, BadInput) {
  const std::string written =
      folder_.write("r.json", R"([{"id":1,"text":"a"},{"id":2,"text":"b"}])");
  const auto refused = [&](const char* said, const char* part) {
    expect_refused({folder_.write("t.json", said), "--references", written}, part);
  };
  refused("", "holds no records");
  refused(R"([{"id":1,"text":"a"}])", "1 questions of");
  refused(R"([{"id":1,"text":"a"},{"id":1,"text":"b"}])", "expected one answer to 1");
  refused(R"([{"id":1,"text":"a"},{"id":2,"text":"b"},{"id":3,"text":"c"}])",
          "1 answers are to no question");
  refused(R"([{"id":1,"text":7}])", "expected the answer, a text");
  refused(R"([{"text":"a"},{"text":"b"}])", "t.json:1: expected an id, or else an image");
  const std::string said = folder_.write("t.json", R"({"1":"a","2":"b"})");
  const auto bad = [&](const char* references, const char* part) {
    expect_refused({said, "--references", folder_.write("x.json", references)}, part);
  };
  bad(R"([{"id":1,"text":"a"},{"id":1,"text":"b"}])", "expected each question id once");
  bad(R"([{"id":1,"text":[]}])", "expected at least one reference");
  bad(R"([{"id":1,"text":[3]}])", "expected a list of strings");
  bad(R"([{"id":1,"references":"['a', 'b']"}])", "found a list written as one text");
  bad(R"([{"text":"a"}])", "expected an id or an image");
  expect_refused({said}, "either --references FILE or --tesseract", 2);
  expect_refused({said, "--references", written, "--evidence", written}, "input", 6);
  const json part = scored({folder_.write("p.json", R"({"1":"a","9":"z"})"), "--references",
                            written, "--allow-missing", "--ignore-extra"});
  EXPECT_EQ(part["join"]["missing"], 1);
  EXPECT_EQ(part["join"]["extra"], 1);
  const Finished help = vernier({"probe", "ocr", "--help"});
  EXPECT_NE(help.out.find("\n  vernier probe ocr"), std::string::npos);
}

/// Letters of five by seven dots, drawn eight pixels a dot into a PGM image.
std::string drawn(const std::string& text) {
  const std::map<char, std::array<const char*, 7>> letters = {
      {'E', {"#####", "#    ", "#    ", "#### ", "#    ", "#    ", "#####"}},
      {'H', {"#   #", "#   #", "#   #", "#####", "#   #", "#   #", "#   #"}},
      {'L', {"#    ", "#    ", "#    ", "#    ", "#    ", "#    ", "#####"}},
      {'T', {"#####", "  #  ", "  #  ", "  #  ", "  #  ", "  #  ", "  #  "}}};
  constexpr std::size_t kDot = 8, kMargin = 5;
  const std::size_t width = (text.size() * 6 + 2 * kMargin) * kDot,
                    height = (7 + 2 * kMargin) * kDot;
  std::string pixels(width * height, '\xFF');
  for (std::size_t n = 0; n < text.size(); ++n) {
    for (std::size_t y = 0; y < 7 * kDot; ++y) {
      for (std::size_t x = 0; x < 5 * kDot; ++x) {
        if (letters.at(text[n])[y / kDot][x / kDot] != '#') continue;
        pixels[(kMargin * kDot + y) * width + (kMargin + 6 * n) * kDot + x] = '\0';
      }
    }
  }
  return "P5\n" + std::to_string(width) + " " + std::to_string(height) + "\n255\n" + pixels;
}

bool has_tesseract() {
  return std::system("tesseract --version >/dev/null 2>&1") == 0;  // NOLINT(cert-env33-c)
}

TEST_F(OcrProbe, TesseractReadsTheReferences) {
  if (!has_tesseract()) GTEST_SKIP() << "tesseract is not installed";
  const TemporaryFolder images;
  images.write("a.pgm", drawn("HELLETTE"));
  images.write("blank.pgm", drawn(""));
  images.write("broken.png", "<html>");
  const std::string folder = images.path("").string();
  const std::string said = folder_.write("t.jsonl",
                                         "{\"image\":\"a.pgm\",\"text\":\"HELLETTE\"}\n"
                                         "{\"image\":\"blank.pgm\",\"text\":\"nothing to see\"}\n");
  const json out = scored({said, "--tesseract", folder});
  EXPECT_EQ(out["references"], "tesseract");
  EXPECT_NE(out["signature"].get<std::string>().find("references:tesseract-" +
                                                     out["tesseract"].get<std::string>() + "-eng"),
            std::string::npos);
  EXPECT_EQ(out["counts"]["exact"], 1);
  EXPECT_EQ(out["counts"]["text_where_nothing_is_written"], 1);
  expect_refused(
      {folder_.write("m.json", R"([{"image":"c.pgm","text":"x"}])"), "--tesseract", folder},
      "expected the image 'c.pgm'");
  expect_refused(
      {folder_.write("u.json", R"([{"image":"../a.pgm","text":"x"}])"), "--tesseract", folder},
      "found none of that name");
  expect_refused(
      {folder_.write("b.json", R"([{"image":"broken.png","text":"x"}])"), "--tesseract", folder},
      "tesseract cannot read");
  expect_refused({said, "--tesseract", folder + "/none"}, "expected a folder of images", 2);
  expect_refused({said, "--tesseract", folder, "--tesseract-language", "xx_yy"},
                 "apt-get install tesseract-ocr-xx-yy", 4);
}

TEST_F(OcrProbe, WithoutTesseract) {
  const std::string said = folder_.write("t.jsonl", R"({"image":"a.pgm","text":"x"})");
  const char* before = std::getenv("PATH");
  const std::string path = before == nullptr ? "" : before;
  setenv("PATH", folder_.path("").c_str(), 1);
  const Finished done = vernier({"probe", "ocr", said, "--tesseract", folder_.path("").string()});
  // A program of that name that never ends, and one that says nothing.
  const std::string program = folder_.write("tesseract",
                                            "#!/bin/sh\n[ \"$1\" = --version ] && echo "
                                            "tesseract 9.9 && exit\n[ \"$1\" = "
                                            "--list-langs ] && echo eng && exit\nexec "
                                            "/bin/sleep 60\n");
  std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  folder_.write("a.pgm", drawn("T"));
  const Finished slow = vernier(
      {"probe", "ocr", said, "--tesseract", folder_.path("").string(), "--tesseract-seconds", "1"});
  setenv("PATH", path.c_str(), 1);
  EXPECT_EQ(done.code, 4);
  EXPECT_NE(done.err.find("apt-get install tesseract-ocr tesseract-ocr-eng"), std::string::npos)
      << done.err;
  EXPECT_EQ(slow.code, 5) << slow.err;
  EXPECT_NE(slow.err.find("took more than 1 s"), std::string::npos) << slow.err;
}

}  // namespace
}  // namespace vernier::tests
