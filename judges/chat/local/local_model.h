// A checkpoint that is run inside this program.
#pragma once

#include <memory>
#include <string>

#include "judges/chat/chat_model.h"
#include "judges/engine/serve/engine.h"

namespace vernier::chat {

struct LocalOptions {
  std::string folder;  ///< as transformers writes it
  std::string
      chat_template;  ///< a name that ChatTemplate::of_name() takes; empty: the folder's own
  unsigned threads = 1;
  engine::EngineLimits limits;
};

class LocalModel final : public ChatModel {
 public:
  /// Throws Error(kResource) for what cannot be loaded (a file, the tensor, the key are named) and
  /// Error(kUsage) for an unknown name of a template.
  explicit LocalModel(const LocalOptions& options);
  ~LocalModel() override;

  /// model:NAME|weights:DIGEST|dtype:..|compute:fp32|template:NAME|engine:1. NAME is the
  /// folder's; the digest is of all tensors' names, types, shapes and bytes.
  std::string signature() const override;
  bool scores_texts() const override { return true; }
  std::string prompt_set() const override;

  void run(std::span<const ChatRequest> requests,
           const std::function<void(std::size_t, ChatAnswer)>& done) override;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace vernier::chat
