#include "app/template_linting.hpp"

#include "app/drafting.hpp"
#include "app/linting.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <filesystem>
#include <limits>
#include <map>
#include <tuple>

#include <fmt/format.h>

namespace helpdesk::app {
namespace {

struct Key {
  std::string path, rule;
  int line, column;
  auto operator<=>(const Key&) const = default;
};

reply::TemplateFinding template_finding(const lint::Finding& found, const reply::RenderedSample& sample) {
  reply::TemplateFinding one;
  one.rule = found.rule;
  one.is_error = found.severity == lint::Severity::error;
  one.is_suggestion = found.severity == lint::Severity::suggestion;
  one.name = sample.file->name;
  one.language = sample.file->language;
  one.sample = sample.sample;
  one.path = found.template_name.empty() ? sample.file->path : found.template_name;
  one.line = static_cast<int>(found.template_line);
  one.column = static_cast<int>(found.template_column);
  one.message = found.message;
  if (!found.suggestion.empty()) one.message += "; " + found.suggestion;
  one.fingerprint = found.fingerprint;
  return one;
}

// Lines of the reply that the template made, told by their words in their order.
std::vector<lint::SourceSpan> kept_spans(std::string_view text, const liquid::Rendered& rendered,
                                         const std::vector<lint::SourceSpan>& spans) {
  std::vector<lint::SourceSpan> kept;
  std::size_t made = 0; // of the rendered text, up to which lines were found again
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    for (std::size_t from = made; !trim(line).empty() && from < rendered.text.size();) {
      std::size_t to = std::min(rendered.text.find('\n', from), rendered.text.size());
      if (std::string_view(rendered.text).substr(from, to - from) != line) {
        from = to + 1;
        continue;
      }
      for (const lint::SourceSpan& span : spans) {
        if (span.end <= from || span.begin >= to) continue;
        lint::SourceSpan one = span;
        std::size_t begin = std::max(span.begin, from);
        // A span that began in a line above: its own words go on here.
        if (begin > span.begin && span.variable.empty()) {
          std::string_view before = std::string_view(rendered.text).substr(span.begin, begin - span.begin);
          one.line += static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n'));
          one.column = 1;
          one.offset += static_cast<std::uint32_t>(before.size());
        }
        one.begin = at + (begin - from);
        one.end = at + (std::min(span.end, to) - from);
        kept.push_back(std::move(one));
      }
      made = to + 1;
      break;
    }
    at = end + 1;
  }
  return kept;
}

} // namespace

std::vector<lint::SourceSpan> source_spans(const liquid::Rendered& rendered, const reply::TemplateFile& file,
                                           const std::vector<reply::TemplateFile>& files,
                                           std::string_view language) {
  std::string own = std::filesystem::path(file.path).filename().string();
  std::vector<lint::SourceSpan> spans;
  for (const liquid::SourceSpan& s : rendered.source_map) {
    lint::SourceSpan span{s.begin, s.end, std::string(s.variable()), file.path};
    int first = file.body_line;
    span.offset = s.offset;
    if (const std::string_view name = s.name(); !name.empty() && name != own) {
      const reply::TemplateFile* block = reply::find_partial(files, name, language);
      span.name = block ? block->path : std::string(name);
      first = block ? block->body_line : 1;
      // Comments of lint hold for the file they stand in.
      span.offset = std::numeric_limits<std::uint32_t>::max() / 2;
    }
    const liquid::Position position = s.position();
    span.line = position.line + static_cast<std::uint32_t>(first) - 1;
    span.column = position.column;
    spans.push_back(std::move(span));
  }
  return spans;
}

Result<std::vector<reply::TemplateFinding>> lint_rendered(App& app,
                                                          const std::vector<reply::TemplateFile>& files,
                                                          const reply::TemplateCheckOptions& options) {
  lint::Settings settings = TRY(lint_settings(app));
  std::vector<reply::TemplateFinding> all;
  std::map<Key, bool> seen;
  std::map<std::pair<const reply::TemplateFile*, std::uint32_t>, int>
      unused; // directives: in how many samples
  std::map<const reply::TemplateFile*, int> samples;
  auto rendered = reply::render_samples(files, options);
  for (const reply::RenderedSample& one : rendered) ++samples[one.file];
  for (const reply::RenderedSample& one : rendered) {
    const reply::TemplateFile& file = *one.file;
    lint::Input input;
    input.text = one.rendered.text;
    input.language = file.language;
    input.map = source_spans(one.rendered, file, files, file.language.empty() ? "en" : file.language);
    input.template_text = file.body;
    input.context.tags = file.front.tags;
    input.context.attachments_known = false;
    input.context.now = options.now;
    input.context.zone = options.zone;
    for (const lint::Finding& found : lint::check(input, settings).findings) {
      reply::TemplateFinding finding = template_finding(found, one);
      if (found.rule == "HD000") {
        // One sample may need what another does not.
        if (++unused[{one.file, found.template_line}] != samples[one.file]) continue;
        finding.line += file.body_line - 1;
        finding.message = "this lint-disable suppresses nothing";
        finding.sample.clear();
      }
      if (!seen.try_emplace(Key{finding.path, finding.rule, finding.line, finding.column}).second) continue;
      all.push_back(std::move(finding));
    }
  }
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return std::tie(a.path, a.line, a.column) < std::tie(b.path, b.line, b.column);
  });
  return all;
}

Result<TemplateMade> template_made(App& app, const std::string& name,
                                   const std::optional<model::Ticket>& ticket, const std::string& language) {
  TemplateMade made;
  const config::Config& config = *TRY(app.config());
  std::string directory = TRY(template_directory(app));
  made.files = TRY(reply::load_templates(directory));
  std::string wanted = !language.empty()                     ? language
                       : ticket && !ticket->language.empty() ? ticket->language
                                                             : config.text("general.language", "en");
  made.file = TRY(reply::choose_template(made.files, name, wanted, config.list("templates.languages")));
  made.language = made.file.language.empty() ? wanted : made.file.language;
  const model::Ticket* one = ticket ? &*ticket : nullptr;
  store::Store* store = nullptr;
  if (one) store = TRY(app.store(store::Access::read));
  auto setting = TRY(template_setting(app, store, one, made.language, ticket ? ticket->account : ""));
  if (one) made.missing = reply::missing_fields(made.file, setting->context);
  auto rendered = reply::render_mapped(made.file, setting->context, made.files);
  if (rendered)
    made.rendered = std::move(*rendered);
  else
    made.problem = rendered.error().message;
  return made;
}

void trace_to_template(const TemplateMade& made, std::string_view text, lint::Input& input) {
  if (!made.problem.empty()) return;
  auto spans = source_spans(made.rendered, made.file, made.files, made.language);
  input.map = text == made.rendered.text ? std::move(spans) : kept_spans(text, made.rendered, spans);
  for (const std::string& field : made.missing) input.context.required.push_back(field);
}

void drop_unused_comments(lint::Report& report) {
  std::erase_if(report.findings,
                [](const lint::Finding& f) { return f.rule == "HD000" && f.template_line > 0; });
}

} // namespace helpdesk::app
