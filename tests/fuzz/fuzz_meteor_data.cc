// METEOR's compiled data with any damage: opening it, checking it and scoring with it work or end
// in Error(kResource). Where the sums are left as they were, damage is found: what scores at all
// scores as before, and a file that passes the check of every byte is the one that was written.
// Where they are made right again the content may be anything.
//
// The first byte chooses (1: make the sums right, 2: cut the file, 4: no paraphrases); then edits
// (fuzz::edit).
#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/hash.h"
#include "metrics/meteor/compile.h"
#include "metrics/meteor/data/format.h"
#include "metrics/meteor/meteor.h"
#include "metrics/text/tokenizer.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/small_meteor_data.h"

namespace {

using namespace vernier;
using fuzz::require;

// Every word, irregular form and phrase of the data, and words that it does not have.
const std::string kCandidate =
    "a a a lot of mice ran in front of the the caf\u00e9 and a man saw hounds sprint beside many "
    "bicycles do n't sit next to a dog is sitting down";
const std::vector<std::string> kReferences = {
    "many a mouse ran before the coffee shop | a guy sees dogs run near the side of lots of bikes",
    "a lot of a great many rodents sits before a \u5496\u5561 one person rode by the the cat",
    "men not in the front of an unknown word"};

/// Block sums and header check that fit the content, so that only its meaning can be wrong.
void repair_sums(std::string& bytes) {
  using namespace meteor;
  FileHeader header;
  if (bytes.size() < sizeof header) return;
  std::memcpy(&header, bytes.data(), sizeof header);
  header.file_bytes = bytes.size();
  const std::uint64_t payload = header.payload_offset;
  if (payload < sizeof header || payload > bytes.size()) return;
  const std::string_view whole = bytes;
  std::size_t at = sizeof header;
  for (std::size_t begin = payload; begin < bytes.size() && at + 8 <= payload; at += 8) {
    const std::uint64_t sum = hash_bytes(whole.substr(begin, kBlockBytes));
    std::memcpy(bytes.data() + at, &sum, sizeof sum);
    begin += kBlockBytes;
  }
  const std::string_view front(reinterpret_cast<const char*>(&header), offsetof(FileHeader, check));
  header.check =
      hash_bytes(front) ^ hash_bytes(whole.substr(sizeof header, payload - sizeof header));
  std::memcpy(bytes.data(), &header, sizeof header);
}

/// Nothing where `use` refuses the data.
template <class Use>
std::optional<double> attempt(Use use) {
  try {
    return use();
  } catch (const Error& error) {
    require(error.code() == ExitCode::kResource);
    require(std::string_view(error.what()).find('\n') == std::string_view::npos);
    return std::nullopt;
  }
}

std::optional<double> score(const std::string& path, bool paraphrase) {
  static const std::shared_ptr<const text::Tokenizer> tokenizer = text::open_tokenizer("none");
  return attempt([&] {
    return align_meteor({path, paraphrase, tokenizer}, kCandidate, kReferences).score;
  });
}

bool is_whole(const std::string& path) {
  return attempt([&] {
           read_meteor_data_info(path);
           verify_meteor_data(path);
           return 1.0;
         })
      .has_value();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string base = fuzz::small_meteor_data();
  static const fuzz::MemoryFile base_file(base);
  static const double base_scores[] = {score(base_file.path(), false).value(),
                                       score(base_file.path(), true).value()};
  fuzz::Input input(data, size);
  const std::uint8_t mode = input.byte();
  const bool repaired = (mode & 1) != 0, paraphrase = (mode & 4) == 0;
  std::string bytes = base;
  if ((mode & 2) != 0) bytes.resize(input.u16() % (base.size() + 1));
  fuzz::edit(bytes, input);
  if (repaired) repair_sums(bytes);

  const fuzz::MemoryFile file(bytes);
  const bool whole = is_whole(file.path());
  const std::optional<double> got = score(file.path(), paraphrase);
  if (got) require(*got >= 0 && *got <= 1);
  if (repaired) return 0;
  require(whole == (bytes == base));
  if (got) require(*got == base_scores[paraphrase]);
  return 0;
}
