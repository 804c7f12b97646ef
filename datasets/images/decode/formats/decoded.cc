#include "datasets/images/decode/formats/decoded.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/printable.h"

namespace vernier::images {

void check_size(const DecodeRequest& request, Size size) {
  if (size.pixels() == 0) {
    throw Error(ExitCode::kBadInput, fmt::format("{}: a picture of {} x {} pixels", request.name,
                                                 size.width, size.height));
  }
  if (size.pixels() > request.most_pixels) {
    throw Error(
        ExitCode::kBadInput,
        fmt::format("{}: {} x {} pixels are more than the limit of {} pixels: make it smaller",
                    request.name, size.width, size.height, request.most_pixels));
  }
}

void refuse(const DecodeRequest& request, const char* format, const std::string& reason) {
  throw Error(ExitCode::kBadInput,
              fmt::format("{}: the {} {}", request.name, format, printable(reason)));
}

}  // namespace vernier::images
