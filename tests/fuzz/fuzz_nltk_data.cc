// Any bytes as compiled NLTK data: data that tags and splits, or one Error(kResource). The first
// byte chooses whether the bytes get a sound head and digest.
#include <string>

#include "base/error.h"
#include "base/hash.h"
#include "metrics/text/nltk/nltk_data.h"
#include "metrics/text/sentences/sentence_splitter.h"
#include "metrics/text/tags/perceptron_tagger.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/written_file.h"

namespace {

using namespace vernier;
using fuzz::require;

/// A small sound file.
std::string sound_file() {
  text::NltkData data;
  data.punkt.abbreviations = {"mr", "st"};
  data.punkt.collocations = {"mt\tvernon"};
  data.punkt.sentence_starters = {"the"};
  data.punkt.contexts = {{"the", 114}, {"dog", 32}};
  data.tagger.tags = {"DT", "NN"};
  data.tagger.known = {{"the", 0}};
  data.tagger.weights = {{0.5, 1}, {1.0, 0}};
  data.tagger.index({{hash_bytes("bias"), 0, 1}, {hash_bytes("i suffix the"), 1, 1}});
  return fuzz::written_file([&](const std::string& path) { write_nltk_data(data, path); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string sound = sound_file();
  constexpr std::size_t kHead = 15;  // before the digest
  fuzz::Input input(data, size);
  const std::uint8_t how = input.byte();
  std::string bytes(how < 2 ? input.rest() : std::string_view(sound));
  if (how >= 2) fuzz::edit(bytes, input);
  if ((how & 1) != 0 && bytes.size() >= kHead + 8) {
    const std::uint64_t digest = hash_bytes(std::string_view(bytes).substr(kHead + 8));
    bytes.replace(0, kHead, sound, 0, kHead);
    bytes.replace(kHead, 8, reinterpret_cast<const char*>(&digest), 8);
  }
  const fuzz::MemoryFile file(bytes);
  try {
    const auto read = text::NltkData::open(file.path());
    text::TokenList tokens;
    for (const char* word : {"the", "dog", ""}) tokens.push(word);
    std::vector<std::string_view> tags, sentences;
    text::PerceptronTagger(read->tagger).tag(tokens, tags);
    require(tags.size() == 3);
    text::SentenceSplitter(read->punkt).split("Mr. X. The dog. Mt. Vernon", sentences);
    require(!sentences.empty());
  } catch (const Error& error) {
    require(error.code() == ExitCode::kResource);
  }
  return 0;
}
