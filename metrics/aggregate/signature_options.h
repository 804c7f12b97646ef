// Options read back out of signatures, so that a run can be scored or measured again as it was.
#pragma once

#include <optional>
#include <string_view>

#include "metrics/registry.h"

namespace vernier {

/// The value of KEY:VALUE in a signature.
std::optional<std::string_view> signature_field(std::string_view signature, std::string_view key);

/// The options that scores depend on once the rows are there; nothing where they make no sense.
std::optional<MetricOptions> scoring_options(std::string_view signature);

/// These and the options that rows depend on: how texts are split and compared. Files that a
/// signature names by their digests (document frequencies, METEOR's data) are left for the caller.
/// Whether the options are all there is to it, only the signature of the metric opened with them
/// can tell.
std::optional<MetricOptions> measuring_options(std::string_view signature);

}  // namespace vernier
