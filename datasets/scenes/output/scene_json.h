// Scenes and what is said about them as lines of JSON.
#pragma once

#include <span>
#include <string>

#include "datasets/scenes/language/captions/candidates.h"
#include "datasets/scenes/language/questions/conversation.h"

namespace vernier::scenes {

/// A scene graph, read again by read_scenes(): objects with names, attributes and places in pixels
/// of a picture of this side, all relations ("kind": "full"), references.
void append_scene(std::string& out, const DrawnScene& scene, unsigned side,
                  std::span<const std::string> references);

/// A caption with its kind and its truth.
void append_candidate(std::string& out, const DrawnScene& scene, std::size_t number,
                      const Candidate& candidate, std::span<const std::string> references);

/// A question with its answer under this key: "answer" as VQA's files have it, "label" as POPE's.
void append_question(std::string& out, const DrawnScene& scene, std::size_t number,
                     const Question& question, std::string_view answer_key);

/// LLaVA's format, with the places of phrases and what they mean beside it.
void append_conversation(std::string& out, std::string_view id, const Conversation& conversation);

}  // namespace vernier::scenes
