#include "judges/precision/reading/paired_reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/error.h"
#include "base/io/interrupt.h"
#include "judges/engine/model/checkpoint_model.h"
#include "judges/engine/tokenizer/tokenizer.h"

namespace vernier::logits {

using chat::ChatAnswer;
using chat::ChatFailure;
using chat::ChatRequest;
using engine::Observed;

PairedReading::PairedReading(chat::LocalModel& a, std::size_t row_bytes)
    : a_(a), rows_(a.checkpoint().config().text.vocabulary, row_bytes) {}

std::size_t PairedReading::portion(std::span<const ChatRequest> requests, std::size_t most) const {
  most = std::min(std::max<std::size_t>(1, most), requests.size());
  std::size_t rows = 0;
  for (std::size_t n = 0; n < most; ++n) {
    // The token that ends it, and one for what the template writes before it.
    constexpr std::size_t kMore = 2;
    const std::string& text = requests[n].forced.value_or("");
    rows += a_.tokenizer().encode(text, {.add_special = false}).size() + kMore;
    if (n > 0 && rows > rows_.most()) return n;
  }
  return most;
}

std::vector<std::string> PairedReading::read(std::span<const ChatRequest> requests,
                                             const std::function<void()>& others) {
  if (!std::ranges::all_of(requests, [](const ChatRequest& r) { return r.forced.has_value(); })) {
    throw Error(ExitCode::kInternal, "a request whose answer is not given");
  }
  texts_.assign(requests.size(), {});
  numbers_.resize(requests.size());
  std::iota(numbers_.begin(), numbers_.end(), std::size_t{0});
  while (!numbers_.empty()) {
    requests_.clear();
    for (const std::size_t number : numbers_) requests_.push_back(requests[number]);
    read_by_a();
    others();
    std::erase_if(numbers_, [&](std::size_t number) { return texts_[number].finished(); });
  }
  std::vector<std::string> errors;
  errors.reserve(texts_.size());
  for (Text& text : texts_) errors.push_back(std::move(text.error));
  return errors;
}

void PairedReading::read_by_a() {
  rows_.clear();
  for (const std::size_t number : numbers_) {
    Text& text = texts_[number];
    text.first += text.rows.size();
    text.rows.clear();
    text.tokens.clear();
  }
  a_.run_watched(
      requests_,
      [&](std::size_t i, std::size_t place, std::uint32_t token, const Observed& observed) {
        Text& text = texts_[numbers_[i]];
        text.tokens.push_back(token);
        if (place < text.first) return;
        if (const auto row = rows_.add(observed.logits)) text.rows.push_back(*row);
      },
      [&](std::size_t i, const ChatAnswer& answer) {
        check_interrupt();
        Text& text = texts_[numbers_[i]];
        text.tokens_in = answer.tokens_in;
        if (answer.failure != ChatFailure::kNone) text.fail(answer.error);
      });
}

void PairedReading::compare(chat::LocalModel& b, const Difference& difference,
                            const std::function<void()>& answered) {
  b.run_watched(
      requests_,
      [&](std::size_t i, std::size_t place, std::uint32_t token, const Observed& observed) {
        Text& text = texts_[numbers_[i]];
        if (place >= text.tokens.size() || text.tokens[place] != token) {
          return text.fail("the models cut the text into different tokens");
        }
        if (place < text.first || place >= text.first + text.rows.size()) return;
        const TokenDrift drift =
            difference_(rows_.row(text.rows[place - text.first]), observed.logits, token);
        if (!std::isfinite(drift.kl)) {
          return text.fail("one of the models computes numbers that are infinite or NaN");
        }
        difference(numbers_[i], drift);
      },
      [&](std::size_t i, const ChatAnswer& answer) {
        check_interrupt();
        Text& text = texts_[numbers_[i]];
        if (answer.failure != ChatFailure::kNone) {
          text.fail(fmt::format("model B: {}", answer.error));
        } else if (answer.tokens_in != text.tokens_in) {
          text.fail(fmt::format("picture, prompt and text have {} tokens for A, {} for B",
                                text.tokens_in, answer.tokens_in));
        } else if (answer.forced.size() != text.tokens.size()) {
          text.fail("the models cut the text into different tokens");
        }
        answered();
      });
}

}  // namespace vernier::logits
