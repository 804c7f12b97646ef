// Invented words that people marked, against those that checks find.
#pragma once

#include <string>
#include <vector>

#include "judges/probes/words/labelled/labelled_texts.h"
#include "judges/probes/words/word_check.h"
#include "results/statistics/intervals/interval.h"
#include "runners/probe/objects/object_options.h"

namespace vernier {

struct WordsOptions {
  std::string labelled;
  ObjectOptions objects;
  std::size_t resamples = 1000;
  std::uint64_t seed = 1;
  int threads = 0;
};

/// How well one check finds what people marked. In shares; NaN where undefined.
struct CheckQuality {
  double average_precision = 0, area = 0;  ///< of texts with something invented
  double localisation = 0;  ///< of those: the check's first suspect is one of the marked words
};

/// A number with its 95 % interval over images.
struct MeasuredQuality {
  CheckQuality value;
  Interval average_precision, area, localisation;
};

/// Both checks on some of the texts.
struct WordsPart {
  std::string group;  ///< empty: all texts
  std::size_t texts = 0, invented = 0;
  MeasuredQuality words, chair, difference;  ///< difference: words - chair, on the same resamples
  /// Of marked and unmarked content words: how many were called unsupported. Where places are
  /// known.
  std::size_t marked = 0, marked_found = 0, unmarked = 0, unmarked_found = 0;
};

struct CheckedText {
  std::vector<probes::CheckedWord> words;
  probes::ChairCaption chair;
  double words_score = 0, chair_score = 0;  ///< how suspect the text is
  bool words_hit = false, chair_hit = false;
};

struct WordsStudy {
  probes::LabelledTexts labelled;
  probes::ObjectVocabulary vocabulary;
  std::vector<CheckedText> texts;
  std::vector<WordsPart> parts;  ///< all texts first, then groups by name
  std::string signature;
};

/// References are the evidence, or --objects where the file has none. Throws Error(kUsage) where
/// there is no evidence at all.
WordsStudy study_words(const WordsOptions& options, const GlobalOptions& global);

}  // namespace vernier
