// Any text as a caption: NLTK's sentences and words with their places, CHAIR's mentions. Places lie
// in the caption, in order; the same on every call. The first byte chooses lower case, and whether
// the text is repeated, so that work that is not linear runs into the time limit.
#include <memory>
#include <string>

#include "judges/probes/object/words/object_finder.h"
#include "tests/fuzz/input.h"

namespace {

using namespace vernier;
using fuzz::require;

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t pos = 0; pos < text.size(); ++count) text::next_code_point(text, pos);
  return count;
}

void check_tokens(const text::PunktParameters& punkt, bool lower, const std::string& caption) {
  probes::CaptionTokenizer tokenizer(punkt, lower);
  probes::CaptionTokens tokens, again;
  tokenizer.tokenize(caption, tokens);
  tokenizer.tokenize(caption, again);
  const std::size_t size = characters(caption);
  require(tokens.words.size() == tokens.places.size());
  require(tokens.words.size() == tokens.sentences.size());
  require(tokens.words.size() == again.words.size());
  std::uint32_t begin = 0, sentence = 0;
  for (std::size_t i = 0; i < tokens.words.size(); ++i) {
    fuzz::require_utf8(tokens.words[i]);
    require(!tokens.words[i].empty() && tokens.words[i] == again.words[i]);
    require(tokens.places[i].begin >= begin && tokens.places[i].end > tokens.places[i].begin);
    require(tokens.places[i].end <= size);
    require(tokens.sentences[i] >= sentence && tokens.sentences[i] < tokens.sentence_count);
    begin = tokens.places[i].begin;
    sentence = tokens.sentences[i];
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const probes::ObjectVocabulary vocabulary = probes::ObjectVocabulary::coco();
  static const probes::LanguageTools tools = [] {
    probes::LanguageTools made;
    made.punkt = std::shared_ptr<const text::PunktParameters>(std::shared_ptr<void>(),
                                                              &text::built_in_punkt_parameters());
    return made;
  }();
  fuzz::Input input(data, size);
  const std::uint8_t how = input.byte();
  std::string caption = fuzz::read_texts(input.rest(), 1)[0];
  if (how >= 0xF0) {
    const std::string once = caption;
    while (!once.empty() && caption.size() + once.size() <= std::size_t{16} << 10) caption += once;
  }
  check_tokens(*tools.punkt, (how & 1) != 0, caption);
  probes::ObjectFinder finder(vocabulary, probes::Normalisation::kPattern, tools);
  const probes::FoundObjects found = finder.find(caption);
  const std::size_t end = characters(caption);
  for (const probes::Mention& mention : found.mentions) {
    require(mention.object < vocabulary.class_count() && mention.token < found.tokens);
    require(mention.place.begin < mention.place.end && mention.place.end <= end);
  }
  require(finder.find(caption).mentions.size() == found.mentions.size());
  return 0;
}
