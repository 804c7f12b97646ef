// The engine's speed and memory on a checkpoint, asked line by line by bench/engine_peers.py, so
// that its turns and its peers' can alternate.
//
// usage: vernier_engine_speed FOLDER --threads N [--chunk N] [--cache-mib N] [--memory]
//
// A request is a line of JSON, an answer too:
//   {"do": "prefill", "prompts": [[ids], ...]}: seconds until each has its first token
//   {"do": "decode", "prompts": [[ids], ...], "new": n}: seconds of n steps behind them, tokens
//   {"do": "log-probabilities", "prompts": [[ids]], "choices": [ids]}: those of the next token
//   {"do": "look", "pixels": FILE}: seconds of tower and projector, the last token's features
//   {"do": "answer", "prompts": [[ids]], "pixels": FILE, "new": n, "stop": [ids]}: seconds, tokens
// --memory answers nothing: it prints what loading, touching all weights and a short prompt took.
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/error.h"
#include "judges/engine/cpu/cpu_backend.h"
#include "judges/engine/model/checkpoint_model.h"
#include "judges/engine/serve/engine.h"

namespace vernier::engine {
namespace {

using Json = nlohmann::json;

struct Options {
  std::string folder;
  unsigned threads = 1;
  EngineLimits limits;
  bool memory = false;
};

Options parse(const std::vector<std::string>& arguments) {
  Options out;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& name = arguments[i];
    const auto number = [&] { return std::stoul(arguments.at(++i)); };
    if (name == "--threads") {
      out.threads = static_cast<unsigned>(number());
    } else if (name == "--chunk") {
      out.limits.chunk = number();
    } else if (name == "--cache-mib") {
      out.limits.cache_bytes = number() << 20;
    } else if (name == "--memory") {
      out.memory = true;
    } else {
      out.folder = name;
    }
  }
  return out;
}

template <class F>
double seconds_of(const F& f) {
  const auto start = std::chrono::steady_clock::now();
  f();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

class Speed {
 public:
  explicit Speed(const Options& options)
      : config_(load_model_config(options.folder)),
        backend_(make_cpu_backend(options.threads)),
        model_(config_, TensorStore::open(options.folder), *backend_),
        engine_(model_, options.limits) {}

  const CheckpointModel& model() const { return model_; }
  const Backend& backend() const { return *backend_; }

  Json answer(const Json& request) {
    const std::string what = request.at("do");
    if (what == "look") return look(request);
    std::vector<Task> tasks = tasks_of(request);
    const std::size_t wanted = request.value("new", std::size_t{1});
    if (what == "decode") {
      // The prompts are kept; the second run computes a prompt's last token and those behind it.
      for (Task& task : tasks) task.most_new = 1;
      run(tasks);
    }
    for (Task& task : tasks) task.most_new = wanted;
    if (what == "log-probabilities") {
      for (Task& task : tasks) {
        task.most_new = 0;
        task.choices = request.at("choices").get<std::vector<std::uint32_t>>();
      }
    }
    std::vector<TaskResult> results;
    const double seconds = seconds_of([&] { results = run(tasks); });
    Json out{{"seconds", seconds}, {"tokens", Json::array()}, {"computed", 0}};
    for (const TaskResult& result : results) {
      out["tokens"].push_back(result.tokens);
      out["computed"] = out["computed"].get<std::size_t>() + result.computed;
      if (!result.choices.empty()) out["log-probabilities"].push_back(result.choices);
    }
    return out;
  }

 private:
  std::vector<TaskResult> run(const std::vector<Task>& tasks) {
    std::vector<TaskResult> out(tasks.size());
    engine_.run(tasks, [&](std::size_t i, TaskResult result) { out[i] = std::move(result); });
    for (const TaskResult& result : out) {
      if (!result.error.empty()) throw Error(ExitCode::kResource, result.error);
    }
    return out;
  }

  std::vector<Task> tasks_of(const Json& request) {
    std::vector<Task> out;
    for (const Json& ids : request.at("prompts")) {
      Task& task = out.emplace_back();
      task.prompt.ids = ids.get<std::vector<std::uint32_t>>();
      if (request.contains("stop")) {
        task.stop = request["stop"].get<std::vector<std::uint32_t>>();
      }
      if (!request.contains("pixels")) continue;
      PromptImage& image = task.prompt.images.emplace_back();
      image.input = input_of(request["pixels"]);
      for (std::size_t i = 0; i < task.prompt.ids.size(); ++i) {
        if (task.prompt.ids[i] == config_.image_token) {
          image.places.push_back(static_cast<std::uint32_t>(i));
        }
      }
    }
    return out;
  }

  /// One image of 32-bit numbers [3, H, W]. Each is another, so that nothing is reused.
  std::shared_ptr<const VisionInput> input_of(const std::string& path) {
    auto input = std::make_shared<VisionInput>();
    input->tiles = 1;
    input->pixels.resize(3 * config_.vision.image * config_.vision.image);
    std::ifstream file(path, std::ios::binary);
    file.read(reinterpret_cast<char*>(input->pixels.data()),
              static_cast<std::streamsize>(input->pixels.size() * sizeof(float)));
    if (!file) throw Error(ExitCode::kResource, path + ": too short");
    const std::size_t side = config_.projector.tokens(config_.vision.side());
    input->tokens = side * side;
    input->hash = ++images_;
    return input;
  }

  Json look(const Json& request) {
    const auto input = input_of(request.at("pixels"));
    const std::size_t width = config_.text.width;
    const auto memory = backend_->allocate(input->tokens * width);
    const Rows out{memory->data(), input->tokens, width};
    const double seconds = seconds_of([&] { model_.look(*input, out); });
    const std::vector<float> some(memory->data() + (input->tokens - 1) * width,
                                  memory->data() + input->tokens * width);
    return {{"seconds", seconds}, {"features", some}};
  }

  ModelConfig config_;
  std::unique_ptr<Backend> backend_;
  CheckpointModel model_;
  Engine engine_;
  std::uint64_t images_ = 0;
};

/// Of /proc/self/status, in bytes.
std::uint64_t status(const std::string& name) {
  std::ifstream file("/proc/self/status");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(name + ":")) return std::stoull(line.substr(name.size() + 1)) << 10;
  }
  return 0;
}

