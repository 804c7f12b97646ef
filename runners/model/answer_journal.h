// What a model has answered so far, on disk: it outlives the process.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/io/output/journal.h"
#include "runners/commands/commands.h"

namespace vernier {

/// PATH.part holds a line about the work and then one line an answer, in the order in which they
/// came. Equal work goes on with it. Serial.
class AnswerJournal {
 public:
  /// `work`: a signature of everything that the answers depend on. A journal of other work is
  /// overwritten with a remark, or with `resume` refused by Error(kIncomplete). Throws
  /// Error(kOutput), also while another process works on PATH. `path` must be a file's.
  AnswerJournal(const std::string& path, const std::string& work, bool resume,
                const GlobalOptions& global);

  /// The answer under this key, null where there is none yet.
  const std::string* find(const std::string& key) const;
  /// Calls seen(rest, answer) for every answer whose key is `beginning` and that rest.
  void visit(
      std::string_view beginning,
      const std::function<void(std::string_view rest, const std::string& answer)>& seen) const;
  /// `json`: one line. Handed to the operating system at once.
  void add(const std::string& key, std::string json);
  std::size_t size() const { return answers_.size(); }

  /// The work is complete and its results are in place: PATH.part goes.
  void finish();

 private:
  bool take_up(const std::string& work);

  std::unique_ptr<Journal> journal_;
  std::map<std::string, std::string> answers_;
};

}  // namespace vernier
