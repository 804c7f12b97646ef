#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "datasets/scenes/output/png.h"
#include "judges/visce/context/visual_context.h"
#include "runners/judge/audit/rows/rows.h"

namespace vernier {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

visce::Seen grey_picture() {
  constexpr std::size_t kSide = 64;
  const std::vector<std::uint8_t> pixels(kSide * kSide * 3, 127);
  auto picture = std::make_shared<chat::Picture>();
  picture->name = "a grey picture";
  picture->bytes = scenes::encode_png(pixels, kSide);
  return visce::see(picture);
}

std::vector<AuditJudge::Asked> correct_captions(const AuditJudge& judge) {
  std::vector<AuditJudge::Asked> out;
  for (std::size_t i = 0; i < judge.scenes().size(); ++i) {
    out.push_back({i, judge.scenes()[i].correct().text});
  }
  return out;
}

/// A least-squares slope; NaN without two different x.
double slope(const std::vector<std::pair<double, double>>& points) {
  double n = 0, x = 0, y = 0, xx = 0, xy = 0;
  for (const auto& [px, py] : points) {
    ++n;
    x += px;
    y += py;
    xx += px * px;
    xy += px * py;
  }
  const double spread = xx - x * x / n;
  return spread > 0 ? (xy - x * y / n) / spread : kNone;
}

}  // namespace

AuditRow omission_row(AuditJudge& judge) {
  AuditRow row{"omissions", "Does a caption get less the more it leaves out?", {}, {}};
  struct Place {
    std::size_t image;
    double recall;
  };
  std::vector<Place> places;
  std::vector<AuditJudge::Asked> asked;
  for (std::size_t i = 0; i < judge.scenes().size(); ++i) {
    const std::size_t objects = judge.scenes()[i].scene.objects.size();
    if (objects < 2) continue;
    for (std::size_t k = 1; k <= objects; ++k) {
      places.push_back({i, static_cast<double>(k) / static_cast<double>(objects)});
      asked.push_back({i, caption_of(judge.scenes()[i], k)});
    }
  }
  const Ratings ratings = judge.rate(asked);
  if (!ratings.usable()) {
    row.reason = ratings.complaint();
    return row;
  }
  std::map<std::size_t, std::vector<std::pair<double, double>>> by_image;
  std::vector<ClusteredValue> slopes, steps;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (std::isnan(ratings.scores[i])) continue;
    by_image[places[i].image].emplace_back(places[i].recall, ratings.scores[i]);
    const bool follows = i > 0 && places[i - 1].image == places[i].image;
    if (follows && !std::isnan(ratings.scores[i - 1])) {
      steps.push_back({places[i].image, ratings.scores[i] > ratings.scores[i - 1] ? 100.0 : 0.0});
    }
  }
  for (const auto& [image, points] : by_image) slopes.push_back({image, slope(points)});
  // A slope of nothing is what a judge has that sees no omissions.
  AuditMeasure rise = named(mean_of(slopes), "points from no object to all", 10);
  row.measures.push_back(std::move(rise));
  row.measures.push_back(named(mean_of(steps), "one object more is more, %", 50));
  return row;
}

AuditRow blindness_row(AuditJudge& judge) {
  AuditRow row{"blindness", "Does it look at the picture?", {}, {}};
  const std::vector<AuditJudge::Asked> own = correct_captions(judge);
  std::vector<AuditJudge::Asked> others = own, grey = own;
  const visce::Seen blank = grey_picture();
  for (std::size_t i = 0; i < own.size(); ++i) {
    others[i].other = judge.scenes()[(i + 1) % own.size()].seen;
    grey[i].other = blank;
  }
  const Ratings right = judge.rate(own), wrong = judge.rate(others), none = judge.rate(grey);
  if (!right.usable()) {
    row.reason = right.complaint();
    return row;
  }
  // Share of all pairs of a caption at its own and one at another image: P(own > other).
  std::vector<ClusteredValue> above;
  for (std::size_t i = 0; i < own.size(); ++i) {
    double wins = 0, pairs = 0;
    for (std::size_t k = 0; k < own.size(); ++k) {
      if (std::isnan(right.scores[i]) || std::isnan(wrong.scores[k])) continue;
      wins += right.scores[i] > wrong.scores[k] ? 1 : right.scores[i] == wrong.scores[k] ? 0.5 : 0;
      ++pairs;
    }
    if (pairs > 0) above.push_back({i, wins / pairs});
  }
  row.measures.push_back(
      named(mean_of(above), "AUC of captions at their own and at another picture", 0.95));
  std::vector<ClusteredValue> lost, lost_grey;
  for (std::size_t i = 0; i < own.size(); ++i) {
    lost.push_back({i, right.scores[i] - wrong.scores[i]});
    lost_grey.push_back({i, right.scores[i] - none.scores[i]});
  }
  row.measures.push_back(named(mean_of(lost), "points lost with another picture"));
  row.measures.push_back(named(mean_of(lost_grey), "points lost with a grey picture"));
  return row;
}

AuditRow context_row(AuditJudge& judge) {
  AuditRow row{"own words", "Does it believe its notes more than its eyes?", {}, {}};
  if (judge.how().mode != visce::RatingMode::kVisce) {
    row.reason =
        fmt::format("mode {} has no visual context", visce::rating_mode_name(judge.how().mode));
    return row;
  }
  std::vector<AuditJudge::Asked> without, with, correct, correct_with;
  for (std::size_t i = 0; i < judge.scenes().size(); ++i) {
    const AuditScene& scene = judge.scenes()[i];
    const FalseObject object = false_object(scene);
    const std::shared_ptr<const visce::VisualContext> own = judge.context(i);
    std::string text = own->text;
    const auto insert = [&](std::string_view heading, const std::string& line) {
      const std::size_t at = text.find(heading);
      if (at == std::string::npos) return false;
      const std::size_t end = std::min(text.find('\n', at), text.size());
      text.insert(end, "\n- " + line);
      return true;
    };
    if (!insert("Objects:", object.shape) ||
        !insert("Features:", object.shape + ": " + object.features)) {
      continue;
    }
    const auto false_context =
        std::make_shared<const visce::VisualContext>(visce::read_context(text, true));
    const std::string caption = scene.correct().text + " There is " + object.phrase + ".";
    without.push_back({i, caption, {}, own});
    with.push_back({i, caption, {}, false_context});
    correct.push_back({i, scene.correct().text, {}, own});
    correct_with.push_back({i, scene.correct().text, {}, false_context});
  }
  if (with.size() * 2 < judge.scenes().size()) {
    row.reason = "the contexts do not have the sections Objects and Features";
    return row;
  }
  const Ratings before = judge.rate(without), after = judge.rate(with);
  const Ratings true_before = judge.rate(correct), true_after = judge.rate(correct_with);
  if (!before.usable()) {
    row.reason = before.complaint();
    return row;
  }
  std::vector<ClusteredValue> gain, change;
  for (std::size_t i = 0; i < with.size(); ++i) {
    gain.push_back({with[i].image, after.scores[i] - before.scores[i]});
    change.push_back({with[i].image, true_after.scores[i] - true_before.scores[i]});
  }
  row.measures.push_back(
      named(mean_of(gain), "points for an invented thing that stands in the notes", {}, 5));
  row.measures.push_back(
      named(mean_of(change), "points for a correct caption whose notes have it too"));
  return row;
}

}  // namespace vernier
