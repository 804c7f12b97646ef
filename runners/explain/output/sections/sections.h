// The part of an explanation that is about one metric, as text.
#pragma once

#include <string>

#include "runners/explain/output/explain_output.h"
#include "runners/output/text_table.h"

namespace vernier {

/// What is shown of a metric, ready to be folded: printable words, indented below its title.
class Section {
 public:
  Section(std::string& out, const ExplainLayout& layout) : out_(out), layout_(layout) {}

  std::size_t width() const { return layout_.width; }
  std::size_t show() const { return layout_.show; }
  /// A line of text, folded.
  void line(const std::string& text);
  /// A line with words behind a title, folded below the first one.
  void words(const std::string& title, const std::vector<std::string>& words);
  /// The same with commas between; only the first show() items. Nothing for no items.
  void list(const std::string& title, const std::vector<std::string>& items);
  /// A table, as it is.
  void table(const TextRows& rows, std::string_view sides);
  /// Lines that are laid out already.
  void lines(const std::string& text);

 private:
  std::string& out_;
  const ExplainLayout& layout_;
};

/// Columns that everything in a section is indented by.
constexpr std::size_t kSectionIndent = 2;

/// A word of a text, whatever bytes it has, for a terminal.
std::string shown(std::string_view word);
std::vector<std::string> shown(const std::vector<std::string>& words);
/// A reference's number as people count.
inline std::string ordinal(std::size_t reference) { return std::to_string(reference + 1); }

void show_bleu(Section& section, const BleuExplanation& bleu, const ExplainedMetric& metric);
void show_rouge(Section& section, const RougeExplanation& rouge, const SampleTokens& tokens);
void show_cider(Section& section, const CiderExplanation& cider);
void show_spice(Section& section, const SpiceExplanation& spice);
void show_meteor(Section& section, const MeteorAlignment& meteor);

/// The alignment in two rows, candidate above reference, in columns of equal words; below them the
/// chunks in brackets, numbered in the order of the reference. Folded to `width`.
std::string meteor_drawing(const MeteorAlignment& meteor, std::size_t width);

}  // namespace vernier
