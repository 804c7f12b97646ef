// Models whose faults are known, and what they are asked about.
#pragma once

#include <functional>
#include <string>

#include "base/hash.h"
#include "judges/chat/chat_model.h"
#include "judges/probes/live/controls.h"
#include "runners/probe/live/study/live_study.h"
#include "tests/support/command.h"

namespace vernier::tests {

/// What a stub is told of a question.
struct StubQuestion {
  std::vector<std::string> images;  ///< ids; "grey" for grey pictures
  std::string text;
  double chance = 0;  ///< from 0 to 1, the same for the same question and pictures
};

/// Answers by a function.
class StubModel final : public chat::ChatModel {
 public:
  using Answer = std::function<std::string(const StubQuestion&)>;
  StubModel(Answer answer, std::uint64_t seed) : answer_(std::move(answer)), seed_(seed) {}

  std::string signature() const override { return "model:stub"; }
  bool scores_texts() const override { return false; }
  void run(std::span<const chat::ChatRequest> requests,
           const std::function<void(std::size_t, chat::ChatAnswer)>& done) override {
    for (std::size_t i = 0; i < requests.size(); ++i) {
      ++asked;
      StubQuestion question;
      for (const auto& picture : requests[i].pictures) {
        std::string name = picture->name.substr(picture->name.rfind('/') + 1);
        name = name.substr(0, name.find('.'));
        question.images.push_back(name.starts_with("grey") ? "grey" : name);
      }
      question.text = requests[i].messages.back().content.back().text;
      std::uint64_t hash = hash_more(seed_, hash_bytes(question.text));
      for (const std::string& image : question.images) hash = hash_more(hash, hash_bytes(image));
      question.chance = static_cast<double>(hash >> 11) / 9007199254740992.0;
      chat::ChatAnswer answer;
      if (most_pictures > 0 && question.images.size() > most_pictures) {
        answer.failure = chat::ChatFailure::kRequest;
        answer.error = "too many pictures";
      } else {
        answer.text = answer_(question);
        answer.finished = true;
      }
      done(i, std::move(answer));
    }
  }

  std::size_t asked = 0;
  std::size_t most_pictures = 0;  ///< 0: any number

 private:
  Answer answer_;
  std::uint64_t seed_;
};

/// Pictures m0, m1, ..., each with a yes/no question and a count; in groups of four, rotated.
class StubData {
 public:
  explicit StubData(std::size_t images) {
    std::filesystem::create_directories(folder_.path("images"));
    const std::string png = probes::grey_picture({4, 4})->bytes;
    std::string questions, groups, needles;
    for (std::size_t i = 0; i < images; ++i) {
      folder_.write("images/m" + std::to_string(i) + ".png", png);
      const std::string image = "\"image_id\":\"m" + std::to_string(i) + "\"";
      questions += "{\"question_id\":\"e" + std::to_string(i) + "\"," + image +
                   ",\"category\":\"existence\",\"text\":\"Is it there?\",\"answer\":\"" +
                   existence(i) + "\"" + (existence(i) == "no" ? ",\"negative\":\"hard\"" : "") +
                   "}\n";
      questions += "{\"question_id\":\"c" + std::to_string(i) + "\"," + image +
                   ",\"category\":\"count\",\"text\":\"How many?\",\"answer\":\"" + count(i) +
                   "\"}\n";
    }
    for (std::size_t g = 0; g + 4 <= images; g += 4) {
      for (std::size_t order = 0; order < 4; ++order) {
        for (std::size_t place = 0; place < 4; ++place) {
          std::string record = "{\"group\":" + std::to_string(g) +
                               ",\"order\":" + std::to_string(order) +
                               ",\"position\":" + std::to_string(place + 1) + ",\"image_id\":\"m" +
                               std::to_string(g + (place + order) % 4) + "\",\"images\":[";
          for (std::size_t k = 0; k < 4; ++k) {
            record += (k == 0 ? "\"m" : ",\"m") + std::to_string(g + (k + order) % 4) + "\"";
          }
          record += "],\"text\":\"In image " + std::to_string(place + 1) +
                    ", how many?\",\"label\":\"" + count(g + (place + order) % 4) + "\"";
          groups += record + "}\n";
          needles +=
              record + ",\"depth\":" + std::to_string(static_cast<double>(place) / 3) + "}\n";
        }
      }
    }
    folder_.write("questions.jsonl", questions);
    folder_.write("groups.jsonl", groups);
    needles_ = needles;
  }

  static std::string existence(std::size_t image) { return hash(image) % 2 == 0 ? "yes" : "no"; }
  static std::string count(std::size_t image) { return std::to_string(1 + hash(image) / 2 % 4); }
  LiveData open() const { return open_live_data({folder_.path("").string(), "", ""}); }
  const TemporaryFolder& folder() const { return folder_; }
  /// The groups once more, as needles at four depths.
  void add_needles() const { folder_.write("needles.jsonl", needles_); }

  /// The right answer, or, where the picture asked about does not show it, "" .
  static std::string truth(const StubQuestion& question) {
    const std::string& image = question.images[place(question)];
    if (image == "grey") return "";
    const std::size_t number = std::stoul(image.substr(1));
    return question.text == "Is it there?" ? existence(number) : count(number);
  }
  static std::size_t place(const StubQuestion& question) {
    return question.text.starts_with("In image ") ? std::stoul(question.text.substr(9)) - 1 : 0;
  }
  /// Any answer of the question's kind.
  static std::string guess(const StubQuestion& question) {
    const auto number = static_cast<std::size_t>(question.chance * 1e6);
    if (question.text == "Is it there?") return number % 2 == 0 ? "yes" : "no";
    return std::to_string(1 + number % 4);
  }
  /// Another answer than this.
  static std::string wrong(const std::string& answer) {
    if (answer == "yes") return "no";
    if (answer == "no") return "yes";
    return answer == "1" ? "2" : "1";
  }

 private:
  static std::uint64_t hash(std::size_t image) { return hash_more(4711, image) >> 13; }

  TemporaryFolder folder_;
  std::string needles_;
};

}  // namespace vernier::tests
