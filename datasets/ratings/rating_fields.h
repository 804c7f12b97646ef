// Names and values of the fields in files of ratings and of scores.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/objects/object_file.h"

namespace vernier {

inline const std::initializer_list<std::string_view> kImageFields = {
    "image",      "image_id", "img_id",    "imgid", "image_path",
    "image_name", "filename", "file_name", "img",   "cocoid"};
inline const std::initializer_list<std::string_view> kCaptionFields = {
    "candidate", "caption", "cand", "hyp", "hypothesis", "prediction", "response", "text"};
inline const std::initializer_list<std::string_view> kReferenceFields = {
    "references", "refs", "reference", "ref", "ground_truth", "gts"};
inline const std::initializer_list<std::string_view> kRatingFields = {
    "rating",       "ratings",   "human_score", "human_rating", "human_judgement",
    "human_scores", "judgement", "mos",         "score"};
inline const std::initializer_list<std::string_view> kSystemFields = {"SYS", "system", "model"};
inline const std::initializer_list<std::string_view> kLabelFields = {"label", "preferred",
                                                                     "preference", "winner"};

/// Finite numbers in a field: one, a list, or a table's cell that holds a JSON list.
std::vector<double> numbers_of(const ObjectRecord& record, std::string_view field);

/// Texts in a field: a list, a single text, or a table's cell that holds a JSON list. Refuses a
/// list as Python prints it.
std::vector<std::string> texts_of(const ObjectRecord& record, ObjectRecord::Names fields);

/// References of a record: one field, or the columns reference_1, reference_2, ... Empty where
/// there are none.
std::vector<std::string> references_of(const ObjectRecord& record);

/// Whether these are two captions of one record: "captions": [a, b], or caption_0 and caption_1.
bool holds_two(const ObjectRecord& record);
std::vector<std::string> two_captions(const ObjectRecord& record);
/// Two numbers: a list in `field`, or field_0 and field_1. Empty where the record has neither.
std::vector<double> two_numbers(const ObjectRecord& record, std::string_view field);

/// 0 or 1: the caption that people prefer.
std::size_t preferred(const ObjectRecord& record);

/// "; did you mean 'x'? Known: x, y": the names there are, to follow a message.
std::string known_names(std::string_view wanted, std::span<const std::string> names);

/// Blanks as single ones, none outside: what a caption is joined by.
std::string plain_text(std::string_view text);

}  // namespace vernier
