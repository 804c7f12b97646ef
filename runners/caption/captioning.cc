#include "runners/caption/captioning.h"

#include <fmt/format.h>

#include <memory>

#include "base/error.h"
#include "base/hash.h"
#include "base/json_text.h"
#include "base/printable.h"
#include "metrics/text/unicode/unicode.h"
#include "metrics/text/unicode/white_space.h"
#include "runners/caption/image_list.h"
#include "runners/model/answer_journal.h"
#include "runners/model/shots.h"
#include "runners/run/run_log.h"

namespace vernier {
namespace {

std::string record_of(const std::string& image_id, const chat::ChatAnswer& answer) {
  std::string line = "{\"image_id\":";
  append_json_string(line, image_id);
  // Servers leave the blank that follows "ASSISTANT:".
  append_json_member(line, "caption", text::strip_right(text::strip_left(answer.text)));
  line += fmt::format(",\"finished\":{},\"tokens\":{}}}", answer.finished, answer.tokens_out);
  return line;
}

// What every caption depends on; not the list, so that a longer one can be gone on with.
std::string work_of(const chat::ChatModel& model, const CaptioningOptions& options,
                    const Preamble& preamble) {
  return fmt::format("caption|{}|prompt:{}|max-new:{}", model.signature(),
                     prompt_digest(preamble, options.prompt), options.most_new);
}

}  // namespace

std::size_t caption_pictures(const std::function<chat::ChatModel&()>& open,
                             const CaptioningOptions& options, const GlobalOptions& global) {
  refuse_output_over_input(options.output, {options.list, options.shots}, "file of captions");
  const PictureFolder folder(options.images);
  const std::vector<std::string> ids = image_list(folder, options.images, options.list);
  const Preamble preamble = make_preamble(options.system, options.shots, folder, options.prompt);
  chat::ChatModel& model = open();

  // Standard output and pipes keep nothing.
  const bool file = options.output != "-" && !output_target(options.output).direct;
  std::unique_ptr<AnswerJournal> journal;
  if (file) {
    journal = std::make_unique<AnswerJournal>(options.output, work_of(model, options, preamble),
                                              options.resume, global);
  }
  std::vector<std::string> records(ids.size());
  std::vector<std::size_t> unanswered;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const std::string* kept = journal ? journal->find(ids[i]) : nullptr;
    if (kept == nullptr) {
      unanswered.push_back(i);
    } else {
      records[i] = *kept;
    }
  }

  Asking asking;
  asking.count = unanswered.size();
  asking.label = "captions";
  asking.key = [&](std::size_t i) { return printable(ids[unanswered[i]], 200); };
  asking.request = [&](std::size_t i) {
    const std::string& id = ids[unanswered[i]];
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
    std::string& record = records[unanswered[i]];
    record = record_of(ids[unanswered[i]], answer);
    if (journal) journal->add(ids[unanswered[i]], record);
    print_ready();
  };
  asking.failed = [&](std::size_t i) {
    without[unanswered[i]] = true;
    print_ready();
  };
  const std::vector<Unanswered> failed = ask(model, asking, global);
  check_failures(failed, ids.size(), options.most_failures,
                 file ? printable(options.output, 200) + ".part" : "", global);
  if (file) {
    std::string all;
    for (const std::string& record : records) {
      if (!record.empty()) all += record + "\n";
    }
    write_file(options.output, all);
    journal->finish();
  }
  return ids.size() - failed.size();
}

}  // namespace vernier
