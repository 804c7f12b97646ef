#include "runners/run/run_output.h"

namespace vernier {

RunOutput::RunOutput(const std::string& path) {
  if (path.empty()) return;
  if (path != "-") {
    OutputTarget target = output_target(path);
    if (!target.direct) {
      journal_ = std::make_unique<Journal>(std::move(target));
      return;
    }
  }
  sink_ = std::make_unique<ByteSink>(path);
}

RunWriter::Write RunOutput::writing() {
  if (journal_) return [this](std::string_view bytes) { journal_->write(bytes); };
  if (sink_) return [this](std::string_view bytes) { sink_->write(bytes); };
  return {};
}

void RunOutput::commit() {
  if (journal_) journal_->commit();
  if (sink_) sink_->commit();
}

}  // namespace vernier
