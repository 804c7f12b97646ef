// Questions as keys.
#pragma once

#include <string>
#include <string_view>

namespace vernier::probes {

/// What two spellings of a question have in common: lower case, compatibility forms replaced, white
/// space as single blanks, without "<image>", "Question:" in front and without what prompts add
/// behind ("Answer the question using a single word or phrase.", "Please answer yes or no."). The
/// "imange" of older POPE files, which is their builder's mistake, equals "image".
std::string question_key(std::string_view question);

/// An image's file name without folders.
std::string_view image_key(std::string_view image);

}  // namespace vernier::probes
