// Any bytes as a picture: decoded within the limit of pixels or refused as bad input, the same
// every time, transparency dropped or laid on white, turned upright or not; then through every
// plan. Seeds: tests/datasets/images/goldens/files.
#include <vector>

#include "datasets/images/decode/decode.h"
#include "datasets/images/pixels/normaliser.h"
#include "datasets/images/plan/any_res.h"
#include "datasets/images/plan/single_view.h"
#include "datasets/images/plan/splitting.h"
#include "tests/fuzz/input.h"

namespace {

using namespace vernier::images;
using vernier::fuzz::require;

constexpr std::uint64_t kMostPixels = 1 << 14;

void check_plans(const Image& image) {
  require(centre_view(image, 20, {20, 20}, Filter::kBicubic).size() == Size{20, 20});
  const Image square = padded_square(image, {1, 2, 3}, 4096);
  require(square.width() == square.height());
  const AnyResOptions any_res{{{16, 32}, {32, 16}, {32, 32}}, 16, 8, Filter::kBilinear};
  const AnyResPlan plan = plan_any_res(image.size(), any_res);
  require(any_res_tiles(image, plan, any_res).size() == 1 + plan.rows * plan.columns);
  require(plan.kept_rows <= 2 * plan.rows && plan.kept_columns <= 2 * plan.columns);
  const SplittingOptions options{48, 12, true, Filter::kLanczos};
  const SplittingPlan splitting = plan_splitting(image.size(), options);
  const std::vector<Image> frames = split(image, splitting, options);
  require(frames.size() == splitting.frames());
  for (const Image& frame : frames) require(frame.size() == Size{12, 12});
  require(Normaliser(kClipNormalisation).pixels(frames[0]).size() == 3 * 12 * 12);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  vernier::fuzz::answered_or_refused([&] {
    const Image image = decode(bytes, "fuzz", {Alpha::kDrop, false, kMostPixels});
    require(image.size().pixels() > 0 && image.size().pixels() <= kMostPixels);
    const Image again = decode(bytes, "fuzz", {Alpha::kDrop, false, kMostPixels});
    require(std::ranges::equal(image.bytes(), again.bytes()));
    const Image upright = decode(bytes, "fuzz", {Alpha::kOnWhite, true, kMostPixels});
    require(upright.size() == image.size() ||
            upright.size() == Size{image.height(), image.width()});
    check_plans(image);
  });
  return 0;
}
