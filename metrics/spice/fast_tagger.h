// Part-of-speech tags by the fast parser: what probes tag with where NLTK's tagger is not
// installed.
#pragma once

#include <memory>

#include "metrics/text/tags/tagger.h"

namespace vernier::spice {

std::shared_ptr<const text::Tagger> open_fast_tagger();

}  // namespace vernier::spice
