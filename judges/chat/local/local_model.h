// A checkpoint that is run inside this program.
#pragma once

#include <memory>
#include <string>

#include "judges/chat/chat_model.h"
#include "judges/engine/device/device.h"
#include "judges/engine/serve/engine.h"

namespace vernier::engine {
class CheckpointModel;
class Tokenizer;
}  // namespace vernier::engine

namespace vernier::chat {

struct LocalOptions {
  std::string folder;  ///< as transformers writes it
  std::string
      chat_template;  ///< a name that ChatTemplate::of_name() takes; empty: the folder's own
  unsigned threads = 1;
  engine::EngineLimits limits;
  engine::Device device = {};
};

class LocalModel final : public ChatModel {
 public:
  /// Throws Error(kResource) for what cannot be loaded (a file, the tensor, the key are named) and
  /// Error(kUsage) for an unknown name of a template.
  explicit LocalModel(const LocalOptions& options);
  ~LocalModel() override;

  /// model:NAME|weights:DIGEST|dtype:..|compute:fp32|template:NAME|engine:1. NAME is the folder's;
  /// the digest is of all tensors' names, types, shapes and bytes; compute is Backend::compute().
  std::string signature() const override;
  bool scores_texts() const override { return true; }
  std::string prompt_set() const override;

  void run(std::span<const ChatRequest> requests,
           const std::function<void(std::size_t, ChatAnswer)>& done) override;

  /// Sees what came out in the place of each token of a request's answer, generated or forced
  /// (engine.h): a whole row of logits. The tokens of one request in their order, those of several
  /// in any. May throw; nothing more is done then.
  using Watch = std::function<void(std::size_t request, std::size_t place, std::uint32_t token,
                                   const engine::Observed& observed)>;
  /// As run().
  void run_watched(std::span<const ChatRequest> requests, const Watch& watch,
                   const std::function<void(std::size_t, ChatAnswer)>& done);

  /// A request as run() works on it: its tokens, and its pictures prepared. Throws
  /// Error(kBadInput) for a picture that cannot be read.
  engine::Task task(const ChatRequest& request);

  const engine::Tokenizer& tokenizer() const;
  /// How conversations are written: the name in the signature.
  std::string template_name() const;
  engine::CheckpointModel& checkpoint();
  const engine::CheckpointModel& checkpoint() const;
  /// Forgets what was computed before. To be called when the checkpoint's weights were exchanged.
  void forget();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace vernier::chat
