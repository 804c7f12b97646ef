// What a call says when it refuses a checkpoint.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "base/error.h"

namespace vernier::engine {

/// The one line of the Error(kResource) that `call` throws.
template <class Call>
std::string refusal(Call call) {
  try {
    call();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kResource) << error.what();
    EXPECT_EQ(std::string_view(error.what()).find('\n'), std::string_view::npos) << error.what();
    return error.what();
  }
  ADD_FAILURE() << "nothing was refused";
  return {};
}

/// Expects a refusal that holds all of the words.
template <class Call, class... Words>
void expect_refusal(Call call, Words... words) {
  const std::string message = refusal(call);
  for (const std::string_view word : {std::string_view(words)...}) {
    EXPECT_NE(message.find(word), std::string::npos) << message << "\nlacks: " << word;
  }
}

}  // namespace vernier::engine
