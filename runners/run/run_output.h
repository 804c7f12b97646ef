// Where the lines of a run go.
#pragma once

#include <memory>
#include <string>

#include "base/io/byte_sink.h"
#include "base/io/output/journal.h"
#include "results/run/lines/run_writer.h"

namespace vernier {

/// A file grows as a journal, so that an interrupted run can be taken up; pipes and devices are
/// written directly; without a path all goes nowhere.
class RunOutput {
 public:
  /// Throws Error(kOutput), also while another process writes this file.
  explicit RunOutput(const std::string& path);

  explicit operator bool() const { return journal_ || sink_; }
  Journal* journal() const { return journal_.get(); }  ///< null where there is none
  /// Empty when all goes nowhere.
  RunWriter::Write writing();
  void commit();

 private:
  std::unique_ptr<Journal> journal_;
  std::unique_ptr<ByteSink> sink_;
};

}  // namespace vernier
