// What a model is to be asked about: a folder of drawn scenes, or a file of questions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "judges/probes/live/question.h"

namespace vernier {

struct LiveSource {
  std::string scenes;     ///< a folder as `vernier synth` writes it; or
  std::string questions;  ///< a file of questions,
  std::string images;     ///< and a folder of pictures (default: images/ in `scenes`)

  /// All that is read, which no output may overwrite.
  std::vector<std::string> inputs() const;
};

struct LiveData {
  std::string name;  ///< printable
  probes::LiveQuestions questions, groups, needles;
  std::string graphs;  ///< path of the scenes' graphs; empty: there are none
  /// Folders of the same pictures by size, ascending; one of side 0 where there is one size.
  std::vector<std::string> folders;
  std::vector<std::uint64_t> sides;
  std::uint64_t digest = 0;  ///< of all questions

  bool sized() const { return sides.size() > 1; }
  std::size_t main_folder() const { return folders.size() - 1; }  ///< the largest pictures

  /// Kinds of questions about one picture, then position, needle, resolution, presets, as far as
  /// there is something to ask.
  std::vector<std::string> kinds() const;
  bool holds_questions_of(const std::string& kind) const;
};

/// Throws Error(kUsage) for a folder that holds nothing to ask and for one without pictures,
/// Error(kBadInput) for what its files hold.
LiveData open_live_data(const LiveSource& source);

/// The kinds to be asked: those wanted, in the order of data.kinds(), or all of them but presets.
/// Resolution and presets need questions: without any, those of all kinds, or all that are answered
/// yes or no. Throws Error(kUsage), naming those there are, for others.
std::vector<std::string> choose_kinds(const LiveData& data, const std::vector<std::string>& wanted);

/// Whether all questions of the kind are answered yes or no.
bool is_yes_no_kind(const LiveData& data, const std::string& kind);

}  // namespace vernier
