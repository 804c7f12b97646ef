// Every input format, told by its content, becomes the same records.
#include <gtest/gtest.h>

#include "tests/datasets/reading.h"

namespace vernier::tests {
namespace {

TEST(Formats, CocoResults) {
  const Reading reading = read_text(
      R"([{"image_id": 42, "caption": "a dog"}, {"image_id":404464,"caption":"two \"cats\""}])");
  EXPECT_EQ(reading.format, Format::kCocoResults);
  ASSERT_EQ(reading.records.size(), 2u);
  EXPECT_EQ(reading.records[0].image_id, "42");
  EXPECT_EQ(reading.records[0].id, "");
  EXPECT_TRUE(reading.records[0].has_text);
  EXPECT_EQ(reading.records[0].text, "a dog");
  EXPECT_FALSE(reading.records[0].has_references);
  EXPECT_EQ(reading.records[0].meta, "");
  EXPECT_EQ(reading.records[1].text, "two \"cats\"");
}

TEST(Formats, CocoAnnotations) {
  const std::string images =
      R"("images": [{"license":3,"file_name":"COCO_val2014_000000000042.jpg","id":42},{"id":73}])";
  const std::string annotations =
      R"("annotations": [{"image_id": 42,"id": 7,"caption": "A shoe."},
                         {"image_id": 73,"id": 8,"caption": "A bike."}])";
  const std::string info = R"("info": {"year": 2014, "text": "x"}, )";
  for (const std::string& content :
       {"{" + info + images + ", " + annotations + ", \"licenses\": []}",
        "{" + annotations + ", " + images + "}", "{" + annotations + "}"}) {
    const Reading reading = read_text(content);
    EXPECT_EQ(reading.format, Format::kCocoAnnotations);
    ASSERT_EQ(reading.records.size(), 2u) << content;
    EXPECT_EQ(reading.records[0].id, "7");
    EXPECT_EQ(reading.records[0].image_id, "42");
    EXPECT_EQ(reading.records[0].text, "A shoe.");
    EXPECT_EQ(reading.records[1].image_id, "73");
  }
}

TEST(Formats, Karpathy) {
  const std::string content = R"({"images": [
    {"filepath": "val2014", "sentids": [770337, 771687], "filename": "COCO_val2014_000000391895.jpg",
     "imgid": 0, "split": "test", "cocoid": 391895,
     "sentences": [{"tokens": ["a", "man"], "raw": "A man.", "imgid": 0, "sentid": 770337},
                   {"tokens": ["man"], "raw": "Man ", "imgid": 0, "sentid": 771687}]},
    {"filename": "1000092795.jpg", "imgid": 1, "split": "train",
     "sentences": [{"raw": "Two guys.", "tokens": ["two", "guys"]}]}], "dataset": "coco"})";
  Reading reading = read_text(content);
  EXPECT_EQ(reading.format, Format::kKarpathy);
  ASSERT_EQ(reading.records.size(), 1u);
  EXPECT_EQ(reading.records[0].image_id, "391895");
  EXPECT_FALSE(reading.records[0].has_text);
  EXPECT_EQ(reading.records[0].references, (std::vector<std::string>{"A man.", "Man "}));
  EXPECT_NE(reading.records[0].meta.find(R"("split":"test")"), std::string::npos);
  EXPECT_EQ(reading.counts.other_splits, 1u);

  ReadOptions options;
  options.split = "all";
  reading = read_text(content, options);
  ASSERT_EQ(reading.records.size(), 2u);
  EXPECT_EQ(reading.records[1].image_id, "1000092795.jpg");
  options.split = "train,restval";
  EXPECT_EQ(read_text(content, options).records.size(), 1u);
  options.split = "val";
  EXPECT_EQ(error_of(content, options), ": none of 2 images is in the split \"val\"");
}

TEST(Formats, JsonLines) {
  const Reading reading = read_text(
      "{\"id\": \"a\", \"image_id\": \"x.jpg\", \"candidate\": \"c\", \"references\": [\"r\", "
      "\"s\"], "
      "\"model\": {\"name\": \"m\", \"bits\": [4, 16]}, \"meta\": {\"split\": \"val\"}}\n"
      "\n"
      "{\"image_id\": 7, \"caption\": \"\\u00e9\\n\\ud83d\\ude00\"}\n");
  EXPECT_EQ(reading.format, Format::kJsonLines);
  ASSERT_EQ(reading.records.size(), 2u);
  EXPECT_EQ(reading.records[0].id, "a");
  EXPECT_EQ(reading.records[0].image_id, "x.jpg");
  EXPECT_EQ(reading.records[0].references, (std::vector<std::string>{"r", "s"}));
  EXPECT_EQ(reading.records[0].meta, R"({"model":{"name":"m","bits":[4,16]},"split":"val"})");
  EXPECT_EQ(reading.records[0].line, 1u);
  EXPECT_EQ(reading.records[1].text, "\u00e9\n\U0001F600");
  EXPECT_EQ(reading.records[1].line, 3u);
}

