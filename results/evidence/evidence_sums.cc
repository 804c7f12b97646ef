#include "results/evidence/evidence_sums.h"

#include <algorithm>
#include <map>

#include "results/evidence/evidence.h"

namespace vernier {
namespace {

class Collector {
 public:
  explicit Collector(std::string probe) { sums_.probe = std::move(probe); }
  const std::string& probe() const { return sums_.probe; }

  void add(const ProbeEvidence& evidence, bool has_texts) {
    ++sums_.captions;
    const std::uint64_t before = sums_.invented;
    for (const Mention& mention : evidence.mentions) {
      if (has_texts && !mention.place) ++sums_.unplaced;
      if (mention.finding != Finding::kOther) add(mention);
    }
    sentences_.end_caption();
    tokens_.end_caption();
    if (sums_.invented > before) ++sums_.with_invented;
    sums_.objects += evidence.objects.size();
    sums_.left_out += evidence.left_out().size();
    sums_.unreadable += evidence.unreadable;
  }
  EvidenceSums finish() {
    sums_.sentences = sentences_.finish();
    sums_.tokens = tokens_.finish();
    for (auto& [name, object] : objects_) {
      if (object.invented > 0) sums_.most_invented.push_back(object);
    }
    // Of those invented as often the order is that of their names.
    std::ranges::stable_sort(sums_.most_invented, std::greater(), &EvidenceSums::Object::invented);
    return std::move(sums_);
  }

 private:
  void add(const Mention& mention) {
    const bool bad = mention.finding == Finding::kInvented;
    ++sums_.mentions;
    sums_.invented += bad;
    EvidenceSums::Object& object = objects_[mention.object];
    object.name = mention.object;
    ++object.mentions;
    object.invented += bad;
    if (mention.sentence) sentences_.add(*mention.sentence, bad);
    if (mention.token) tokens_.add(*mention.token, bad);
  }

  EvidenceSums sums_;
  SentenceCurve sentences_;
  TokenCurve tokens_;
  std::map<std::string, EvidenceSums::Object> objects_;
};

}  // namespace

std::vector<EvidenceSums> sum_evidence(const Run& run) {
  std::vector<Collector> collectors;
  for (const Run::Sample& sample : run.samples()) {
    for (const ProbeEvidence& evidence : evidence_of(sample.meta, sample.candidate)) {
      auto known = std::ranges::find(collectors, evidence.probe, &Collector::probe);
      if (known == collectors.end()) {
        known = collectors.insert(collectors.end(), Collector(evidence.probe));
      }
      known->add(evidence, run.has_texts());
    }
  }
  std::vector<EvidenceSums> out(collectors.size());
  std::ranges::transform(collectors, out.begin(), &Collector::finish);
  return out;
}

}  // namespace vernier
