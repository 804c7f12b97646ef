// Reads the lines of a run file one by one.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "results/run/run_text.h"

// Not included: the layout of its classes depends on compile definitions that other rooms need not
// share.
namespace simdjson::dom {
class parser;
class object;
class element;
}  // namespace simdjson::dom

namespace vernier {

/// One sample of a run. Views hold until the next line is read.
struct RunRecord {
  std::uint64_t number = 0;  ///< in the whole run; of shards only
  std::string_view id, image_id, candidate;
  bool has_candidate = false;
  std::vector<std::string_view> references;
  std::string meta;                 ///< a JSON object, or empty
  std::vector<double> scores, row;  ///< of all metrics one behind the other; null is NaN
};

struct RunFooter {
  std::uint64_t samples = 0;
  std::vector<std::pair<std::string, std::uint64_t>> counts;
  std::vector<double> scores;
};

class RunParser {
 public:
  enum class Line { kHeader, kSample, kFooter };

  /// `name` of the file, for messages.
  explicit RunParser(std::string name);
  ~RunParser();

  /// One line without its newline, which must lie behind it, as must simdjson's padding. Throws
  /// Error(kBadInput), naming the line, when it is not what must stand there.
  Line line(std::string_view text);
  /// No more lines; `partial`: bytes of a last line without newline. Throws Error(kIncomplete) when
  /// the footer is missing.
  void finish(bool partial);

  const std::string& name() const { return name_; }
  const RunHeader& header() const { return header_; }
  const RunRecord& record() const { return record_; }  ///< of the last line
  const RunFooter& footer() const { return footer_; }
  const RunDigest& digest() const { return digest_; }  ///< of all lines before the footer
  /// Throws Error(kBadInput) about the last line.
  [[noreturn]] void refuse(std::string_view what) const;

 private:
  using Element = simdjson::dom::element;
  using Object = simdjson::dom::object;
  enum class Next { kHeader, kSample, kNothing };

  void header(const Object& object);
  void sample(const Object& object);
  void footer(const Object& object);
  std::string_view string(const Object& object, const char* key) const;
  Object member(const Object& object, const char* key) const;
  std::vector<std::string> strings(const Object& object, const char* key) const;
  double number(const Element& element) const;

  std::unique_ptr<simdjson::dom::parser> parser_;
  std::string name_;
  RunHeader header_;
  RunRecord record_;
  RunFooter footer_;
  RunDigest digest_;
  Next next_ = Next::kHeader;
  std::uint64_t line_ = 0, samples_ = 0;
};

}  // namespace vernier