TEST(Formats, ConcatenatedAndPrettyPrintedObjects) {
  const std::string one = "{\n  \"image_id\": 1,\n  \"caption\": \"a } \\n { b\"\n}";
  for (const std::string& content :
       {one + one, one + "\n" + one + "\n", one + "\r\n\r\n" + one, "  " + one + " \t " + one}) {
    const Reading reading = read_text(content);
    ASSERT_EQ(reading.records.size(), 2u);
    EXPECT_EQ(reading.records[1].text, "a } \n { b");
  }
}

TEST(Formats, TextFieldsByPrecedence) {
  const auto text = [](const char* record) { return read_text(record).records.at(0).text; };
  EXPECT_EQ(text(R"({"caption": "truth", "prediction": "model"})"), "model");
  EXPECT_EQ(text(R"({"text": "question", "response": "model"})"), "model");
  EXPECT_EQ(text(R"({"answer": "a", "caption": "c"})"), "c");
  EXPECT_EQ(text(R"({"answer": "a"})"), "a");
  const OwnedRecord record =
      read_text(R"({"caption": "truth", "prediction": "model"})").records.at(0);
  EXPECT_EQ(record.meta, R"({"caption":"truth"})");
}

TEST(Formats, AnswerBehindPredictionIsReference) {
  Reading reading = read_text(R"({"id":1,"prediction":"yes","answer":"no"})");
  EXPECT_EQ(reading.records.at(0).references, std::vector<std::string>{"no"});
  reading = read_text(R"({"id":1,"prediction":"yes","answer":["no","never"]})");
  EXPECT_EQ(reading.records.at(0).references, (std::vector<std::string>{"no", "never"}));
  reading = read_text(R"({"id":1,"prediction":"yes","answer":["no"],"references":["r"]})");
  EXPECT_EQ(reading.records.at(0).references, std::vector<std::string>{"r"});
  reading = read_text(R"({"id":1,"caption":"yes","answer":"no"})");
  EXPECT_FALSE(reading.records.at(0).has_references);
}

TEST(Formats, ChosenFields) {
  ReadOptions options;
  options.fields = {"key", "picture", "hyp", "truths"};
  const Reading reading = read_text(
      R"({"key": 1, "picture": "p", "hyp": "h", "truths": ["t"], "caption": "c", "id": 5})",
      options);
  ASSERT_EQ(reading.records.size(), 1u);
  EXPECT_EQ(reading.records[0].id, "1");
  EXPECT_EQ(reading.records[0].image_id, "p");
  EXPECT_EQ(reading.records[0].text, "h");
  EXPECT_EQ(reading.records[0].references, std::vector<std::string>{"t"});
  EXPECT_EQ(reading.records[0].meta, R"({"caption":"c","id":5})");
}

TEST(Formats, ReferencesOfObjects) {
  const Reading reading =
      read_text(R"({"image_id": 1, "gts": [{"id": 3, "caption": "a"}, {"caption": "b"}, "c"]})");
  EXPECT_EQ(reading.records.at(0).references, (std::vector<std::string>{"a", "b", "c"}));
}

TEST(Formats, ReferencesFromElsewhere) {
  ReadOptions options;
  options.read_references = false;
  const Reading reading =
      read_text(R"({"image_id": 1, "caption": "c", "references": "['a', 'b']"})", options);
  EXPECT_FALSE(reading.records.at(0).has_references);
  EXPECT_EQ(reading.records[0].meta, "");
}

TEST(Formats, IdsAsWritten) {
  const auto id = [](const char* value) {
    return read_text(std::string(R"({"caption":"c","image_id":)") + value + "}")
        .records[0]
        .image_id;
  };
  EXPECT_EQ(id("42"), "42");
  EXPECT_EQ(id("42.0"), "42.0");
  EXPECT_EQ(id("1e3"), "1e3");
  EXPECT_EQ(id("-1"), "-1");
  EXPECT_EQ(id("123456789012345678901234567890"), "123456789012345678901234567890");
  EXPECT_EQ(id("\"000042\""), "000042");
  EXPECT_EQ(id("\"a\\u0007\\tb\""), "a\a\tb");
  EXPECT_EQ(id("null"), "");
}

