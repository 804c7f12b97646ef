#include "judges/probes/ocr/reference_file.h"

#include "base/hash.h"
#include "judges/probes/answers/input/question_file.h"
#include "judges/probes/answers/input/written_list.h"

namespace vernier::probes {
namespace {

const ObjectRecord::Names kTexts = {"references",    "reference",    "text", "transcript",
                                    "transcription", "ground_truth", "gt",   "label",
                                    "target",        "answers"};

}  // namespace

OcrReferences read_ocr_references(const std::string& path, const std::string& field) {
  ObjectFile file = ObjectFile::read(path);
  file.spread("id", field.empty() ? kTexts.begin()[0] : field, kTexts);
  OcrReferences out;
  out.name = file.name();
  for (const ObjectRecord& record : file.records()) {
    JoinItem item = item_key(record);
    if (item.id.empty() && item.image.empty()) {
      record.refuse("expected an id or an image, found neither");
    }
    for (const std::string_view name : kTexts) refuse_written_list(record, name);
    if (!field.empty()) refuse_written_list(record, field);
    std::vector<std::string> texts =
        field.empty() ? record.texts(kTexts) : record.texts({std::string_view(field)});
    if (texts.empty()) record.refuse("expected at least one reference, found an empty list");
    out.items.push_back(std::move(item));
    out.texts.push_back(std::move(texts));
  }
  out.digest = digest_of(out);
  return out;
}

std::uint64_t digest_of(const OcrReferences& references) {
  std::uint64_t digest = 0;
  for (std::size_t n = 0; n < references.items.size(); ++n) {
    digest = hash_more(digest, hash_bytes(references.items[n].id));
    digest = hash_more(digest, hash_bytes(references.items[n].image));
    for (const std::string& text : references.texts[n]) {
      digest = hash_more(digest, hash_bytes(text));
    }
  }
  return digest;
}

}  // namespace vernier::probes
