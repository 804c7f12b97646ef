#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "base/error.h"
#include "base/hash.h"
#include "base/json_text.h"
#include "base/printable.h"
#include "metrics/text/unicode/unicode.h"
#include "metrics/text/unicode/white_space.h"
#include "runners/caption/image_list.h"
#include "runners/commands/commands.h"
#include "runners/model/answer_journal.h"
#include "runners/model/asking.h"
#include "runners/model/model_options.h"
#include "runners/model/shots.h"
#include "runners/run/run_log.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
Examples:
  vernier caption --images pictures -o captions.jsonl      with the model that comes with vernier
  vernier caption --model llava-1.5-7b-hf --images val2014 --list captions_val2014.json -o out.jsonl
  vernier caption --model DIR --images DIR --shots examples.jsonl -o out.jsonl   few-shot
  vernier score out.jsonl -r captions_val2014.json         how good they are

One JSON object a line: image_id, caption, finished (false: cut at --max-new), tokens. Interrupted
work goes on with the same command.
)";

struct CaptionOptions {
  ModelOptions model;
  std::string images, list, output = "-", system, shots;
  std::string prompt = "Describe the image.";
  std::size_t most_new = 128;
  bool resume = false;
};

std::string record_of(const std::string& image_id, const chat::ChatAnswer& answer) {
  std::string line = "{\"image_id\":";
  append_json_string(line, image_id);
  // Servers leave the blank that follows "ASSISTANT:".
  append_json_member(line, "caption", text::strip_right(text::strip_left(answer.text)));
  line += fmt::format(",\"finished\":{},\"tokens\":{}}}", answer.finished, answer.tokens_out);
  return line;
}

// What every caption depends on; not the list, so that a longer one can be gone on with.
std::string work_of(const chat::ChatModel& model, const CaptionOptions& options,
                    const Preamble& preamble) {
  return fmt::format("caption|{}|prompt:{}|max-new:{}", model.signature(),
                     prompt_digest(preamble, options.prompt), options.most_new);
}

int caption(const CaptionOptions& options, const GlobalOptions& global) {
  RunLog log(global.arguments);
  refuse_output_over_input(options.output, {options.list, options.shots}, "file of captions");
  const PictureFolder folder(options.images);
  const std::vector<std::string> ids = image_list(folder, options.images, options.list);
  const Preamble preamble = make_preamble(options.system, options.shots, folder, options.prompt);
  const auto model = open_model(options.model, global);

  // Standard output and pipes keep nothing.
  const bool file = options.output != "-" && !output_target(options.output).direct;
  std::unique_ptr<AnswerJournal> journal;
  if (file) {
    journal = std::make_unique<AnswerJournal>(options.output, work_of(*model, options, preamble),
                                              options.resume, global);
  }
  std::vector<std::string> records(ids.size());
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const std::string* kept = journal ? journal->find(ids[i]) : nullptr;
    if (kept == nullptr) {
      open.push_back(i);
    } else {
      records[i] = *kept;
    }
  }

  Asking asking;
  asking.count = open.size();
  asking.label = "captions";
  asking.key = [&](std::size_t i) { return printable(ids[open[i]], 200); };
  asking.request = [&](std::size_t i) {
    const std::string& id = ids[open[i]];
    if (text::find_invalid_utf8(id) != std::string_view::npos) {
      throw Error(ExitCode::kBadInput, "its name is not UTF-8: give it another one");
    }
    chat::ChatRequest request = request_about(preamble, folder.load(id), options.prompt);
    request.most_new = options.most_new;
    return request;
  };
  // To standard output and pipes in order, as soon as all before it are there.
  std::vector<bool> without(ids.size());
  std::size_t printed = 0;
  const auto print_ready = [&] {
    for (; !file && printed < ids.size() && (without[printed] || !records[printed].empty());
         ++printed) {
      if (!without[printed]) write_file(options.output, records[printed] + "\n");
    }
  };
  asking.done = [&](std::size_t i, const chat::ChatAnswer& answer) {
    std::string& record = records[open[i]];
    record = record_of(ids[open[i]], answer);
    if (journal) journal->add(ids[open[i]], record);
    print_ready();
  };
  asking.failed = [&](std::size_t i) {
    without[open[i]] = true;
    print_ready();
  };
  const std::vector<Unanswered> failed = ask(*model, asking, global);
  check_failures(failed, ids.size(), options.model.most_failures,
                 file ? printable(options.output, 200) + ".part" : "", global);
  if (file) {
    std::string all;
    for (const std::string& record : records) {
      if (!record.empty()) all += record + "\n";
    }
    write_file(options.output, all);
    journal->finish();
    log.note("model", model->signature());
    log.write(options.output, thread_count(options.model.threads), ids.size() - failed.size());
  }
  return 0;
}

}  // namespace

void add_caption_command(const CommandContext& context) {
  auto options = std::make_shared<CaptionOptions>();
  CLI::App* command =
      context.app.add_subcommand("caption", "Let a vision-language model describe pictures");
  command->footer(kExamples);
  command->add_option("--images", options->images, "Folder of pictures: JPEG, PNG, GIF or WebP")
      ->type_name("DIR")
      ->required();
  command
      ->add_option("--list", options->list,
                   "Only these images: records of any format, or an id a line")
      ->type_name("FILE");
  command->add_option("-o,--output", options->output, "Captions to write; - is stdout")
      ->type_name("FILE")
      ->capture_default_str();
  command->add_option("--prompt", options->prompt, "What the model is asked about each picture")
      ->type_name("TEXT")
      ->capture_default_str();
  command->add_option("--system", options->system, "A system message before it")->type_name("TEXT");
  command
      ->add_option("--shots", options->shots,
                   "Captions that are shown first, with their pictures, as examples of answers")
      ->type_name("FILE");
  command->add_option("--max-new", options->most_new, "Tokens of a caption at most")
      ->check(CLI::Range(1, 65536).description(""))
      ->capture_default_str();
  command->add_flag("--resume", options->resume,
                    "Go on with the interrupted work in FILE.part or refuse; without this flag it "
                    "is overwritten when it is of another model or prompt");
  add_model_options(*command, options->model);
  command->callback([options, context] {
    context.action = [options, &global = context.global] { return caption(*options, global); };
  });
}

}  // namespace vernier