TEST(Formats, LmmsEvalSamples) {
  // What lmms-eval 0.3 and later writes: one object a line, the metrics' inputs inside.
  const std::string line =
      R"({"doc_id": 3, "target": "['A man.', 'Man.']", "filtered_resps": ["a man"], )"
      R"("doc_hash": "74234e98", "coco_Bleu_4": {"answer": ["A man.", "Man."], "pred": "a man", )"
      R"("image_id": 42, "id": 3}, "coco_CIDEr": {"answer": ["A man.", "Man."], "pred": "a man", )"
      R"("image_id": 42, "id": 3}, "input": "Provide a caption."})";
  Reading reading = read_text(line + "\n" + line + "\n");
  EXPECT_EQ(reading.format, Format::kLmmsEval);
  ASSERT_EQ(reading.records.size(), 2u);
  EXPECT_EQ(reading.records[0].id, "3");
  EXPECT_EQ(reading.records[0].image_id, "42");
  EXPECT_EQ(reading.records[0].text, "a man");
  EXPECT_EQ(reading.records[0].references, (std::vector<std::string>{"A man.", "Man."}));
  EXPECT_EQ(reading.records[0].meta, R"({"doc_hash":"74234e98","input":"Provide a caption."})");

  // Versions before that: one object with the samples under "logs".
  reading = read_text(
      R"({"args": {"model": "llava"}, "model_configs": {"task": "x"}, "logs": [{"doc_id": 0, )"
      R"("doc": {"question": "?"}, "target": "yes", "arguments": ["a"], "resps": [["no"]], )"
      R"("filtered_resps": ["no"]}], "time": "now"})");
  EXPECT_EQ(reading.format, Format::kLmmsEval);
  ASSERT_EQ(reading.records.size(), 1u);
  EXPECT_EQ(reading.records[0].text, "no");
  EXPECT_EQ(reading.records[0].references, std::vector<std::string>{"yes"});

  // No filtered responses, and no response at all, which lmms-eval scores as "".
  reading = read_text(R"({"doc_id": 0, "resps": [["no"]]} {"doc_id": 1, "filtered_resps": []})");
  ASSERT_EQ(reading.records.size(), 2u);
  EXPECT_EQ(reading.records[0].text, "no");
  EXPECT_TRUE(reading.records[1].has_text);
  EXPECT_EQ(reading.records[1].text, "");

  EXPECT_NE(error_of(R"({"doc_id": 0, "target": "['a', 'b']", "filtered_resps": ["c"]})")
                .find("a list that was written as text"),
            std::string::npos);
  EXPECT_NE(error_of(R"({"doc_id": 0, "target": "a", "filtered_resps": [[-3.5, false]]})")
                .find("expected generated text"),
            std::string::npos);
}

TEST(Formats, VlmEvalKit) {
  // pandas quotes everything (newer) or what it must (older).
  for (const char* content : {"\"index\"\t\"question\"\t\"answer\"\t\"prediction\"\n"
                              "\"0\"\t\"What?\"\t\"a dog\"\t\"a \"\"big\"\"\tdog\n\nindeed\"\n"
                              "\"1\"\t\"Why?\"\t\"\"\t\"cat\"\n",
                              "index\tquestion\tanswer\tprediction\n"
                              "0\tWhat?\ta dog\t\"a \"\"big\"\" dog\n\nindeed\"\n"
                              "1\tWhy?\t\tcat\n"}) {
    const Reading reading = read_text(content);
    EXPECT_EQ(reading.format, Format::kVlmEvalKit);
    ASSERT_EQ(reading.records.size(), 2u);
    EXPECT_EQ(reading.records[0].id, "0");
    EXPECT_TRUE(reading.records[0].text.ends_with("dog\n\nindeed")) << reading.records[0].text;
    EXPECT_TRUE(reading.records[0].text.starts_with("a \"big\""));
    EXPECT_EQ(reading.records[0].references, std::vector<std::string>{"a dog"});
    EXPECT_EQ(reading.records[0].meta, R"({"question":"What?"})");
    EXPECT_TRUE(reading.records[1].references.empty());
    EXPECT_EQ(reading.records[1].text, "cat");
    EXPECT_EQ(reading.records[1].line, 5u);
  }
}

TEST(Formats, Tsv) {
  const Reading reading = read_text(
      "Image_ID\tCaption\tReference_1\tref2\tscore\n"
      "7\t\"Stop\" sign on \"Main\t\"quoted\"\t\t\n"
      "8\t\"never closed\tr1\tr2\t0.5\n"
      "9\t\"two\nlines\"\tr1\tr2\t\"\"\n");
  EXPECT_EQ(reading.format, Format::kTsv);
  ASSERT_EQ(reading.records.size(), 3u);
  EXPECT_EQ(reading.records[0].image_id, "7");
  EXPECT_EQ(reading.records[0].text, "\"Stop\" sign on \"Main");
  EXPECT_EQ(reading.records[0].references, std::vector<std::string>{"quoted"});
  EXPECT_EQ(reading.records[0].meta, R"({"score":""})");
  EXPECT_EQ(reading.records[1].text, "\"never closed");
  EXPECT_EQ(reading.records[1].references, (std::vector<std::string>{"r1", "r2"}));
  EXPECT_EQ(reading.records[2].text, "two\nlines");
  EXPECT_EQ(reading.records[2].line, 4u);
}

