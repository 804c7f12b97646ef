#include "runners/quantize/calibration_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>

#include "base/error.h"
#include "base/paths/scratch_folder.h"
#include "base/printable.h"
#include "judges/engine/tokenizer/tokenizer.h"
#include "judges/prompts/prompt_set.h"
#include "judges/visce/rater.h"
#include "runners/model/shots.h"
#include "runners/probe/captions/caption_file.h"
#include "runners/probe/live/study/live_data.h"
#include "runners/quantize/recorder.h"
#include "runners/synth/scene_set.h"

namespace vernier {
namespace {

namespace fs = std::filesystem;
using Requests = std::vector<chat::ChatRequest>;

constexpr const char* kDescribe = "Describe the image.";
constexpr std::size_t kTextTokens = 512;  ///< of a piece of text
/// Scenes that are drawn where no source is given; their captions and questions fill the usual
/// number of tokens.
constexpr std::size_t kDrawnScenes = 128;

/// `most` of the items, evenly spread over them.
template <class T>
std::vector<T> spread(std::vector<T> items, std::size_t most) {
  if (items.size() <= most) return items;
  std::vector<T> out;
  for (std::size_t i = 0; i < most; ++i) out.push_back(std::move(items[i * items.size() / most]));
  return out;
}

engine::Prompt prompt_of(chat::LocalModel& model, const chat::ChatRequest& request) {
  engine::Task task = model.task(request);
  task.prompt.ids.insert(task.prompt.ids.end(), task.forced.begin(), task.forced.end());
  return std::move(task.prompt);
}

/// Pictures with captions, and questions about them.
class SeenSource {
 public:
  SeenSource(chat::LocalModel& model, const std::string& images,
             std::vector<CaptionRecord> captions, std::vector<probes::LiveQuestion> questions)
      : model_(model),
        folder_(images),
        captions_(std::move(captions)),
        questions_(std::move(questions)) {}

  CalibrationSet take(std::size_t tokens) {
    // How long a prompt is shows the first one: they differ in a few words.
    const std::size_t length =
        prompt_of(model_, descriptions(spread(captions_, 1)).front()).ids.size();
    const std::size_t wanted = std::max<std::size_t>(1, tokens / length);
    const std::size_t kinds = questions_.empty() ? 2 : 3, each = wanted / kinds + 1;
    std::vector<Requests> sources = {descriptions(spread(captions_, each)),
                                     verdicts(spread(captions_, each / 2 + 1)),
                                     questions(spread(questions_, each))};
    CalibrationSet out;
    for (std::size_t i = 0; i < wanted; ++i) {
      for (Requests& source : sources) {
        if (i < source.size()) out.prompts.push_back(prompt_of(model_, source[i]));
      }
    }
    out.description = fmt::format("captions, verdicts{} about {} pictures",
                                  questions_.empty() ? "" : " and answers", pictures_.size());
    return out;
  }

 private:
  std::shared_ptr<const chat::Picture> picture(const std::string& image_id) {
    pictures_.insert(image_id);
    return folder_.load(image_id);
  }
  Requests descriptions(const std::vector<CaptionRecord>& captions) {
    Requests out;
    for (const CaptionRecord& caption : captions) {
      out.push_back(request_about({}, picture(caption.image_id), kDescribe));
      out.back().forced = caption.text;
    }
    return out;
  }
  Requests questions(const std::vector<probes::LiveQuestion>& questions) {
    Requests out;
    for (const probes::LiveQuestion& question : questions) {
      out.push_back(request_about({}, picture(question.image_id), question.text));
      out.back().forced = question.label;
    }
    return out;
  }
  /// The judge's two stages, as it asks them.
  Requests verdicts(const std::vector<CaptionRecord>& captions) {
    const prompts::PromptSet prompts = prompts::open_prompts(model_.prompt_set());
    ConversationRecorder recorder(model_);
    visce::Rater rater(recorder, prompts, {});
    std::vector<visce::RatingCase> cases;
    cases.reserve(captions.size());
    for (const CaptionRecord& caption : captions) {
      cases.push_back({caption.text, {}, visce::see(picture(caption.image_id)), nullptr});
    }
    rater.rate(cases);
    return recorder.take();
  }

  chat::LocalModel& model_;
  PictureFolder folder_;
  std::vector<CaptionRecord> captions_;
  std::vector<probes::LiveQuestion> questions_;
  std::set<std::string> pictures_;
};

CalibrationSet from_scenes(chat::LocalModel& model, const std::string& folder,
                           const CalibrationOptions& options) {
  const fs::path path(folder);
  LiveData data = open_live_data({folder, "", ""});
  CaptionFile captions = read_captions((path / "captions.jsonl").string(), options.read);
  return SeenSource(model, data.folders.front(), std::move(captions.captions),
                    std::move(data.questions.questions))
      .take(options.tokens);
}

CalibrationSet from_texts(chat::LocalModel& model, const CaptionFile& file, std::size_t tokens) {
  std::vector<std::uint32_t> all;
  for (const CaptionRecord& caption : file.captions) {
    const auto ids = model.tokenizer().encode(caption.text + "\n", {.add_special = false});
    all.insert(all.end(), ids.begin(), ids.end());
  }
  std::vector<engine::Prompt> pieces;
  for (std::size_t at = 0; at < all.size(); at += kTextTokens) {
    const auto begin = all.begin() + static_cast<std::ptrdiff_t>(at);
    const std::size_t length = std::min(kTextTokens, all.size() - at);
    pieces.push_back({{begin, begin + static_cast<std::ptrdiff_t>(length)}, {}});
  }
  CalibrationSet out;
  out.description = fmt::format("{} texts without pictures", file.captions.size());
  out.prompts = spread(std::move(pieces), tokens / kTextTokens + 1);
  return out;
}

CalibrationSet from_drawn(chat::LocalModel& model, const CalibrationOptions& options,
                          const GlobalOptions& global) {
  if (model.prompt_set() != "scenes") {
    throw Error(ExitCode::kUsage,
                "--method awq: needs to see what the model reads: --calibration FILE (captions, "
                "with --images DIR their pictures) or a folder that vernier synth wrote; --method "
                "rtn needs nothing");
  }
  const ScratchFolder scratch;
  SynthOptions drawn;
  drawn.world = scenes::small_world();
  drawn.count = kDrawnScenes;
  drawn.seed = options.seed;
  drawn.sides = {drawn.world.side};
  drawn.output = scratch.file("scenes");
  for (const SynthPart part :
       {SynthPart::kImages, SynthPart::kScenes, SynthPart::kCaptions, SynthPart::kQuestions}) {
    drawn.parts |= 1U << static_cast<unsigned>(part);
  }
  write_scene_set(drawn, global);
  return from_scenes(model, drawn.output, options);
}

}  // namespace

CalibrationSet calibration_set(chat::LocalModel& model, const CalibrationOptions& options,
                               const GlobalOptions& global) {
  if (options.source.empty()) return from_drawn(model, options, global);
  std::error_code unknown;
  if (fs::is_directory(options.source, unknown)) {
    return from_scenes(model, options.source, options);
  }
  CaptionFile file = read_captions(options.source, options.read);
  if (file.captions.empty()) {
    throw Error(ExitCode::kBadInput,
                fmt::format("{}: holds no captions to calibrate with", file.name));
  }
  if (options.images.empty()) return from_texts(model, file, options.tokens);
  return SeenSource(model, options.images, std::move(file.captions), {}).take(options.tokens);
}

}  // namespace vernier
