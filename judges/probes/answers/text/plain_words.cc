#include "judges/probes/answers/text/plain_words.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier::probes {
namespace {

constexpr std::string_view kThoughts[] = {"think", "thinking", "thought", "reasoning"};

/// ASCII only, so that offsets stay.
std::string ascii_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

void cut_block(std::string& text, const std::string& open, const std::string& close) {
  const std::string lower = ascii_lower(text);
  std::string kept;
  std::size_t at = 0, begin = lower.find(open), end = lower.find(close);
  for (;;) {
    // Looked for again only behind what was found: linear for any number of either.
    if (begin < at) begin = lower.find(open, at);
    if (end < at) end = lower.find(close, at);
    if (end < begin) {  // closed only: what came before was the thought
      kept.clear();
      at = end + close.size();
    } else if (begin == std::string::npos) {
      kept += text.substr(at);
      break;
    } else {
      kept += text.substr(at, begin - at);
      if (end == std::string::npos) break;  // cut off while thinking
      kept += ' ';
      at = end + close.size();
    }
  }
  text = std::move(kept);
}

bool is_apostrophe(char32_t c) {
  return c == '\'' || c == '`' || c == 0x2018 || c == 0x2019 || c == 0x02BC || c == 0x00B4 ||
         c == 0x2032 || c == 0xFF07;
}

bool is_word_character(char32_t c) {
  const auto point = static_cast<UChar32>(c);
  return u_isalnum(point) != 0 || (U_GET_GC_MASK(point) & U_GC_M_MASK) != 0;
}

bool ends_sentence(char32_t c) {
  return c == '.' || c == '!' || c == '?' || c == ';' || c == '\n' || c == '\r' || c == 0x3002 ||
         c == 0x2028 || c == 0x2029;
}

}  // namespace

std::string compatible_text(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(status);
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  if (U_SUCCESS(status)) {
    nfkc->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<int32_t>(text.size())), sink,
                        nullptr, status);
  }
  if (U_FAILURE(status)) {
    throw Error(ExitCode::kResource, "ICU cannot normalise text: its data is missing");
  }
  return out;
}

std::string without_thoughts(std::string_view answer) {
  std::string text(answer);
  if (text.find('<') == std::string::npos) return text;
  for (const std::string_view name : kThoughts) {
    cut_block(text, "<" + std::string(name) + ">", "</" + std::string(name) + ">");
  }
  // What the answer is wrapped in is none of its words.
  for (const std::string_view tag : {"<answer>", "</answer>"}) {
    const std::string lower = ascii_lower(text);
    std::string kept;
    std::size_t from = 0;
    for (std::size_t at; (at = lower.find(tag, from)) != std::string::npos;) {
      kept.append(text, from, at - from).push_back('\n');
      from = at + tag.size();
    }
    kept.append(text, from);
    text = std::move(kept);
  }
  return text;
}

std::string plain_text(std::string_view text) {
  if (std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
    std::string out = ascii_lower(text);
    std::ranges::replace(out, '`', '\'');
    return out;
  }
  // Before NFKC, which takes an acute accent apart into a blank and a mark.
  std::string straight;
  for (std::size_t pos = 0; pos < text.size();) {
    const char32_t c = text::next_code_point(text, pos);
    if (is_apostrophe(c)) {
      straight += '\'';
    } else if (u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ==
               0) {
      text::append_utf8(straight, c);
    }
  }
  return text::to_lower(compatible_text(straight));
}

std::vector<PlainWord> plain_words(std::string_view answer) {
  const std::string text = plain_text(without_thoughts(answer));
  std::vector<PlainWord> words;
  PlainWord next;
  next.begins_sentence = true;
  bool only_slash = false;  // between the last word and here
  const auto finish = [&] {
    while (next.text.ends_with('\'')) next.text.pop_back();
    if (next.text.empty()) return;
    words.push_back(std::move(next));
    next = PlainWord();
    only_slash = false;
  };
  for (std::size_t pos = 0; pos < text.size();) {
    const std::size_t begin = pos;
    const char32_t c = text::next_code_point(text, pos);
    if (is_word_character(c) || (c == '\'' && !next.text.empty())) {
      if (next.text.empty()) next.after_slash = only_slash && !words.empty();
      next.text.append(text, begin, pos - begin);
      continue;
    }
    finish();
    if (ends_sentence(c)) next.begins_sentence = true;
    if (c == '/') only_slash = true;
  }
  finish();
  if (!words.empty()) words.front().begins_sentence = true;
  return words;
}

}  // namespace vernier::probes
