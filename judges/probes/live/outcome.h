// What a model answered to one question, with its picture and with others in its place.
#pragma once

#include <string>
#include <vector>

#include "judges/probes/live/answer_reader.h"
#include "judges/probes/live/question.h"

namespace vernier::probes {

struct LiveAnswer {
  bool given = false;  ///< false: it was not asked, or got no answer
  std::string text;
  ReadAnswer read;
};

struct LiveOutcome {
  LiveQuestion question;
  std::string label;       ///< in the form that answers are compared in
  bool commonest = false;  ///< the label is the commonest one of its kind
  LiveAnswer shown;        ///< with its own picture
  LiveAnswer grey;         ///< with a grey one in its place
  LiveAnswer other;        ///< with another scene's
  std::string other_image;
  std::vector<LiveAnswer> sides;  ///< with its picture in each size; empty: not asked
  LiveAnswer described;           ///< behind a description of the picture
};

}  // namespace vernier::probes
