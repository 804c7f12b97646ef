#include "metrics/aggregate/signature_options.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace vernier {

std::optional<std::string_view> signature_field(std::string_view signature, std::string_view key) {
  while (!signature.empty()) {
    const std::size_t end = std::min(signature.find('|'), signature.size());
    const std::string_view part = signature.substr(0, end);
    if (part.size() > key.size() && part.starts_with(key) && part[key.size()] == ':') {
      return part.substr(key.size() + 1);
    }
    signature.remove_prefix(std::min(end + 1, signature.size()));
  }
  return std::nullopt;
}

namespace {

template <class Number>
bool read(std::optional<std::string_view> text, Number& value) {
  if (!text) return true;  // the usual value stays
  const char* const end = text->data() + text->size();
  const auto result = std::from_chars(text->data(), end, value);
  return result.ec == std::errc() && result.ptr == end;
}

}  // namespace

std::optional<MetricOptions> scoring_options(std::string_view signature) {
  MetricOptions options;
  SacrebleuOptions& bleu = options.sacrebleu;
  ChrfOptions& chrf = options.chrf;
  const std::optional<std::string_view> eff = signature_field(signature, "eff");
  bleu.effective_order = eff == "yes";
  chrf.eps_smoothing = eff == "no";
  bool good = read(signature_field(signature, "n"), bleu.max_order) &&
              read(signature_field(signature, "nc"), chrf.char_order);
  if (signature.starts_with("chrf")) {  // the beta of ROUGE-L is another one, and fixed
    good = good && read(signature_field(signature, "beta"), chrf.beta);
  }
  if (const std::optional<std::string_view> smooth = signature_field(signature, "smooth")) {
    const std::size_t bracket = std::min(smooth->find('['), smooth->size());
    bleu.smoothing = smooth->substr(0, bracket);
    std::optional<std::string_view> value = signature_field(signature, "smooth-value");
    if (!value && bracket < smooth->size()) {
      value = smooth->substr(bracket + 1, smooth->size() - bracket - 2);
    }
    if (value) good = good && read(value, bleu.smooth_value.emplace());
  }
  return good ? std::optional(options) : std::nullopt;
}

std::optional<MetricOptions> measuring_options(std::string_view signature) {
  std::optional<MetricOptions> options = scoring_options(signature);
  if (!options) return std::nullopt;
  const auto says = [signature](std::string_view key, std::string_view value) {
    return signature_field(signature, key) == value;
  };
  const std::string tokenizer(signature_field(signature, "tok").value_or(""));
  // Names of tokenisers carry versions: ptb-3.4.1, icu-72.1.
  options->tokenizer = tokenizer.substr(0, tokenizer.find('-'));
  options->sacrebleu.tokenizer = tokenizer;
  options->sacrebleu.lowercase = options->chrf.lowercase = says("case", "lc");
  options->chrf.whitespace = says("space", "yes");
  options->ter.case_sensitive = says("case", "mixed");
  options->ter.normalized = says("norm", "yes");
  options->ter.no_punct = says("punct", "no");
  options->ter.asian_support = says("asian", "yes");
  options->rouge_stem = says("stem", "porter");
  options->meteor_paraphrase = !says("para", "off");
  return options;
}

}  // namespace vernier
