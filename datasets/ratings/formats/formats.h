// The formats of judgements, one a source (datasets/ratings/ratings.h).
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "datasets/objects/object_file.h"
#include "datasets/ratings/formats/record_filter.h"
#include "datasets/ratings/formats/set_builder.h"
#include "datasets/ratings/rated_set.h"
#include "datasets/ratings/ratings.h"

namespace vernier {

/// Whether the object holds objects with "human_judgement" by image.
bool is_keyed_ratings(const ObjectFile& file);
void read_keyed_ratings(const ObjectFile& file, const RatingOptions& options, SetBuilder& out);

/// Captions with ratings, or pairs of captions with a label; sets the format's name.
void read_rated_records(const ObjectFile& file, const RatingOptions& options, SetBuilder& out);

/// Lines of Flickr8k's annotations: captions without text, by their label. Returns false, having
/// added nothing, when the file's first line is none of these.
bool read_flickr8k_lines(const std::string& path, SetBuilder& out);

}  // namespace vernier
