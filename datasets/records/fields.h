// Which field of a record means what.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vernier {

enum class Role : std::uint8_t { kMeta, kId, kImageId, kText, kReferences };

/// The meaning of a field name. Of several fields with one role the lowest rank counts; the others
/// go to meta.
struct Field {
  Role role = Role::kMeta;
  std::uint8_t rank = 0;
};

/// Names given by the user; each replaces all the built-in names of its role. Empty = built in.
struct FieldChoice {
  std::string id, image_id, text, references;
};

/// The names, best first:
///   text        filtered_resps resps candidate prediction pred response caption text answer
///   references  references refs reference gts captions sentences target
///   id          id question_id sample_id doc_id index
///   image_id    image_id img_id cocoid image image_name filename file_name
/// What only a model can have written goes before `caption`, which in a file of predictions is the
/// truth. `answer` is the reference of a record whose text is a prediction (VLMEvalKit, lmms-eval):
/// see is_model_output.
class FieldNames {
 public:
  explicit FieldNames(const FieldChoice& choice = {});

  /// For keys of JSON objects: exact.
  Field find(std::string_view name) const;

  /// For column heads: ignores ASCII case and outer blanks, and knows numbered references
  /// (reference_1, ref2).
  Field find_column(std::string_view name) const;

  /// Names of the text role, for messages: "caption, candidate, ...".
  const std::string& text_names() const { return text_names_; }

  /// Rank of `answer` among the texts.
  static constexpr std::uint8_t kAnswer = 8;
  /// Whether a text of this rank is a list of lmms-eval.
  static constexpr bool is_lmms(std::uint8_t rank) { return rank < kCandidate; }
  /// Whether a text of this rank can only be the output of a model.
  static constexpr bool is_model_output(std::uint8_t rank) { return rank < 6; }

  /// Rank of lmms-eval's `target` among the references: str() of whatever the task expects.
  static constexpr std::uint8_t kTarget = 6;

 private:
  struct Name {
    std::string name;
    Field field;
  };
  static constexpr std::uint8_t kCandidate = 2;
  void add(Role role, std::uint8_t chosen_rank, const std::string& chosen,
           std::initializer_list<const char*> names);

  std::vector<Name> names_;
  std::string text_names_;
  bool references_chosen_ = false;
};

}  // namespace vernier
