#include "metrics/meteor/compile.h"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <string_view>

#include "base/error.h"
#include "base/io/byte_source.h"
#include "metrics/meteor/data/data_writer.h"
#include "metrics/meteor/data/meteor_data.h"
#include "metrics/meteor/data/wordnet_reader.h"

namespace vernier {
namespace {

constexpr std::size_t kMaxLine = 1 << 16;

/// Calls visit(line) for every line of a file, plain or compressed.
template <class Visit>
void for_each_line(ByteSource& source, Visit visit) {
  std::string buffer(256 << 10, '\0');
  std::size_t kept = 0;
  for (;;) {
    if (kept > kMaxLine) {
      throw Error(ExitCode::kBadInput,
                  fmt::format("{}: not a paraphrase table: a line has more than {} bytes",
                              source.name(), kMaxLine));
    }
    const std::size_t got = source.read(buffer.data() + kept, buffer.size() - kept);
    const std::string_view text(buffer.data(), kept + got);
    std::size_t begin = 0;
    for (std::size_t end; (end = text.find('\n', begin)) != text.npos; begin = end + 1) {
      visit(text.substr(begin, end - begin));
    }
    if (got == 0) {
      if (begin < text.size()) visit(text.substr(begin));
      return;
    }
    kept = text.size() - begin;
    buffer.erase(0, begin);
    buffer.resize(256 << 10);
  }
}

MeteorDataInfo info_of(const meteor::MeteorData& data) {
  return {data.file_bytes(), data.wordnet_digest(), data.paraphrase_digest(),
          data.paraphrase_entries()};
}

}  // namespace

MeteorDataInfo compile_meteor_data(const std::string& wordnet_dir, const std::string& paraphrase_gz,
                                   const std::string& output_path) {
  meteor::DataWriter writer(meteor::read_wordnet(wordnet_dir));
  if (!paraphrase_gz.empty()) {
    const auto source = ByteSource::open(paraphrase_gz);
    std::string phrase;
    std::size_t line_number = 0;
    for_each_line(*source, [&](std::string_view line) {
      switch (line_number++ % 3) {
        case 0:  // the probability; METEOR does not use it
          break;
        case 1:
          phrase = line;
          break;
        default:
          writer.add_paraphrase(phrase, line);
      }
    });
    if (line_number == 0 || line_number % 3 != 0) {
      throw Error(ExitCode::kBadInput,
                  fmt::format("{}: {} lines; a paraphrase table has three for each entry",
                              source->name(), line_number));
    }
  }
  const std::filesystem::path folder = std::filesystem::path(output_path).parent_path();
  std::error_code ignored;  // the sink reports a folder that is not there
  if (!folder.empty()) std::filesystem::create_directories(folder, ignored);
  writer.write(output_path);
  return verify_meteor_data(output_path);
}

MeteorDataInfo read_meteor_data_info(const std::string& path) {
  return info_of(*meteor::MeteorData::open(path));
}

MeteorDataInfo verify_meteor_data(const std::string& path) {
  const auto data = meteor::MeteorData::open(path);
  data->verify();
  return info_of(*data);
}

}  // namespace vernier
