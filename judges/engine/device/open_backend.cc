#include "judges/engine/device/open_backend.h"

#include "base/error.h"
#include "base/process/plugin.h"
#include "judges/engine/cpu/cpu_backend.h"
#include "judges/engine/device/cuda_plugin.h"

namespace vernier::engine {

std::unique_ptr<Backend> open_backend(const Device& device, unsigned threads) {
  if (device.kind == Device::Kind::kCpu) return make_cpu_backend(threads);
  const Plugin plugin(kCudaPlugin, Plugin::Symbols::kOwn, "this build has no CUDA",
                      "the CUDA toolkit (nvcc)");
  if (plugin.find<decltype(&vernier_cuda_interface)>("vernier_cuda_interface")() !=
      kCudaInterface) {
    throw Error(ExitCode::kResource,
                "the CUDA plugin belongs to another version of this program; install both again");
  }
  return std::unique_ptr<Backend>(plugin.find<decltype(&vernier_cuda_open)>("vernier_cuda_open")(
      device.number, device.deterministic));
}

}  // namespace vernier::engine
