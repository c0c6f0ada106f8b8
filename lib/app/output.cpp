// Where a command's data goes, and in which form.
#include "app/app.hpp"
#include "app/state.hpp"
#include "base/text.hpp"
#include "cli/jq.hpp"

#include <algorithm>

namespace helpdesk::app {
namespace {

using render::Format;

Format format_of_file(std::string_view path) {
  std::size_t dot = path.find_last_of("./");
  std::string ending =
      dot == std::string_view::npos || path[dot] == '/' ? "" : ascii_lower(path.substr(dot + 1));
  if (ending == "csv") return Format::csv;
  if (ending == "json") return Format::json;
  if (ending == "ndjson" || ending == "jsonl") return Format::ndjson;
  if (ending == "md" || ending == "markdown") return Format::markdown;
  if (ending == "html" || ending == "htm") return Format::html;
  if (ending == "txt") return Format::table;
  return Format::tsv;
}

std::vector<std::string> field_list(std::string_view text) {
  std::vector<std::string> fields;
  for (std::string_view field : split(text, ','))
    if (!trim(field).empty()) fields.emplace_back(trim(field));
  return fields;
}

} // namespace

// What the flags contradict is refused before the command opens anything.
Result<void> App::check_output_flags() {
  const cli::Invocation& globals = state_->globals();
  const cli::Command& command = *state_->parsed.command;
  std::string name(command.name);
  auto json = globals.get("json");
  auto format = globals.get("format");
  if (auto own = state_->parsed.invocation.get("format");
      own && (json || globals.has("jq") || globals.has("render")))
    return usage_error(name + ": --format " + *own +
                       " decides the output alone, without --json, --jq or --render");
  if (globals.has("jq") && format && *format != "json" && *format != "ndjson")
    return usage_error(name + ": --jq reads JSON, --format " + *format + " prints something else");
  if (globals.has("render") && (format || json || globals.has("jq")))
    return usage_error(name + ": --render decides the output alone, without --format, --json or --jq");
  if (!json) return {};
  std::vector<std::string> fields = field_list(*json);
  if (fields.empty()) return usage_error(name + ": --json needs the names of fields; --json list shows them");
  if (command.fields.empty()) return {};
  std::vector<std::string_view> known;
  for (const cli::FieldDoc& field : command.fields) known.push_back(field.name);
  for (const std::string& field : fields)
    if (std::find(known.begin(), known.end(), field) == known.end())
      return usage_error(name + ": --json: unknown field \"" + field + "\"" +
                         cli::did_you_mean(field, known) + "; --json list shows them all");
  return {};
}

Result<render::Options> App::render_options(bool is_document) {
  const cli::Invocation& globals = state_->globals();
  const config::Config& config = *TRY(this->config());
  auto file = globals.get("output");
  bool terminal = terminal_.out_is_tty() && !file;
  render::Options options;
  options.zone = zone();
  options.now = now();
  options.terminal = terminal;
  options.color = terminal_.color() && !file;
  options.raw_csv = globals.has("raw-csv");
  if (auto fields = globals.get("json")) options.fields = field_list(*fields);
  if (auto text = globals.get("render")) options.template_text = *text;
  options.format = Format::automatic;
  if (auto name = globals.get("format"))
    options.format = TRY(render::parse_format(*name));
  else if (globals.has("json") || globals.has("jq"))
    options.format = Format::json;
  else if (file)
    options.format = format_of_file(*file);
  else if (std::string set = config.text("display.format"); terminal && !set.empty())
    options.format = TRY(render::parse_format(set));
  // In a pipe rows are for programs; a document is for people wherever it goes.
  if (options.format == Format::automatic)
    options.format = terminal || is_document ? Format::table : Format::tsv;
  auto width = static_cast<int>(config.integer("display.width"));
  options.width = width > 0 ? width : terminal || is_document ? terminal_.columns() : 0;
  return options;
}

Result<void> App::deliver(std::string_view bytes) {
  std::string filtered;
  if (auto expression = state_->globals().get("jq")) {
    filtered = TRY(cli::run_jq(bytes, *expression));
    bytes = filtered;
  }
  return write(bytes);
}

Result<void> App::write(std::string_view bytes) {
  if (auto path = state_->globals().get("output")) {
    if (!state_->output) state_->output.emplace(TRY(OutputFile::open(*path)));
    return state_->output->write(bytes);
  }
  return terminal_.page(bytes);
}

Result<void> App::show(const render::Document& document) {
  render::Options options = TRY(render_options(true));
  std::string text;
  TRY(render::render(document, options, [&](std::string_view bytes) -> Result<void> {
    text += bytes;
    return {};
  }));
  return deliver(text);
}

// Rows are streamed when nobody needs the whole: no pager, no jq.
class App::Rows final : public render::RowWriter {
 public:
  Rows(App& app, const std::vector<render::Column>& columns, const render::Options& options,
       std::string empty_text)
      : app_(app), streams_(!app.terminal_.out_is_tty() && !app.state_->globals().has("jq")) {
    auto writer = [this](std::string_view bytes) -> Result<void> {
      if (streams_) return app_.write(bytes);
      text_ += bytes;
      return {};
    };
    inner_ = render::open_rows(columns, options, writer, std::move(empty_text));
  }
  Result<void> row(render::Row&& row) override { return inner_->row(std::move(row)); }
  Result<void> finish() override {
    TRY(inner_->finish());
    if (streams_) return app_.write(""); // --output makes its file without a row too
    return app_.deliver(text_);
  }

 private:
  App& app_;
  bool streams_;
  std::string text_;
  std::unique_ptr<render::RowWriter> inner_;
};

Result<std::unique_ptr<render::RowWriter>> App::rows(const std::vector<render::Column>& columns,
                                                     std::string empty_text) {
  render::Options options = TRY(render_options(false));
  return std::unique_ptr<render::RowWriter>(
      std::make_unique<Rows>(*this, columns, options, std::move(empty_text)));
}

} // namespace helpdesk::app
