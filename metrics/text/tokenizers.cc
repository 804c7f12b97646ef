// The list of tokenisers by name.
#include <fmt/format.h>

#include <functional>

#include "base/error.h"
#include "metrics/text/ptb/ptb_tokenizer.h"
#include "metrics/text/rouge/rouge_tokenizer.h"
#include "metrics/text/sacrebleu/sacrebleu_tokenizers.h"
#include "metrics/text/simple_tokenizers.h"
#include "metrics/text/tokenizer.h"

namespace vernier::text {
namespace {

struct Known {
  TokenizerInfo info;
  std::unique_ptr<Tokenizer> (*make)();
};

template <SacrebleuTokenizer kind>
std::unique_ptr<Tokenizer> sacrebleu() {
  return make_sacrebleu_tokenizer(kind, false);
}

const std::vector<Known>& known() {
  static const std::vector<Known> list = {
      {{"ptb", "Penn Treebank tokens of the caption tools: lower case, punctuation dropped"},
       [] { return make_ptb_tokenizer({}); }},
      {{"ptb-raw", "the same before lower-casing and dropping punctuation"},
       [] { return make_ptb_tokenizer({.lower_case = false, .drop_punctuation = false}); }},
      {{"icu", "Unicode word segmentation, for Chinese, Japanese, Korean, Thai, Arabic, ..."},
       [] { return make_icu_tokenizer(); }},
      {{"char", "one token a character, white space dropped, lower case"},
       [] { return make_char_tokenizer(); }},
      {{"13a", "sacreBLEU's default (mteval-v13a)"}, sacrebleu<SacrebleuTokenizer::k13a>},
      {{"intl", "sacreBLEU's mteval-v14 international"}, sacrebleu<SacrebleuTokenizer::kIntl>},
      {{"zh", "sacreBLEU's Chinese"}, sacrebleu<SacrebleuTokenizer::kZh>},
      {{"sacrebleu-char", "sacreBLEU's character tokens"}, sacrebleu<SacrebleuTokenizer::kChar>},
      {{"none", "split at white space, nothing else"}, sacrebleu<SacrebleuTokenizer::kNone>},
      {{"rouge", "rouge_score: lower case, runs of a-z and 0-9"},
       [] { return make_rouge_tokenizer(false); }},
      {{"rouge-stem", "the same with the Porter stemmer"},
       [] { return make_rouge_tokenizer(true); }},
  };
  return list;
}

}  // namespace

const std::vector<TokenizerInfo>& tokenizers() {
  static const std::vector<TokenizerInfo> list = [] {
    std::vector<TokenizerInfo> infos;
    for (const Known& k : known()) infos.push_back(k.info);
    return infos;
  }();
  return list;
}

std::unique_ptr<Tokenizer> open_tokenizer(std::string_view name) {
  std::string names;
  for (const Known& k : known()) {
    if (k.info.name == name) return k.make();
    names += names.empty() ? "" : ", ";
    names += k.info.name;
  }
  throw Error(ExitCode::kUsage, fmt::format("unknown tokenizer '{}'; known: {}", name, names));
}

}  // namespace vernier::text
