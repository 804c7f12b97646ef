#include <CLI/CLI.hpp>
#include <memory>

#include "base/io/output/target.h"
#include "runners/caption/captioning.h"
#include "runners/commands/commands.h"
#include "runners/model/model_options.h"
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
  CaptioningOptions captions;
};

int caption(const CaptionOptions& options, const GlobalOptions& global) {
  RunLog log(global.arguments);
  std::unique_ptr<chat::ChatModel> model;
  const auto open = [&]() -> chat::ChatModel& {
    model = open_model(options.model, global);
    return *model;
  };
  const std::size_t captions = caption_pictures(open, options.captions, global);
  // Standard output and pipes have no log.
  const std::string& output = options.captions.output;
  if (output != "-" && !output_target(output).direct) {
    log.note("model", model->signature());
    log.write(output, thread_count(options.model.threads), captions);
  }
  return 0;
}

}  // namespace

void add_caption_command(const CommandContext& context) {
  auto options = std::make_shared<CaptionOptions>();
  CLI::App* command =
      context.app.add_subcommand("caption", "Let a vision-language model describe pictures");
  command->footer(kExamples);
  command
      ->add_option("--images", options->captions.images,
                   "Folder of pictures: JPEG, PNG, GIF or WebP")
      ->type_name("DIR")
      ->required();
  command
      ->add_option("--list", options->captions.list,
                   "Only these images: records of any format, or an id a line")
      ->type_name("FILE");
  command->add_option("-o,--output", options->captions.output, "Captions to write; - is stdout")
      ->type_name("FILE")
      ->capture_default_str();
  command
      ->add_option("--prompt", options->captions.prompt,
                   "What the model is asked about each picture")
      ->type_name("TEXT")
      ->capture_default_str();
  command->add_option("--system", options->captions.system, "A system message before it")
      ->type_name("TEXT");
  command
      ->add_option("--shots", options->captions.shots,
                   "Captions that are shown first, with their pictures, as examples of answers")
      ->type_name("FILE");
  command->add_option("--max-new", options->captions.most_new, "Tokens of a caption at most")
      ->check(CLI::Range(1, 65536).description(""))
      ->capture_default_str();
  command->add_flag("--resume", options->captions.resume,
                    "Go on with the interrupted work in FILE.part or refuse; without this flag it "
                    "is overwritten when it is of another model or prompt");
  add_model_options(*command, options->model);
  command->callback([options, context] {
    options->captions.most_failures = options->model.most_failures;
    context.action = [options, &global = context.global] { return caption(*options, global); };
  });
}

}  // namespace vernier
