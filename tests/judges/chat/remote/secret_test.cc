#include "judges/chat/remote/address/secret.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "base/error.h"

namespace vernier::chat {
namespace {

TEST(Secret, IsTakenOutBeforeTheCut) {
  const Secret key("sk-0123456789");
  EXPECT_EQ(key.message("no sk-0123456789, sk-0123456789!"), "no [key], [key]!");
  EXPECT_EQ(key.message("12345sk-0123456789", 8), "12345[ke...");
  EXPECT_EQ(key.answer("sk-0123456789"), "[key]");
}

TEST(Secret, MessagesAreShortAndPrintable) {
  const Secret none;
  EXPECT_EQ(none.message("  two\nlines\t"), "two\\nlines");
  EXPECT_LE(none.message(std::string(5000, '\x01')).size(), Secret::kMostMessage + 3);
  EXPECT_LE(none.message(std::string(5000, 'a')).size(), Secret::kMostMessage + 3);
  EXPECT_EQ(none.message(""), "");
  EXPECT_EQ(none.message(" \n "), "");
}

TEST(Secret, AShortKeyIsAWordInAnswers) {
  const Secret key("EMPTY");
  EXPECT_EQ(key.answer("AN EMPTY ROOM"), "AN EMPTY ROOM");
  EXPECT_EQ(key.message("wrong key EMPTY"), "wrong key [key]");
}

TEST(Secret, ComesFromTheEnvironment) {
  setenv("VERNIER_API_KEY", " abc-def\n", 1);
  EXPECT_EQ(Secret::of_environment().reveal(), "abc-def");
  setenv("VERNIER_API_KEY", "", 1);
  EXPECT_TRUE(Secret::of_environment().empty());
  unsetenv("VERNIER_API_KEY");
  EXPECT_TRUE(Secret::of_environment().empty());
}

TEST(Secret, RefusesWhatWouldBeAnotherHeader) {
  for (const char* key : {"abc\r\nHost: evil", "a b", "k\xC3\xA9y", "a\x7F"}) {
    try {
      const Secret secret(key);
      ADD_FAILURE();
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ExitCode::kUsage);
      EXPECT_EQ(std::string_view(error.what()).find(key), std::string_view::npos);
    }
  }
}

}  // namespace
}  // namespace vernier::chat
