#include "runners/judge/answers/caption_pass.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "base/io/interrupt.h"
#include "runners/judge/answers/caption_order.h"
#include "runners/pipeline/progress.h"

namespace vernier {
namespace {

constexpr std::size_t kPortion = 64;

}  // namespace

CaptionPass::CaptionPass(const CaptionFile& file, const std::string& images, std::string label,
                         const GlobalOptions& global)
    : file_(file), folder_(images), label_(std::move(label)), global_(global) {}

void CaptionPass::run(const Known& known, const Ask& ask_about) {
  Progress progress(label_, global_.quiet);
  std::uint64_t done = 0;
  std::vector<SeenCaption> portion;
  const auto ask_portion = [&] {
    ask_about(portion);
    done += portion.size();
    portion.clear();
    progress.update(done, file_.captions.size());
    check_interrupt();
  };
  visce::Seen seen;  // the last one
  std::string_view seen_id;
  for (const std::size_t i : by_image(file_)) {
    const std::string& id = file_.captions[i].image_id;
    try {
      if (seen.picture == nullptr || seen_id != id) {
        seen = visce::see(folder_.load(id));
        seen_id = id;
      }
    } catch (const Error& error) {
      if (error.code() != ExitCode::kBadInput) throw;
      fail(i, error.what());
      ++done;
      continue;
    }
    SeenCaption one{i, seen};
    if (known(one)) {
      ++done;
      continue;
    }
    portion.push_back(std::move(one));
    if (portion.size() == kPortion) ask_portion();
  }
  if (!portion.empty()) ask_portion();
}

void CaptionPass::fail(std::size_t caption, std::string reason) {
  failed_.emplace_back(caption, std::move(reason));
}

std::vector<Unanswered> CaptionPass::failed() const {
  auto in_order = failed_;
  std::ranges::sort(in_order, {}, &std::pair<std::size_t, std::string>::first);
  std::vector<Unanswered> out;
  out.reserve(in_order.size());
  for (auto& [caption, reason] : in_order) {
    out.push_back({file_.captions[caption].id, std::move(reason)});
  }
  return out;
}

}  // namespace vernier
