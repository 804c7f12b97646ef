// CLIP, LLaVA 1.5, SigLIP, VILA-1.5: all of a picture, or its middle, as one image.
#include "datasets/images/plan/single_view.h"
#include "datasets/images/resample/resize.h"
#include "judges/engine/model/views/views.h"

namespace vernier::engine {
namespace {

class SingleView final : public Views {
 public:
  SingleView(const TilingConfig& tiling, const ImageProcessorConfig& processor)
      : processor_(processor), squash_(tiling.rule == TilingConfig::Rule::kSquash) {
    if (tiling.rule == TilingConfig::Rule::kPad) processor_.pad_to_square = true;
  }

  std::vector<images::Image> of(const images::Image& image, bool /*alone*/,
                                VisionInput& /*out*/) const override {
    if (squash_) return {processed(images::resize(image, final_size(), images::Filter::kBicubic))};
    if (!processor_.pad_to_square) return {processed(image)};
    return {processed(images::padded_square(image, images::mean_colour(processor_.mean)))};
  }

 private:
  bool crops() const { return processor_.kind == ImageProcessorKind::kClip; }
  images::Size size() const { return {processor_.size.width, processor_.size.height}; }
  images::Size crop() const { return {processor_.crop_width, processor_.crop_height}; }
  images::Size final_size() const { return crops() ? crop() : size(); }

  images::Image processed(const images::Image& image) const {
    if (!crops()) return processor_.resize ? images::resize(image, size(), filter()) : image;
    if (processor_.size.rule == ResizeTarget::Rule::kExact) {
      return images::resize(image, size(), filter());
    }
    return images::centre_view(image, processor_.size.height, crop(), filter());
  }

  images::Filter filter() const { return processor_.filter; }

  ImageProcessorConfig processor_;
  bool squash_;
};

}  // namespace

std::unique_ptr<Views> single_view(const TilingConfig& tiling,
                                   const ImageProcessorConfig& processor) {
  return std::make_unique<SingleView>(tiling, processor);
}

}  // namespace vernier::engine
