// Whether texts are supported by evidence, sentence by sentence.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "judges/probes/relation/fact_judge.h"
#include "judges/probes/words/word_check.h"
#include "runners/probe/language/language_options.h"
#include "runners/probe/scenes/caption_facts.h"

namespace vernier {

struct CheckOptions {
  std::string texts = "-", evidence;
  double max_unsupported = 0;            ///< share of the sentences that claim something
  bool strict = false;                   ///< what is uncertain fails too
  SceneOptions scenes{false, "", true};  ///< sides joined
  LanguageOptions language;
  int threads = 0;
};

enum class SentenceVerdict : std::uint8_t {
  kNothingClaimed,
  kSupported,
  kUncertain,    ///< says more than the evidence, nothing against it
  kUnsupported,  ///< names what is not there, or says it the other way round
};
/// nothing claimed, supported, uncertain, unsupported.
const char* sentence_verdict_name(SentenceVerdict verdict);

struct CheckedSentence {
  probes::CharacterRange place;
  std::string text;
  SentenceVerdict verdict = SentenceVerdict::kNothingClaimed;
  std::vector<probes::CheckedWord> words;
  std::vector<probes::JudgedFact> against;  ///< facts that the evidence contradicts
};

struct CheckedEntry {
  std::string id;  ///< empty for a text without
  std::vector<CheckedSentence> sentences;
  std::size_t claiming = 0, failed = 0;  ///< sentences
  bool passed = true;
};

struct CheckStudy {
  std::vector<CheckedEntry> entries;
  std::size_t sentences = 0, claiming = 0, supported = 0, uncertain = 0, unsupported = 0;
  std::size_t failed_entries = 0;
  bool passed = true;
  std::string signature;
};

/// A text passes where the share of its sentences that fail is at most max_unsupported; all must.
/// Evidence is one text or record for all, or records joined by id. Throws Error(kBadInput) for
/// texts without evidence.
CheckStudy study_check(const CheckOptions& options, const GlobalOptions& global);

}  // namespace vernier
