// vernier judge --mode checklist, clair and capscore.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "tests/judges/chat/remote/remote_fixture.h"
#include "tests/runners/model/drawn_scenes.h"

namespace vernier {
namespace {

using namespace vernier::tests;

Finished checklist(const DrawnScenes& scenes, const std::string& captions,
                   std::vector<std::string> more = {}) {
  std::vector<std::string> arguments = {"judge",         captions, "--images",
                                        scenes.images(), "--mode", "checklist"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return tests::vernier(arguments);
}

std::vector<Json> samples_of(const std::string& run) {
  std::vector<Json> out = json_lines(read_file(run));
  std::erase_if(out, [](const Json& line) { return !line.contains("id"); });
  return out;
}

Json footer_of(const std::string& run) { return json_lines(read_file(run)).back()["footer"]; }

TEST(JudgeChecklist, CorruptedCaptionsHoldFewerTrueClaims) {
  const DrawnScenes scenes(60);
  const std::string run = scenes.path("run.jsonl");
  const Finished done = checklist(scenes, scenes.captions(), {"-o", run});
  ASSERT_EQ(done.code, 0) << done.err;
  std::map<std::string, std::map<std::string, double>> scores;  // by image, by kind
  std::size_t claims = 0, no_claims = 0, all_unparsed = 0;
  for (const Json& sample : samples_of(run)) {
    const Json& told = sample["meta"]["checklist"];
    const double score = sample["scores"]["checklist"];
    scores[sample["image_id"]][sample["meta"]["kind"]] = score;
    std::size_t supported = 0, unparsed = 0;
    const std::string caption = sample["candidate"];
    for (const Json& one : told["mentions"]) {
      supported += one["verdict"] == "supported";
      unparsed += one["verdict"] == "unparsed";
      if (!one["p_yes"].is_null()) {
        EXPECT_EQ(one["verdict"] == "supported", one["p_yes"].get<double>() > 0.5);
      }
      const std::size_t start = one["start"], end = one["end"];
      const std::string place = caption.substr(start, end - start);
      EXPECT_TRUE(contains(one["object"], place)) << one << " at " << place;
    }
    const std::size_t all = told["mentions"].size();
    claims += all;
    all_unparsed += unparsed;
    if (all == 0) {
      ++no_claims;
      EXPECT_EQ(told["flags"], Json::array({"no-claims"}));
      EXPECT_EQ(score, 0);
    } else {
      EXPECT_EQ(score, static_cast<double>(supported) / static_cast<double>(all - unparsed));
    }
  }
  EXPECT_EQ(footer_of(run)["counts"]["claims"], claims);
  EXPECT_EQ(footer_of(run)["counts"]["no_claims"], no_claims);
  EXPECT_EQ(footer_of(run)["counts"]["unparsed"], all_unparsed);
  EXPECT_LE(all_unparsed, 3U);
  EXPECT_EQ(no_claims, 60U) << "the empty captions";
  for (const char* kind :
       {"wrong attribute", "wrong relation", "swapped arguments", "invented object"}) {
    double higher = 0, all = 0;
    for (const auto& [image, by_kind] : scores) {
      if (!by_kind.contains(kind)) continue;
      ++all;
      higher += by_kind.at("correct") > by_kind.at(kind);
    }
    ASSERT_GT(all, 25) << kind;
    EXPECT_GT(higher / all, 0.85) << kind;
  }
}

TEST(JudgeChecklist, TheTruthSupportsWhatIsTrueAndNothingElse) {
  const DrawnScenes scenes(40);
  const std::string run = scenes.path("run.jsonl");
  for (const std::string prompts : {"scenes", "general"}) {
    const Finished done =
        checklist(scenes, scenes.captions(),
                  {"-o", run, "--model", "truth:" + scenes.path("set"), "--prompts", prompts});
    ASSERT_EQ(done.code, 0) << done.err;
    for (const Json& sample : samples_of(run)) {
      const std::string kind = sample["meta"]["kind"];
      const double score = sample["scores"]["checklist"];
      // What is left out is not seen by what is said.
      if (kind == "correct" || kind == "missing object" || kind == "verbose") {
        EXPECT_EQ(score, 1) << sample["candidate"];
      } else if (kind.starts_with("wrong") || kind.starts_with("swapped") ||
                 kind.starts_with("invented")) {
        EXPECT_LT(score, 1) << sample["candidate"];
      }
    }
  }
}

TEST(JudgeChecklist, TheSameBytesAfterAnInterruption) {
  const DrawnScenes scenes(6);
  std::string file;
  for (Json line : json_lines(read_file(scenes.captions()))) file += line.dump() + "\n";
  file += "{\"id\":\"x\",\"image_id\":\"late\",\"caption\":\"A large red star.\"}\n";
  const std::string captions = scenes.folder().write("in.jsonl", file);
  const std::string run = scenes.path("run.jsonl"), whole = scenes.path("whole.jsonl");
  const Finished broken = checklist(scenes, captions, {"-o", run});
  EXPECT_EQ(broken.code, 5) << broken.err;
  EXPECT_FALSE(std::filesystem::exists(run));
  // As a kill leaves it: the last line is half there.
  const std::string part = run + ".answers.part", kept = read_file(part);
  scenes.folder().write("run.jsonl.answers.part", kept.substr(0, kept.size() * 2 / 3));
  std::filesystem::copy(scenes.images() + "/s0000003.png", scenes.images() + "/late.png");
  const Finished resumed = checklist(scenes, captions, {"-o", run, "--resume"});
  EXPECT_EQ(resumed.code, 0) << resumed.err;
  EXPECT_TRUE(contains(resumed.err, "goes on behind")) << resumed.err;
  EXPECT_FALSE(std::filesystem::exists(part));
  EXPECT_EQ(checklist(scenes, captions, {"-o", whole, "--live", "1", "-t", "1"}).code, 0);
  EXPECT_EQ(read_file(run), read_file(whole));
}

TEST(JudgeChecklist, ReportsShowWhatWasNotSupported) {
  const DrawnScenes scenes(8);
  const std::string run = scenes.path("run.jsonl"), page = scenes.path("report.html");
  ASSERT_EQ(checklist(scenes, scenes.captions(), {"-o", run}).code, 0);
  const Finished report = tests::vernier({"report", run, "-o", page});
  EXPECT_EQ(report.code, 0) << report.err;
  EXPECT_TRUE(contains(read_file(page), "unsupported"));
}

/// A server and captions of three images; one caption is white space.
class JudgeByText : public RemoteTest {
 protected:
  Finished judge(const StubServer& server, const std::string& mode,
                 std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments = {"judge",       captions_,    "--mode",  mode,
                                          "--judge-url", server.url(), "--tries", "1"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return tests::vernier(arguments);
  }
  std::string path(const std::string& name) const { return folder_.path(name).string(); }

  TemporaryFolder folder_;
  std::string captions_ = folder_.write(
      "in.jsonl",
      R"({"id":"a1","image_id":"a","caption":"A good dog.","references":["A dog.","A puppy."]})"
      "\n"
      R"({"id":"b1","image_id":"b","caption":"A good cat.","references":["A cat."]})"
      "\n"
      R"({"id":"a2","image_id":"a","caption":"A poor cow.","references":["A dog.","A puppy."]})"
      "\n"
      R"({"id":"c1","image_id":"c","caption":" ","references":["A fish."]})"
      "\n");
};

StubReply clair_answer(const StubRequest& request) {
  const bool good = contains(asked_text(request), "good");
  return reply(completion(good ? R"({"score": 90, "reason": "Both name it."})"
                               : "Score: 0.25, reason: a cow is no dog"));
}

TEST_F(JudgeByText, ClairNeedsNoPictures) {
  StubServer server(lists_m(clair_answer));
  const Finished done = judge(
      server, "clair", {"-o", path("run.jsonl"), "--verdicts", path("verdicts.jsonl"), "--json"});
  ASSERT_EQ(done.code, 0) << done.err;
  EXPECT_NEAR(Json::parse(done.out)["scores"]["clair"].get<double>(), (0.9 + 0.9 + 0.25) / 4,
              1e-12);
  std::map<std::string, Json> by_id;
  for (const Json& sample : samples_of(path("run.jsonl"))) by_id[sample["id"]] = sample;
  ASSERT_EQ(by_id.size(), 4U);
  EXPECT_EQ(by_id["a1"]["scores"]["clair"], 0.9);
  EXPECT_EQ(by_id["a1"]["meta"]["clair"]["reason"], "Both name it.");
  EXPECT_EQ(by_id["a1"]["references"], Json::array({"A dog.", "A puppy."}));
  EXPECT_EQ(by_id["a2"]["scores"]["clair"], 0.25);
  EXPECT_EQ(by_id["a2"]["meta"]["clair"]["flags"], Json::array({"from-text"}));
  EXPECT_EQ(by_id["c1"]["meta"]["clair"]["status"], "empty");
  EXPECT_EQ(by_id["c1"]["scores"]["clair"], 0);
  EXPECT_EQ(json_lines(read_file(path("verdicts.jsonl"))).size(), 5U);
  for (const StubRequest& request : server.requests()) {
    EXPECT_FALSE(contains(request.body, "image_url"));
  }
  const Finished with_file =
      judge(server, "clair",
            {"-r", folder_.write("refs.jsonl", "{\"image_id\":\"a\",\"references\":[\"x\"]}\n")});
  EXPECT_EQ(with_file.code, 3) << "b has no references: " << with_file.err;
}

TEST_F(JudgeByText, WhatCannotBeReadIsNoScore) {
  StubServer server(lists_m([](const StubRequest& request) {
    return contains(asked_text(request), "cow") ? reply(completion("I cannot tell."))
                                                : clair_answer(request);
  }));
  const Finished refused =
      judge(server, "clair", {"-o", path("run.jsonl"), "--verdicts", path("verdicts.jsonl")});
  EXPECT_EQ(refused.code, 5);
  EXPECT_TRUE(contains(refused.err, "1 of 3 answers could not be read")) << refused.err;
  EXPECT_FALSE(std::filesystem::exists(path("run.jsonl")));
  EXPECT_EQ(json_lines(read_file(path("verdicts.jsonl")))[3]["clair"]["said"], "I cannot tell.");
  const Finished some = judge(server, "clair", {"-o", path("run.jsonl"), "--max-unparsed", "0.5"});
  EXPECT_EQ(some.code, 0) << some.err;
  EXPECT_EQ(samples_of(path("run.jsonl")).size(), 3U);
  EXPECT_EQ(footer_of(path("run.jsonl"))["counts"]["unparsed"], 1);
  EXPECT_EQ(judge(server, "capscore").code, 5);
}

/// 0.8 for good captions and 0.2 for others, 0.1 more for what stands first.
StubReply capscore_answer(const StubRequest& request) {
  const std::string text = asked_text(request);
  std::string similar, quality;
  for (std::size_t at = text.find("1. \""); at != std::string::npos;) {
    const std::string line = text.substr(at, text.find('\n', at) - at);
    if (!contains(line, ". \"")) break;
    const int value = (contains(line, "good") ? 8 : 2) + (similar.empty() ? 1 : 0);
    similar += (similar.empty() ? "0." : ",0.") + std::to_string(value);
    quality += (quality.empty() ? "0." : ",0.") + std::to_string(value - 1);
    at = text.find('\n', at) + 1;
  }
  return reply(completion(similar + ";" + quality));
}

TEST_F(JudgeByText, CapScoreAsksInAllOrdersAndAllReferences) {
  StubServer server(lists_m(capscore_answer));
  const Finished done = judge(server, "capscore", {"-o", path("run.jsonl")});
  ASSERT_EQ(done.code, 0) << done.err;
  std::map<std::string, Json> by_id;
  for (const Json& sample : samples_of(path("run.jsonl"))) by_id[sample["id"]] = sample["scores"];
  EXPECT_NEAR(by_id["a1"]["capscore-similarity"].get<double>(), 0.85, 1e-12);
  EXPECT_NEAR(by_id["a2"]["capscore-similarity"].get<double>(), 0.25, 1e-12);
  EXPECT_NEAR(by_id["a2"]["capscore-quality"].get<double>(), 0.15, 1e-12);
  EXPECT_NEAR(by_id["b1"]["capscore-similarity"].get<double>(), 0.9, 1e-12);
  EXPECT_EQ(by_id["c1"]["capscore-quality"], 0);
  EXPECT_EQ(footer_of(path("run.jsonl"))["counts"]["answers"], 5)
      << "two orders for each of two references, and one";
}

TEST_F(JudgeByText, TheSameBytesAfterAFailure) {
  for (const std::string mode : {"clair", "capscore"}) {
    const auto answer = mode == "clair" ? clair_answer : capscore_answer;
    bool broken = true;
    StubServer server(lists_m([&](const StubRequest& request) {
      return broken && contains(asked_text(request), "good cat") ? error_reply(500, "gone")
                                                                 : answer(request);
    }));
    const std::string run = path(mode + ".jsonl"), whole = path(mode + ".whole.jsonl");
    // One at a time: what came before the failure is kept.
    const Finished failed = judge(server, mode, {"-o", run, "--concurrency", "1"});
    EXPECT_EQ(failed.code, 5) << failed.err;
    EXPECT_TRUE(std::filesystem::exists(run + ".answers.part"));
    broken = false;
    const std::size_t before = server.count(kCompletionsPath);
    const Finished resumed = judge(server, mode, {"-o", run, "--resume"});
    EXPECT_EQ(resumed.code, 0) << resumed.err;
    EXPECT_EQ(server.count(kCompletionsPath) - before, 2U) << "the trial, and what was missing";
    EXPECT_FALSE(std::filesystem::exists(run + ".answers.part"));
    EXPECT_EQ(judge(server, mode, {"-o", whole}).code, 0);
    EXPECT_EQ(read_file(run), read_file(whole)) << mode;
  }
}

TEST_F(JudgeByText, ClaimsByAServer) {
  const DrawnScenes scenes(2);
  StubServer server(lists_m([](const StubRequest& request) {
    const bool asked_for_claims = contains(asked_text(request), "Answer with yes or no");
    return reply(completion(asked_for_claims ? "Yes, there is." : "?"));
  }));
  const auto ask = [&](std::vector<std::string> more) {
    more.insert(more.end(), {"--judge-url", server.url(), "--tries", "1"});
    return checklist(scenes, scenes.captions(), std::move(more));
  };
  const Finished done = ask({"--json"});
  ASSERT_EQ(done.code, 0) << done.err;
  const double empty = 2.0 / Json::parse(done.out)["samples"].get<double>();
  EXPECT_NEAR(Json::parse(done.out)["scores"]["checklist"].get<double>(), 1 - empty, 1e-12);
  server.stop();
  StubServer mute(lists_m([](const StubRequest&) { return reply(completion("Perhaps.")); }));
  const Finished refused =
      checklist(scenes, scenes.captions(),
                {"--judge-url", mute.url(), "--tries", "1", "-o", scenes.path("run.jsonl"),
                 "--verdicts", scenes.path("verdicts.jsonl")});
  EXPECT_EQ(refused.code, 5);
  EXPECT_TRUE(contains(refused.err, "answered by neither yes nor no")) << refused.err;
  EXPECT_FALSE(std::filesystem::exists(scenes.path("run.jsonl")));
  EXPECT_EQ(json_lines(read_file(scenes.path("verdicts.jsonl")))[1]["status"], "unparsed");
}

TEST(JudgeModes, SayWhatTheyNeed) {
  const TemporaryFolder folder;
  const std::string with = folder.write(
      "with.jsonl", "{\"image_id\":\"a\",\"caption\":\"A dog.\",\"references\":[\"A dog.\"]}\n");
  const std::string without =
      folder.write("without.jsonl", "{\"image_id\":\"a\",\"caption\":\"A dog.\"}\n");
  for (const std::string mode : {"clair", "capscore"}) {
    // The model that comes with vernier understands its own prompts only.
    const Finished words = tests::vernier({"judge", with, "--mode", mode});
    EXPECT_EQ(words.code, 2);
    EXPECT_TRUE(contains(words.err, "the prompts \"scenes\" have no words for mode " + mode))
        << words.err;
    const Finished none =
        tests::vernier({"judge", without, "--mode", mode, "--prompts", "general"});
    EXPECT_EQ(none.code, 3);
    EXPECT_TRUE(contains(none.err, "no references; mode " + mode)) << none.err;
  }
  const Finished pictures = tests::vernier({"judge", with, "--mode", "checklist"});
  EXPECT_EQ(pictures.code, 2);
  EXPECT_TRUE(contains(pictures.err, "--images is required")) << pictures.err;
}

}  // namespace
}  // namespace vernier
