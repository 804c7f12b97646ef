#include "datasets/records/fields.h"

namespace vernier {
namespace {

std::string fold(std::string_view name) {
  while (!name.empty() && (name.front() == ' ' || name.front() == '\t')) name.remove_prefix(1);
  while (!name.empty() && (name.back() == ' ' || name.back() == '\t')) name.remove_suffix(1);
  std::string folded(name);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return folded;
}

}  // namespace

FieldNames::FieldNames(const FieldChoice& choice) {
  add(Role::kText, kCandidate, choice.text,
      {"filtered_resps", "resps", "candidate", "prediction", "pred", "response", "caption", "text",
       "answer"});
  add(Role::kReferences, 0, choice.references,
      {"references", "refs", "reference", "gts", "captions", "sentences", "target"});
  add(Role::kId, 0, choice.id, {"id", "question_id", "sample_id", "doc_id", "index"});
  add(Role::kImageId, 0, choice.image_id,
      {"image_id", "img_id", "cocoid", "image", "image_name", "filename", "file_name"});
  references_chosen_ = !choice.references.empty();
  text_names_ = choice.text.empty() ? "caption, candidate, prediction, response, text or answer"
                                    : choice.text;
}

void FieldNames::add(Role role, std::uint8_t chosen_rank, const std::string& chosen,
                     std::initializer_list<const char*> names) {
  if (!chosen.empty()) {
    // First of the list, so that a chosen name wins over another role's built-in name.
    names_.insert(names_.begin(), {chosen, {role, chosen_rank}});
    return;
  }
  std::uint8_t rank = 0;
  for (const char* name : names) names_.push_back({name, {role, rank++}});
}

Field FieldNames::find(std::string_view name) const {
  for (const Name& known : names_) {
    if (known.name == name) return known.field;
  }
  return {};
}

Field FieldNames::find_column(std::string_view name) const {
  if (const Field exact = find(name); exact.role != Role::kMeta) return exact;
  std::string folded = fold(name);
  if (const Field field = find(folded); field.role != Role::kMeta) return field;
  if (references_chosen_) return {};
  const std::size_t letters = folded.find_last_not_of("0123456789");
  if (letters == std::string::npos || letters + 1 == folded.size()) return {};
  folded.resize(letters + 1);
  if (folded.back() == '_' || folded.back() == '-' || folded.back() == ' ') folded.pop_back();
  if (folded == "reference" || folded == "ref") return {Role::kReferences, 0};
  return {};
}

}  // namespace vernier
