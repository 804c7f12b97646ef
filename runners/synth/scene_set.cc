#include "runners/synth/scene_set.h"

#include <fmt/format.h>

#include <map>
#include <memory>

#include "base/io/byte_sink.h"
#include "base/io/interrupt.h"
#include "base/json_text.h"
#include "datasets/scenes/output/array_file.h"
#include "runners/pipeline/ordered_pipeline.h"
#include "runners/pipeline/progress.h"
#include "runners/synth/replicator/graph_set.h"
#include "runners/synth/scene_groups.h"
#include "runners/synth/set_folder.h"

namespace vernier {
namespace {

constexpr std::uint64_t kBlock = 64;  // scenes: some 2 MB of pictures
const std::string kReplicator = "replicator/";

/// Files of the set that grow block by block.
class GrowingFiles {
 public:
  explicit GrowingFiles(std::string folder) : folder_(std::move(folder)) {}

  void open(const std::string& name, std::string_view header = {}) {
    const auto file = files_.emplace(name, std::make_unique<ByteSink>(folder_ + "/" + name));
    file.first->second->write(header);
  }
  void write(const std::string& name, std::string_view bytes) {
    if (const auto file = files_.find(name); file != files_.end()) file->second->write(bytes);
  }
  void commit() {
    for (const auto& [name, file] : files_) file->commit();
  }

 private:
  std::string folder_;
  std::map<std::string, std::unique_ptr<ByteSink>> files_;
};

void prepare_folder(const SynthOptions& options) {
  open_set_folder(options.output, options.force);
  const auto make = [&](const std::string& folder) { make_set_folder(options.output, folder); };
  if (options.wants(SynthPart::kReplicator)) {
    for (const std::string& folder : graph_folders(options.replicator)) make(kReplicator + folder);
  }
  for (const auto& [part, name] :
       {std::pair(SynthPart::kImages, "images"), std::pair(SynthPart::kMasks, "instances")}) {
    if (!options.wants(part)) continue;
    make(name);
    if (options.sides.size() == 1) continue;
    for (const unsigned side : options.sides) make(fmt::format("{}/{}", name, side));
  }
}

std::string settings_json(const SynthOptions& options, const SynthCounts& counts) {
  std::string out = "{";
  append_json_member(out, "schema", "vernier.synth/1");
  append_json_count(out, "seed", options.seed);
  append_json_member(out, "world", options.world.name);
  append_json_key(out, "sides");
  out += fmt::format("[{}]", fmt::join(options.sides, ","));
  append_json_key(out, "objects");
  out += fmt::format("[{},{}]", options.world.least_objects, options.world.most_objects);
  append_json_count(out, "shapes", options.world.shapes);
  append_json_member(out, "signs", options.world.signs);
  append_json_member(out, "stacks", options.world.stacks);
  if (options.wants(SynthPart::kReplicator)) {
    append_json_key(out, "replicator");
    out += graph_options_json(options.replicator);
  }
  append_json_key(out, "counts");
  out += counts_json(counts);
  return out + "}\n";
}

}  // namespace

std::string counts_json(const SynthCounts& counts) {
  std::string out = "{";
  append_json_count(out, "scenes", counts.scenes);
  append_json_count(out, "objects", counts.objects);
  append_json_count(out, "relations", counts.relations);
  append_json_count(out, "captions", counts.captions);
  append_json_count(out, "conversations", counts.conversations);
  append_json_key(out, "questions");
  out.push_back('{');
  for (std::size_t kind = 0; kind < counts.questions.size(); ++kind) {
    append_json_count(out, scenes::question_kind_name(static_cast<scenes::QuestionKind>(kind)),
                      counts.questions[kind]);
  }
  out.push_back('}');
  append_json_count(out, "yes", counts.yes);
  append_json_count(out, "no", counts.no);
  append_json_count(out, "no_hard", counts.hard);
  if (counts.graphs.graphs > 0) {
    append_json_key(out, "replicator");
    out += replicator_counts_json(counts.graphs);
  }
  return out + "}";
}

SynthCounts write_scene_set(const SynthOptions& options, const GlobalOptions& global) {
  prepare_folder(options);
  GrowingFiles files(options.output);
  const auto open = [&](SynthPart part, const std::string& name, std::string_view header = {}) {
    if (options.wants(part)) files.open(name, header);
  };
  const std::uint64_t side = options.sides.front();
  open(SynthPart::kArrays, "images.npy", scenes::npy_header({options.count, side, side, 3}));
  open(SynthPart::kArrays, "instances.npy", scenes::npy_header({options.count, side, side}));
  open(SynthPart::kScenes, "scenes.jsonl");
  open(SynthPart::kCaptions, "captions.jsonl");
  open(SynthPart::kQuestions, "questions.jsonl");
  open(SynthPart::kQuestions, "yes_no.jsonl");
  open(SynthPart::kConversations, "conversations.jsonl");
  // Before the long work, as they may refuse the options.
  const std::string groups = options.wants(SynthPart::kGroups) ? group_records(options) : "";
  const std::string needles = options.wants(SynthPart::kNeedles) ? needle_records(options) : "";

  Progress progress("drawing", global.quiet);
  SynthCounts counts;
  scenes::CocoLists coco;
  std::uint64_t next = 0;
  ordered_pipeline<SceneBlock>(
      thread_count(options.threads),
      [&](SceneBlock& block) {
        block.begin = next;
        block.end = next = std::min(next + kBlock, options.count);
        return block.begin < block.end;
      },
      [&](unsigned, SceneBlock& block) {
        check_interrupt();
        fill_block(options, block);
        for (const auto& [name, bytes] : block.files)
          write_file(options.output + "/" + name, bytes);
        block.files.clear();
        write_graph_files(options.replicator, options.output + "/" + kReplicator, block.graphs);
        block.graphs.clear();
      },
      [&](const SceneBlock& block) {
        files.write("images.npy", block.pixels);
        files.write("instances.npy", block.instances);
        files.write("scenes.jsonl", block.scenes);
        files.write("captions.jsonl", block.captions);
        files.write("questions.jsonl", block.questions);
        files.write("yes_no.jsonl", block.yes_no);
        files.write("conversations.jsonl", block.conversations);
        coco.append(block.coco);
        counts.add(block.counts);
        progress.update(block.end, options.count);
      });
  progress.clear();
  files.commit();
  const auto write = [&](SynthPart part, const std::string& name, const std::string& text) {
    if (options.wants(part)) write_file(options.output + "/" + name, text);
  };
  write(SynthPart::kGroups, "groups.jsonl", groups);
  write(SynthPart::kNeedles, "needles.jsonl", needles);
  if (options.wants(SynthPart::kCoco)) {
    write_file(options.output + "/instances.json", coco.instances());
    write_file(options.output + "/captions.json", coco.captions());
  }
  write_file(options.output + "/synth.json", settings_json(options, counts));
  return counts;
}

}  // namespace vernier
