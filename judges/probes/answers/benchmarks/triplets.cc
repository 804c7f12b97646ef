#include "judges/probes/answers/benchmarks/triplets.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <set>

#include "base/error.h"
#include "base/printable.h"
#include "judges/probes/answers/text/question_text.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier::probes {
namespace {

constexpr std::size_t kShown = 10;

struct Judged {
  std::uint64_t all = 0, object = 0, relation = 0;

  double rate(std::uint64_t part) const {
    return static_cast<double>(part) / static_cast<double>(all);
  }
};

const Value& list_of(const ObjectRecord& record, std::string_view name) {
  const Value* list = record.find(name);
  if (list == nullptr || !list->is_array()) {
    record.refuse(fmt::format("expected a list in \"{}\"", name));
  }
  return *list;
}

void add_triplet(const ObjectRecord& record, const Value& triplet, Judged& judged,
                 TripletScores& scores) {
  if (!triplet.is_object()) {
    record.refuse("expected triplets that are objects with \"triplet\" and \"verdict\"");
  }
  const Value* verdict = triplet.find("verdict");
  if (verdict == nullptr)
    record.refuse("expected a \"verdict\" in every triplet, null where it failed");
  if (verdict->is_null()) {
    ++scores.failed;
    return;
  }
  const std::string text = text::to_lower(verdict->text);
  const bool supported = text == "supported" || text == "yes" || text == "entailment";
  const bool object = text == "object", relation = text == "relation";
  if (!supported && !object && !relation) {
    record.refuse(fmt::format("expected the verdict supported, object or relation, found '{}'",
                              printable(verdict->text, 40)));
  }
  ++judged.all;
  judged.object += object;
  judged.relation += relation;
  scores.hallucinated.add(!supported);
  scores.object.add(object);
  scores.relation.add(relation);
}

std::string key_of(std::string_view image, std::string_view question) {
  return std::string(image_key(image)) + "\n" + question_key(question);
}

/// All questions of tri-he.json, by key; what is shown of them.
std::map<std::string, std::string> asked(const ObjectFile& questions) {
  std::map<std::string, std::string> out;
  for (const ObjectRecord& image : questions.members()) {
    for (const Value& instance : list_of(image, "instance").items) {
      const Value* question = instance.is_object() ? instance.find("question") : nullptr;
      if (question == nullptr || !question->is_string()) {
        image.refuse("expected a \"question\" in every instance");
      }
      out.emplace(
          key_of(image.key(), question->text),
          fmt::format("{} \"{}\"", printable(image.key(), 40), printable(question->text, 80)));
    }
  }
  return out;
}

double mean(double sum, std::size_t n) { return sum / static_cast<double>(n); }

void fill_means(TripletScores& scores, const std::map<std::string, std::vector<Judged>>& images) {
  std::size_t questions = 0;
  double per_image[3] = {}, per_question[3] = {};
  for (const auto& [image, all] : images) {
    double sums[3] = {};
    for (const Judged& one : all) {
      sums[0] += one.rate(one.object + one.relation);
      sums[1] += one.rate(one.object);
      sums[2] += one.rate(one.relation);
    }
    questions += all.size();
    for (std::size_t k = 0; k < 3; ++k) {
      per_question[k] += sums[k];
      per_image[k] += mean(sums[k], all.size());
    }
  }
  scores.per_question = mean(per_question[0], questions);
  scores.object_per_question = mean(per_question[1], questions);
  scores.relation_per_question = mean(per_question[2], questions);
  scores.per_image = mean(per_image[0], images.size());
  scores.object_per_image = mean(per_image[1], images.size());
  scores.relation_per_image = mean(per_image[2], images.size());
}

}  // namespace

TripletStatistics triplet_statistics(const ObjectFile& file) {
  TripletStatistics out;
  for (const ObjectRecord& image : file.members()) {
    ++out.images;
    out.questions += list_of(image, "instance").items.size();
    out.triplets += list_of(image, "triplets").items.size();
  }
  return out;
}

TripletScores triplet_scores(const ObjectFile& file, const ObjectFile* questions,
                             bool allow_missing) {
  TripletScores scores;
  std::map<std::string, std::string> open;
  if (questions != nullptr) open = asked(*questions);
  const std::map<std::string, std::string> known = open;
  std::map<std::string, std::vector<Judged>> images;
  std::set<std::string> seen, all_images;
  for (const ObjectRecord& record : file.records()) {
    const std::string image(record.text({"image_id", "image"}));
    const std::string key = key_of(image, record.text({"question"}));
    if (questions != nullptr && known.count(key) == 0) {
      record.refuse(fmt::format("expected a question of {}, found another", questions->name()));
    }
    if (!seen.insert(key).second) record.refuse("expected each question of an image once");
    open.erase(key);
    Judged judged;
    for (const Value& triplet : list_of(record, "triplets").items) {
      add_triplet(record, triplet, judged, scores);
    }
    ++scores.questions;
    all_images.insert(image);
    if (judged.all == 0) {
      ++scores.without_triplets;
    } else {
      images[image].push_back(judged);
    }
  }
  scores.images = all_images.size();
  scores.missing = open.size();
  if (!open.empty() && !allow_missing) {
    std::vector<std::string> first;
    for (const auto& [key, shown] : open) {
      if (first.size() < kShown) first.push_back(shown);
    }
    throw Error(ExitCode::kBadInput,
                fmt::format("{}: {} of {} questions were not judged: {}{}; --allow-missing counts "
                            "them",
                            file.name(), open.size(), known.size(), fmt::join(first, ", "),
                            open.size() > kShown ? ", ..." : ""));
  }
  fill_means(scores, images);
  return scores;
}

}  // namespace vernier::probes