TEST(Formats, Csv) {
  const Reading reading = read_text(
      "image,caption\r\n"
      "a.jpg,\"Two dogs, one \"\"big\"\"\r\nand one small\"\r\n"
      "\r\n"
      "b.jpg,5\" pipe\r\n"
      "c.jpg,\r\n"
      "d.jpg,\"last\"");
  EXPECT_EQ(reading.format, Format::kCsv);
  ASSERT_EQ(reading.records.size(), 4u);
  EXPECT_EQ(reading.records[0].image_id, "a.jpg");
  EXPECT_EQ(reading.records[0].text, "Two dogs, one \"big\"\r\nand one small");
  EXPECT_EQ(reading.records[1].text, "5\" pipe");
  EXPECT_EQ(reading.records[1].line, 5u);
  EXPECT_TRUE(reading.records[2].has_text);
  EXPECT_EQ(reading.records[2].text, "");
  EXPECT_EQ(reading.records[3].text, "last");
}

TEST(Formats, Flickr) {
  Reading reading = read_text("1000.jpg#0\tA child .\n1000.jpg#1\tA \"girl\tgoes in .\n");
  EXPECT_EQ(reading.format, Format::kFlickr);
  ASSERT_EQ(reading.records.size(), 2u);
  EXPECT_EQ(reading.records[1].id, "1000.jpg#1");
  EXPECT_EQ(reading.records[1].image_id, "1000.jpg");
  EXPECT_EQ(reading.records[1].text, "A \"girl\tgoes in .");

  reading = read_text("1000.jpg\t0\tA child .\n1000.jpg\t1\tA girl .");
  EXPECT_EQ(reading.format, Format::kFlickr);
  ASSERT_EQ(reading.records.size(), 2u);
  EXPECT_EQ(reading.records[1].id, "1000.jpg#1");
  EXPECT_EQ(reading.records[1].image_id, "1000.jpg");
  EXPECT_EQ(reading.records[1].text, "A girl .");

  reading = read_text("1000.jpg\tA child .\n");
  EXPECT_EQ(reading.records.at(0).image_id, "1000.jpg");
  EXPECT_EQ(reading.records[0].id, "");
}

TEST(Formats, PlainLines) {
  const Reading reading = read_text("a dog\n\n  a, cat  \r\n[UNK] bird\rlast");
  EXPECT_EQ(reading.format, Format::kLines);
  ASSERT_EQ(reading.records.size(), 5u);
  EXPECT_EQ(reading.records[0].text, "a dog");
  EXPECT_EQ(reading.records[1].text, "");
  EXPECT_TRUE(reading.records[1].has_text);
  EXPECT_EQ(reading.records[2].text, "  a, cat  ");
  EXPECT_EQ(reading.records[3].text, "[UNK] bird");
  EXPECT_EQ(reading.records[4].text, "last");
  EXPECT_EQ(reading.records[4].line, 5u);
  EXPECT_EQ(read_text("one, two\nthree").format, Format::kLines);
  EXPECT_EQ(read_text("{curly} words\nthree").format, Format::kLines);
}

TEST(Formats, ForcedFormat) {
  ReadOptions options;
  options.format = Format::kLines;
  EXPECT_EQ(read_text("{\"caption\": \"c\"}\n", options).records.at(0).text,
            "{\"caption\": \"c\"}");
  options.format = Format::kCocoAnnotations;
  EXPECT_NE(error_of(R"({"images": [{"id": 1}], "x": 1})", options).find("\"annotations\""),
            std::string::npos);
}

TEST(Formats, NamesRoundTrip) {
  for (const char* name : {"auto", "coco-results", "coco-annotations", "karpathy", "jsonl",
                           "lmms-eval", "vlmevalkit", "tsv", "csv", "flickr", "lines"}) {
    const auto format = parse_format(name);
    ASSERT_TRUE(format.has_value()) << name;
    EXPECT_STREQ(format_name(*format), name);
  }
  EXPECT_FALSE(parse_format("xml").has_value());
}

TEST(Formats, CompressedAndWithByteOrderMark) {
  const TemporaryFolder folder;
  const std::string content = "\xEF\xBB\xBF{\"image_id\": 1, \"caption\": \"c\"}\n";
  for (const char* name : {"plain.jsonl", "zipped.jsonl.gz", "zstd.jsonl.zst"}) {
    const Reading reading = read_file(folder.write(name, content));
    ASSERT_EQ(reading.records.size(), 1u) << name;
    EXPECT_EQ(reading.records[0].text, "c");
  }
}

}  // namespace
}  // namespace vernier::tests