std::uint64_t bytes_of_weights(const std::string& folder) {
  std::uint64_t out = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".safetensors") out += entry.file_size();
  }
  return out;
}

Json memory_now(std::uint64_t file) {
  const std::uint64_t peak = status("VmHWM");
  return {{"peak bytes", peak},
          {"anonymous bytes", status("RssAnon")},
          {"ratio", static_cast<double>(peak) / static_cast<double>(file)}};
}

/// What the process takes after each step; the weights are the file, mapped.
Json memory(const Options& options) {
  const std::uint64_t file = bytes_of_weights(options.folder);
  Json out{{"file bytes", file}, {"start", memory_now(file)}};
  Speed speed(options);
  out["loaded"] = memory_now(file);
  unsigned sum = 0;
  for (const ModelTensors::Tensor& tensor : speed.model().tensors().tensors()) {
    for (std::size_t i = 0; i < tensor.stored->view.bytes.size(); i += 4096) {
      sum += std::to_integer<unsigned>(tensor.stored->view.bytes[i]);
    }
  }
  out["weights touched"] = memory_now(file);
  out["sum"] = sum;  // so that they are
  std::vector<std::uint32_t> ids(32);
  for (std::size_t i = 0; i < ids.size(); ++i) ids[i] = static_cast<std::uint32_t>(100 + i);
  speed.answer({{"do", "prefill"}, {"prompts", {ids}}, {"new", 8}});
  out["prompt of 32 and 8 tokens"] = memory_now(file);
  return out;
}

int run(const Options& options) {
  if (options.memory) {
    std::cout << memory(options).dump() << std::endl;
    return 0;
  }
  Speed speed(options);
  std::cout << Json{{"backend", speed.backend().name()}}.dump() << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << speed.answer(Json::parse(line)).dump() << std::endl;
  }
  return 0;
}

}  // namespace
}  // namespace vernier::engine

int main(int argc, char** argv) {
  try {
    return vernier::engine::run(vernier::engine::parse({argv + 1, argv + argc}));
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
