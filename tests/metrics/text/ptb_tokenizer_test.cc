// The Penn Treebank tokeniser against what CoreNLP 3.4.1 printed.
#include "metrics/text/ptb/ptb_tokenizer.h"

#include <gtest/gtest.h>

#include <chrono>
#include <random>

#include "metrics/text/unicode/unicode.h"

namespace vernier::text {
namespace {

std::string tokens_of(const Tokenizer& tokenizer, std::string_view text,
                      std::string_view following = {}) {
  TokenList tokens;
  tokenizer.tokenize(text, following, tokens);
  return tokens.joined();
}

// Lower case, punctuation kept: what the Java program itself prints.
std::string lexed(std::string_view text, std::string_view following = {}) {
  static const auto tokenizer = make_ptb_tokenizer({.drop_punctuation = false});
  return tokens_of(*tokenizer, text, following);
}
std::string cased(std::string_view text) {
  static const auto tokenizer =
      make_ptb_tokenizer({.lower_case = false, .drop_punctuation = false});
  return tokens_of(*tokenizer, text);
}
std::string tokens(std::string_view text) {
  static const auto tokenizer = make_ptb_tokenizer({});
  return tokens_of(*tokenizer, text);
}

struct Case {
  std::string_view text, tokens;
};

TEST(PtbTokenizer, EverydayText) {
  for (const Case& c : {
           Case{"A man can't stop; he doesn't know.", "a man ca n't stop ; he does n't know ."},
           {"It's the dog's bowl, isn't it?", "it 's the dog 's bowl , is n't it ?"},
           {"They cannot see 'em.", "they can not see 'em ."},
           {"I'm gonna wanna gotta gimme lemme", "i 'm gon na wan na got ta gim me lem me"},
           {"'Tis the season, 'twas cold", "'t is the season , 't was cold"},
           {"cannot's", "cannot 's"},
           {"y'all c'mon o'clock rock 'n' roll", "y' all c'mon o'clock rock 'n' roll"},
           {"the 1990's and the '90s", "the 1990 's and the '90s"},
           {"5 o'clock at St. John's Ave.", "5 o'clock at st. john 's ave."},
           {"Mr. Smith and Dr. Jones Jr. ran.", "mr. smith and dr. jones jr. ran ."},
           {"made in the U.S.", "made in the u.s."},
           {"5 a.m. and 6 p.m.", "5 a.m. and 6 p.m."},
           {"a jack-o'-lantern", "a jack-o ' - lantern"},
           {"black-and-white photo, 10-year-old, t-shirt",
            "black-and-white photo , 10-year-old , t-shirt"},
           {"red/white/blue and/or w/o", "red/white/blue and/or w/o"},
           {"a 1/2 cup and 1 1/2 cups and ½ cup", "a 1/2 cup and 1\u00A01/2 cups and 1/2 cup"},
           {"$5.00 and 10% or #1", "$ 5.00 and 10 % or # 1"},
           {"1,000 people, 3.5 feet, 12:30", "1,000 people , 3.5 feet , 12:30"},
           {"5'6\" tall", "5 ' 6 '' tall"},
           {"(hi) [a] {b} <b>bold</b> a < b",
            "-lrb- hi -rrb- -lsb- a -rsb- -lcb- b -rcb- <b> bold </b> a < b"},
           {"\"quoted text\" and 'single quoted'", "`` quoted text '' and ` single quoted '"},
           {"“curly” ‘single’ it’s", "`` curly '' ` single ' it 's"},
           {"wait... what…", "wait ... what ..."},
           {"a - b -- c --- d — e – f", "a - b -- c -- d -- e -- f"},
           {"AT&T R&B &amp; B & W", "at&t r&b & b & w"},
           {"at&t", "at & t"},
           {"Hello!! What?! Yes?", "hello !! what ?! yes ?"},
           {"end.Start of it", "end.start of it"},
           {":) :-( ;) <3 ^_^", ":-rrb- :--lrb- ;-rrb- < 3 ^_^"},
           {"café naïve 日本 😀 ☺ ♥ ©", "café naïve 日本 ☺ ♥ ©"},
           {"5°C 2×4 a+b=c", "5 ° c 2 × 4 a + b = c"},
           {"dogs' toys", "dogs ' toys"},
           {"no. 5 and no. It is No.", "no. 5 and no . it is no ."},
           {"(650) 555-1234", "-lrb-650-rrb-\u00A0555-1234"},
           {"foo@bar.com www.x.com http://a.b/c file.jpg",
            "foo@bar.com www.x.com http://a.b/c file.jpg"},
           {"foo😀bar", "foo bar"},
           {"", ""},
           {" \t \u00A0 ", ""},
       }) {
    EXPECT_EQ(lexed(c.text), c.tokens) << c.text;
  }
}

TEST(PtbTokenizer, CornersFoundAgainstTheRealLexer) {
  for (const Case& c : {
           Case{"e'era.m.etc.&Euml;", "e'er a.m.etc.&Euml;"},
           {"A'Ddil e’N E'Ws x", "A'Ddil e ’N E'Ws x"},
           {"'Tt I'Tde", "` Tt I ` Tde"},
           // everything between "=" and the next "<" belongs to this "smiley"
           {"x.[^x=a b<>]and", "x.[^x=a b<>] and"},
           // letters whose other case is ASCII count where the lexer ignores case
           {"'90\u017F's g\u0131mme M\u0131ss. k", "'90\u017F 's g\u0131m me M\u0131ss. k"},
           {"&apo\u017F; &APOS; &QUOT;x", "&apo\u017F; &APOS; &QUOT; x"},
           // emoji belong to addresses
           {"http://a.b/😀c 😀x.com", "http://a.b/😀c 😀x.com"},
           {"\u3000foo.org/bar.", "\u3000foo.org/bar ."},
           {"a \u3000foo.org/bar.", "a foo.org/bar ."},
           {"pro-u.s.-u.k. x-a.b.", "pro-u.s.-u.k. x-a.b."},
           {"PTY. Ltd Pte. lim co. ltd", "PTY. Ltd Pte. lim co. ltd"},
           {"12 123456 (12) 123456", "12\u00A0123456 -LRB-12-RRB-\u00A0123456"},
           {"1.2.3.4 +12.12.123.123 12.123.123", "1.2.3.4 +12.12.123.123 12.123.123"},
       }) {
    EXPECT_EQ(cased(c.text), c.tokens) << c.text;
  }
}

TEST(PtbTokenizer, DropsPunctuationTokens) {
  EXPECT_EQ(tokens("`A' \"b\" . ? ! , : - -- ... ; c"), "a b c");
  EXPECT_EQ(tokens("Why?! (No) -----"), "why ?! -lrb- no -rrb- -----");
  EXPECT_EQ(tokens("..."), "");
}

TEST(PtbTokenizer, LineBreaksInsideATextAreBlanks) {
  for (const std::string_view separator : {"\n", "\r\n", "\r", "\v", "\f", "\u2028", "\u2029"}) {
    const std::string text = "a dog" + std::string(separator) + "runs.";
    EXPECT_EQ(tokens(text), "a dog runs") << text;
  }
  EXPECT_EQ(tokens("1\n1/2 cups"), "1\u00A01/2 cups");
}

TEST(PtbTokenizer, LooksAtTheNextText) {
  EXPECT_EQ(tokens("plan a."), "plan a.");
  const auto tokenizer = make_ptb_tokenizer({});
  EXPECT_EQ(tokens_of(*tokenizer, "plan a.", "The man"), "plan a");
  EXPECT_EQ(tokens_of(*tokenizer, "plan a.", "the man"), "plan a.");
  EXPECT_EQ(tokens_of(*tokenizer, "plan a.", "He"), "plan a");
  EXPECT_EQ(tokens_of(*tokenizer, "it is no.", "5 men"), "it is no.");
  EXPECT_EQ(tokens_of(*tokenizer, "it is no.", "men"), "it is no");
}

TEST(PtbTokenizer, DropsTrailingSpaceOfTheLastToken) {
  EXPECT_EQ(tokens("see http://a.b/c\u00A0"), "see http://a.b/c");
  EXPECT_EQ(lexed("see http://a.b/c\u00A0"), "see http://a.b/c\u00A0");
}

// Whatever the bytes: every token is valid UTF-8, none is empty, none holds a blank.
TEST(PtbTokenizer, RandomTextGivesSoundTokens) {
  const auto tokenizer = make_ptb_tokenizer({});
  std::mt19937 random(1);
  constexpr std::u32string_view kUnits =
      U"aAnt'’`\".,-!?&;:()<>=@#$%*/\\_ 0159½é日\U0001F600\u00AD\u00A0\u0085\u017Fwcom";
  TokenList list;
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (int n = static_cast<int>(random() % 24); n > 0; --n) {
      append_utf8(text, kUnits[random() % kUnits.size()]);
    }
    list.clear();
    tokenizer->tokenize(text, "The end", list);
    for (std::size_t t = 0; t < list.size(); ++t) {
      ASSERT_FALSE(list[t].empty()) << text;
      ASSERT_EQ(list[t].find(' '), std::string_view::npos) << text;
      ASSERT_EQ(find_invalid_utf8(list[t]), std::string_view::npos) << text;
    }
  }
}

// Texts that make a lexer without memory quadratic: a million units each. No clock is read; a
// quadratic scanner would take hours and meet the test's time limit.
TEST(PtbTokenizer, LongTextsTakeLinearTime) {
  const auto tokenizer = make_ptb_tokenizer({});
  for (const std::string_view unit :
       {"a",  "a ",      "1,a.", "a%", "1a.", "+",    "=o", "&#1", "\\*",    "é'",
        "a@", "<a b='",  "<!a",  "'",  "&",   "www.", "a.", "-",   "x.[^x=", "é",
        "é%", "http://", "A&",   "a-", "a/",  "(",    ".",  "a'"}) {
    std::string text;
    while (text.size() < 1'000'000) text += unit;
    TokenList list;
    tokenizer->tokenize(text, {}, list);
    SUCCEED() << list.size();
  }
}

}  // namespace
}  // namespace vernier::text
