#include "runners/doctor/engine_checks.h"

#include <fmt/format.h>

#include <filesystem>
#include <thread>

#include "base/cpu/cpu_level.h"
#include "base/error.h"
#include "base/paths/data_files.h"
#include "base/printable.h"
#include "base/process/plugin.h"
#include "datasets/images/decode/decode.h"
#include "datasets/read_options.h"
#include "judges/chat/local/default_model.h"
#include "judges/chat/local/local_model.h"
#include "judges/chat/remote/http/open_client.h"
#include "judges/engine/config/json/config_file.h"
#include "judges/engine/device/open_backend.h"

namespace vernier {

PartCheck check_instructions() {
  constexpr std::string_view kLevels[] = {"portable code", "AVX2, FMA, F16C",
                                          "AVX-512 (F, VL, BW, DQ, VNNI)"};
  std::string text(kLevels[static_cast<int>(cpu_level())]);
  if (const std::string forced = environment_value("VERNIER_CPU"); !forced.empty()) {
    text += fmt::format("; VERNIER_CPU={} is set", printable(forced, 20));
  }
  return {"instructions", PartCheck::kNote, text + "; results are the same bits with all"};
}

PartCheck check_devices() {
  std::string cuda;
  try {
    cuda = engine::open_backend({engine::Device::Kind::kCuda, 0}, 1)->name();
  } catch (const Error& error) {
    cuda = error.what();
  }
  return {"devices", PartCheck::kNote,
          fmt::format("cpu ({} threads); {}", std::thread::hardware_concurrency(), cuda)};
}

PartCheck check_default_model() {
  try {
    const std::string folder = chat::default_model_folder();
    const chat::LocalModel model(
        {.folder = folder, .chat_template = "", .threads = 1, .limits = {.cache_bytes = 1}});
    return {"default model", PartCheck::kFine,
            fmt::format("{}, {}", printable(folder), model.signature())};
  } catch (const Error& error) {
    return {"default model", PartCheck::kMissing, error.what()};
  }
}

PartCheck check_http() {
  std::error_code ignored;
  const std::string path = plugin_path(chat::kHttpPlugin);
  if (!std::filesystem::exists(path, ignored)) {
    return {"http", PartCheck::kNote,
            "not in this build: --judge-url needs it (build with libcurl4-openssl-dev)"};
  }
  return {"http", PartCheck::kFine, printable(path) + ", for --judge-url only"};
}

PartCheck check_limits() {
  return {
      "limits", PartCheck::kNote,
      fmt::format("captions {} KiB (--max-text-bytes), pictures {} million pixels, config "
                  "files {} MiB; context and memory of a model: --kv-memory",
                  ReadOptions{}.max_text_bytes >> 10,
                  images::DecodeOptions{}.most_pixels / 1'000'000, engine::kMaxConfigBytes >> 20)};
}

}  // namespace vernier
