#include "runners/precision/checkpoints/kept_work.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/hash.h"
#include "base/io/byte_source.h"
#include "runners/commands/commands.h"

namespace vernier {
namespace {

std::string digest(const std::string& work) { return fmt::format("{:016x}\n", hash_bytes(work)); }

bool is_file(const std::string& path) {
  std::error_code unknown;
  return std::filesystem::is_regular_file(path, unknown);
}

}  // namespace

bool KeptWork::done() const {
  const std::string note = file_ + ".work";
  return is_file(file_) && is_file(note) &&
         ByteSource::open(note)->read_rest(1 << 10) == digest(work_);
}

void KeptWork::finish() const { write_file(file_ + ".work", digest(work_)); }

}  // namespace vernier
