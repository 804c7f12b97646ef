#include "runners/probe/objects/object_options.h"

#include <CLI/CLI.hpp>

#include "base/printable.h"

namespace vernier {

using probes::Normalisation;

std::string ObjectOptions::name() const {
  std::string out = printable(objects, 4096);
  for (const auto* paths : {&instances, &references}) {
    for (const std::string& path : *paths) out += (out.empty() ? "" : ", ") + printable(path, 4096);
  }
  return out;
}

std::vector<std::string> ObjectOptions::inputs() const {
  std::vector<std::string> out = {objects, synonyms};
  out.insert(out.end(), instances.begin(), instances.end());
  out.insert(out.end(), references.begin(), references.end());
  return out;
}

void add_object_options(CLI::App& command, ObjectOptions& options) {
  command
      .add_option("--objects", options.objects,
                  "Objects of the images: lines IMAGE_ID<TAB>NAME,NAME,...")
      ->type_name("FILE");
  command
      .add_option("--instances", options.instances,
                  "COCO's instances_*.json: the classes that are outlined (repeatable)")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command
      .add_option("-r,--references", options.references,
                  "References of the images in any format: the classes that they name (repeatable)")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command
      .add_option("--synonyms", options.synonyms,
                  "Words of each class, one class a line (default: the 80 classes of COCO)")
      ->type_name("FILE");
  add_choice_option<Normalisation>(
      command, "--normaliser", options.normalisation,
      {{"pattern", Normalisation::kPattern},
       {"wnpos", Normalisation::kTaggedWordNet},
       {"wn", Normalisation::kWordNetNouns}},
      "How words are brought to the forms of the table: pattern, wnpos or wn");
  add_language_options(command, options.language);
}

probes::ObjectVocabulary open_vocabulary(const ObjectOptions& options) {
  return options.synonyms.empty() ? probes::ObjectVocabulary::coco()
                                  : probes::ObjectVocabulary::read(options.synonyms);
}

probes::LanguageTools open_language_tools(const ObjectOptions& options,
                                          const GlobalOptions& global) {
  return open_language_tools(options.language,
                             options.normalisation == Normalisation::kTaggedWordNet,
                             options.normalisation != Normalisation::kPattern, global);
}

}  // namespace vernier
