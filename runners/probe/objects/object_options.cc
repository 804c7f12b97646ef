#include "runners/probe/objects/object_options.h"

namespace vernier {

using probes::Normalisation;

CLI::Option* add_object_options(CLI::App& command, ObjectOptions& options) {
  CLI::Option* objects = command
                             .add_option("--objects", options.objects,
                                         "Objects of the images: lines IMAGE_ID<TAB>NAME,NAME,...")
                             ->type_name("FILE");
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
  return objects;
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
