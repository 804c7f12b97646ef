// The engine's speed at the sizes of published models, with random weights, against what the device
// can do: copies of memory and products of matrices are measured beside.
//
// usage: vernier_device_speed [--device cuda] [--sizes 7b,13b] [--bits 16,4] [--batches 1,32,128]
//                             [--context 1000] [--steps 64] [--pictures 32] [--deterministic]
// Prints the rows of a Markdown table: what, number, unit, part of the bound. A row that there is
// not enough memory for says so.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "base/error.h"
#include "bench/device/random_model.h"
#include "judges/engine/device/open_backend.h"
#include "judges/engine/serve/engine.h"

namespace vernier::engine {
namespace {

struct Options {
  Device device{Device::Kind::kCuda, 0, false};
  std::vector<std::string> sizes = {"7b"};
  std::vector<std::size_t> bits = {16, 4}, batches = {1, 32, 128};
  std::size_t context = 1000, steps = 64, pictures = 32;
};

std::vector<std::string> parts_of(const std::string& text) {
  std::vector<std::string> out(1);
  for (const char c : text) {
    if (c == ',') {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  return out;
}

std::vector<std::size_t> numbers_of(const std::string& text) {
  std::vector<std::size_t> out;
  for (const std::string& part : parts_of(text)) out.push_back(std::stoul(part));
  return out;
}

Options parse(const std::vector<std::string>& arguments) {
  Options out;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& name = arguments[i];
    if (name == "--deterministic") {
      out.device.deterministic = true;
      continue;
    }
    const std::string value = arguments.at(++i);
    if (name == "--device") {
      const bool deterministic = out.device.deterministic;
      out.device = Device::parse(value);
      out.device.deterministic = deterministic;
    } else if (name == "--sizes") {
      out.sizes = parts_of(value);
    } else if (name == "--bits") {
      out.bits = numbers_of(value);
    } else if (name == "--batches") {
      out.batches = numbers_of(value);
    } else if (name == "--context") {
      out.context = std::stoul(value);
    } else if (name == "--steps") {
      out.steps = std::stoul(value);
    } else if (name == "--pictures") {
      out.pictures = std::stoul(value);
    } else {
      throw Error(ExitCode::kUsage, name + ": not an option");
    }
  }
  return out;
}

class DeviceSpeed {
 public:
  explicit DeviceSpeed(const Options& options)
      : options_(options),
        backend_(open_backend(options.device, std::thread::hardware_concurrency())) {}

  void run() {
    std::printf("%s\n\n| what | number | unit | of the bound |\n|---|---:|---|---:|\n",
                backend_->name().c_str());
    row(
        "copies of memory", "GB/s", [&] { return copies(); }, 0);
    row(
        "products [8192, 4096] x [4096, 4096]", "TFLOP/s", [&] { return products(); }, 0);
    for (const std::string& name : options_.sizes) {
      const ModelSizes sizes = ModelSizes::of(name);
      for (const std::size_t bits : options_.bits) {
        try {
          model(sizes, static_cast<unsigned>(bits));
        } catch (const Error& error) {
          std::printf("| %s, %zu bits | | not measured: %s | |\n", name.c_str(), bits,
                      error.what());
        }
      }
    }
  }

 private:
  /// Waits for what was started.
  void wait(const float* any) {
    float number = 0;
    backend_->to_host(any, {&number, 1});
  }

  double seconds_of(const float* any, const std::function<void()>& work) {
    wait(any);
    const auto start = std::chrono::steady_clock::now();
    work();
    wait(any);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }

  /// `bound`: what the number could be at most; 0: there is none to compare with.
  void row(const std::string& what, const char* unit, const std::function<double()>& measure,
           double bound) {
    try {
      const double number = measure();
      const std::string part = bound > 0 ? fmt::format("{:.0f} %", 100 * number / bound) : "";
      std::printf("| %s | %.4g | %s | %s |\n", what.c_str(), number, unit, part.c_str());
    } catch (const Error& error) {
      std::printf("| %s | | not measured: %s | |\n", what.c_str(), error.what());
    }
    std::fflush(stdout);
  }

  double copies() {
    const std::size_t floats = tiny() ? 1 << 16 : std::size_t{1} << 28;
    const auto memory = backend_->allocate(2 * floats);
    const auto copy = [&] { backend_->copy(memory->data(), memory->data() + floats, floats); };
    copy();
    constexpr int kTimes = 10;
    const double seconds = seconds_of(memory->data(), [&] {
      for (int i = 0; i < kTimes; ++i) copy();
    });
    return copy_rate_ = kTimes * 2.0 * static_cast<double>(floats * sizeof(float)) / seconds / 1e9;
  }

  double products() {
    const std::size_t side = this->side(), rows = 2 * side;
    std::vector<std::uint16_t> numbers(side * side);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      numbers[i] = static_cast<std::uint16_t>(0x2000 + i * 2654435761U % 4096);
    }
    const Matrix w = backend_->matrix(
        {DType::kF16, {side, side}, std::as_bytes(std::span(numbers))}, side, side);
    const auto memory = backend_->allocate(2 * rows * side);
    const Rows x{memory->data(), rows, side}, y{memory->data() + x.size(), rows, side};
    backend_->linear(x, w, {}, y);
    constexpr int kTimes = 20;
    const double seconds = seconds_of(y.data, [&] {
      for (int i = 0; i < kTimes; ++i) backend_->linear(x, w, {}, y);
    });
    const double flops = 2.0 * static_cast<double>(rows * side * side) * kTimes;
    return product_rate_ = flops / seconds / 1e12;
  }

  void model(const ModelSizes& sizes, unsigned bits) {
    RandomModel model(*backend_, sizes, bits);
    const std::string name = fmt::format("{}, {} bits", sizes.name, bits);
    row(
        name + ": pictures looked at", "pictures/s", [&] { return looks(model); },
        product_rate_ * 1e12 /
            (2.0 * static_cast<double>(sizes.tower_weights() * model.picture_tokens())));
    row(
        fmt::format("{}: prompts read, 16 of {} tokens", name, prompt()), "TFLOP/s",
        [&] { return prefill(model, sizes); }, product_rate_);
    for (const std::size_t batch : options_.batches) {
      const double bytes =
          static_cast<double>(sizes.layer_weights()) * (bits == 16 ? 2 : bits / 8.0 * 1.04) +
          2.0 * static_cast<double>(sizes.head_weights()) +
          4.0 * static_cast<double>(batch * options_.context * sizes.language.layers *
                                    sizes.language.kv_heads * sizes.language.size);
      row(
          fmt::format("{}: written, {} at a time, {} tokens before", name, batch, options_.context),
          "tokens/s", [&] { return decode(model, batch); },
          copy_rate_ * 1e9 / bytes * static_cast<double>(batch));
    }
    row(
        fmt::format("{}: verdicts, 5 captions of each of {} pictures", name, options_.pictures),
        "verdicts/s", [&] { return verdicts(model); }, 0);
  }

  double looks(RandomModel& model) {
    const auto picture = model.picture(1);
    const auto memory = backend_->allocate(picture->tokens * model.language().shape().width);
    const Rows out{memory->data(), picture->tokens, model.language().shape().width};
    model.look(*picture, out);
    constexpr int kTimes = 8;
    return kTimes / seconds_of(out.data, [&] {
             for (int i = 0; i < kTimes; ++i) model.look(*picture, out);
           });
  }

  /// Pages for so many sequences of so many tokens each.
  struct Pages {
    std::unique_ptr<Memory> memory;
    std::vector<std::vector<float*>> of;
  };
  Pages pages(RandomModel& model, std::size_t sequences, std::size_t tokens) {
    const PageLayout layout = model.language().shape().pages();
    const std::size_t floats = backend_->page_floats(layout);
    const std::size_t own = (tokens + kPageTokens - 1) / kPageTokens;
    Pages out{backend_->allocate(sequences * own * floats), {}};
    for (std::size_t s = 0; s < sequences; ++s) {
      auto& mine = out.of.emplace_back();
      for (std::size_t p = 0; p < own; ++p) {
        mine.push_back(out.memory->data() + (s * own + p) * floats);
      }
    }
    return out;
  }

  double prefill(RandomModel& model, const ModelSizes& sizes) {
    constexpr std::size_t kPrompts = 16;
    const std::size_t prompt = this->prompt();
    const std::size_t width = sizes.language.width;
    const Pages mine = pages(model, kPrompts, prompt);
    const auto memory = backend_->allocate(kPrompts * prompt * width);
    std::vector<Stretch> stretches;
    std::vector<std::uint32_t> wanted;
    for (std::size_t i = 0; i < kPrompts; ++i) {
      stretches.push_back({i * prompt, prompt, 0, mine.of[i]});
      wanted.push_back(static_cast<std::uint32_t>((i + 1) * prompt - 1));
    }
    const Rows x{memory->data(), kPrompts * prompt, width};
    const auto read = [&] { model.language().run(x, stretches, wanted); };
    read();
    const double seconds = seconds_of(x.data, read);
    const double tokens = static_cast<double>(kPrompts * prompt);
    const double flops = 2.0 * static_cast<double>(sizes.layer_weights()) * tokens +
                         2.0 * tokens *
                             static_cast<double>(prompt * sizes.language.layers *
                                                 sizes.language.heads * sizes.language.size);
    return flops / seconds / 1e12;
  }

  double decode(RandomModel& model, std::size_t batch) {
    const LanguageShape& shape = model.language().shape();
    const std::size_t last = options_.context + options_.steps + 4;
    const Pages mine = pages(model, batch, last);
    const auto memory = backend_->allocate(batch * (shape.width + shape.vocabulary));
    const Rows x{memory->data(), batch, shape.width};
    const Rows logits{memory->data() + x.size(), batch, shape.vocabulary};
    std::vector<std::uint32_t> wanted(batch), best(batch);
    for (std::size_t i = 0; i < batch; ++i) wanted[i] = static_cast<std::uint32_t>(i);
    std::size_t position = options_.context;
    const auto step = [&] {
      std::vector<Stretch> stretches;
      for (std::size_t i = 0; i < batch; ++i) stretches.push_back({i, 1, position, mine.of[i]});
      backend_->embed(model.language().embedding(), best, x);
      model.language().head(model.language().run(x, stretches, wanted), logits);
      backend_->argmax(logits, best);
      ++position;
    };
    for (int i = 0; i < 3; ++i) step();  // once, recorded, played
    const double seconds = seconds_of(x.data, [&] {
      for (std::size_t i = 0; i < options_.steps; ++i) step();
    });
    return static_cast<double>(options_.steps * batch) / seconds;
  }

  /// A description of each picture, then five captions rated with it before them.
  double verdicts(RandomModel& model) {
    constexpr std::size_t kInstruction = 40, kCaption = 30, kCaptions = 5;
    const std::size_t described = tiny() ? 8 : 256;
    EngineLimits limits;
    limits.live = 128;
    limits.chunk = 8192;
    limits.cache_bytes = tiny() ? std::size_t{1} << 26 : std::size_t{24} << 30;
    Engine engine(model, limits);
    std::vector<Task> first;
    const auto text = [&](std::size_t n, std::uint32_t seed, std::vector<std::uint32_t>& to) {
      for (std::size_t i = 0; i < n; ++i) {
        to.push_back(static_cast<std::uint32_t>(3 + (seed * 7919U + i * 104729U) %
                                                        (model.language().shape().vocabulary - 3)));
      }
    };
    for (std::uint32_t i = 0; i < options_.pictures; ++i) {
      Task task;
      const auto picture = model.picture(i);
      PromptImage image{{}, picture};
      for (std::size_t t = 0; t < picture->tokens; ++t) {
        image.places.push_back(static_cast<std::uint32_t>(t));
      }
      task.prompt.ids.assign(picture->tokens, 0);
      task.prompt.images.push_back(image);
      text(kInstruction, 1, task.prompt.ids);
      task.most_new = described;
      first.push_back(std::move(task));
    }
    std::vector<Task> second(first.size() * kCaptions);
    const double seconds = seconds_of(any(), [&] {
      engine.run(first, [&](std::size_t i, TaskResult result) {
        for (std::size_t c = 0; c < kCaptions; ++c) {
          Task& task = second[i * kCaptions + c];
          task.prompt = first[i].prompt;
          task.prompt.ids.insert(task.prompt.ids.end(), result.tokens.begin(), result.tokens.end());
          text(kCaption, static_cast<std::uint32_t>(i * kCaptions + c + 2), task.prompt.ids);
          task.most_new = 2;
          task.choices = {10, 11, 12, 13, 14, 15, 16, 17, 18, 19};
        }
      });
      engine.run(second, [](std::size_t, TaskResult) {});
    });
    return static_cast<double>(second.size()) / seconds;
  }

  const float* any() {
    if (any_ == nullptr) any_ = backend_->allocate(1);
    return any_->data();
  }
  bool tiny() const { return options_.sizes == std::vector<std::string>{"tiny"}; }

  std::size_t side() const { return tiny() ? 64 : 4096; }
  /// Of a picture with a question (vlm-engine specification, 10.4).
  std::size_t prompt() const { return tiny() ? 40 : 730; }

  Options options_;
  std::unique_ptr<Backend> backend_;
  std::unique_ptr<Memory> any_;
  double copy_rate_ = 0, product_rate_ = 0;
};

}  // namespace
}  // namespace vernier::engine

int main(int count, char** arguments) {
  using namespace vernier;
  try {
    engine::DeviceSpeed(engine::parse({arguments + 1, arguments + count})).run();
    return 0;
  } catch (const Error& error) {
    std::fprintf(stderr, "vernier_device_speed: %s\n", error.what());
    return static_cast<int>(error.code());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "vernier_device_speed: %s\n", error.what());
    return 1;
  }
}
