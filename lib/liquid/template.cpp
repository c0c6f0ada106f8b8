#include "liquid/template.hpp"

#include "base/text.hpp"
#include "liquid/characters.hpp"
#include "liquid/context.hpp"
#include "liquid/parser.hpp"
#include "liquid/source.hpp"

#include <algorithm>
#include <cstring>

namespace helpdesk::liquid {

std::string Problem::located() const {
  return (name.empty() ? std::string("template") : name) + ":" + std::to_string(position.line) + ":" +
         std::to_string(position.column) + ": " + message;
}

Position Source::position(std::uint32_t offset) const {
  Position result;
  result.offset = std::min<std::uint32_t>(offset, static_cast<std::uint32_t>(text.size()));
  const auto next = std::upper_bound(line_starts.begin(), line_starts.end(), result.offset);
  result.line = static_cast<std::uint32_t>(next - line_starts.begin()) + 1;
  const auto start = next == line_starts.begin() ? 0U : *(next - 1);
  result.column = static_cast<std::uint32_t>(
                      count_characters(std::string_view(text).substr(start, result.offset - start))) +
                  1;
  return result;
}

Position SourceSpan::position() const { return source->position(offset); }
std::string_view SourceSpan::variable() const { return printed ? printed->source : std::string_view(); }
std::string_view SourceSpan::name() const { return source->name; }

std::expected<std::shared_ptr<const Source>, Problem> Source::parse(std::string text,
                                                                    const ParseOptions& options) {
  auto source = std::make_shared<Source>();
  source->text = std::move(text);
  source->options = options;
  source->name = options.name;
  Problem problem;
  try {
    const auto& all = source->text;
    if (all.size() > 0x7FFFFFFFU)
      throw Failed{
          .kind = Problem::Kind::limit, .message = "a template may have at most 2 GiB", .limit = "size"};
    for (const auto *at = all.data(), *end = at + all.size();
         (at = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)))) !=
         nullptr;)
      source->line_starts.push_back(static_cast<std::uint32_t>(++at - all.data()));
    Parser parser(source->text, source->line_starts, source->options, source->arena, source->warnings);
    source->body = parser.document();
    source->declared = parser.declared();
    source->lookups = parser.lookups();
    source->unknown_filters = parser.unknown_filters();
    source->partials = parser.partials();
    for (auto& warning : source->warnings) {
      const auto line = warning.position.line;
      warning.name = source->name;
      warning.text = "Liquid syntax error (line " + std::to_string(line) + "): " + warning.message;
      warning.position = source->position(warning.position.offset);
    }
    return source;
  } catch (const Failed& failed) {
    problem.kind = failed.kind;
    problem.message = failed.message;
    problem.limit = failed.limit;
    problem.name = source->name;
    problem.position = source->position(failed.offset);
    problem.text = failed.kind == Problem::Kind::syntax ? "Liquid syntax error (" : "Liquid error (";
    problem.text += (options.partial ? source->name + " " : std::string()) + "line " +
                    std::to_string(std::max(1U, failed.line)) + "): " + failed.message;
  } catch (const std::exception& error) {
    problem.kind = Problem::Kind::internal;
    problem.name = source->name;
    problem.message = error.what();
    problem.text = "Liquid error: " + problem.message;
  }
  return std::unexpected(std::move(problem));
}

std::expected<Template, Problem> Template::parse_or_problem(std::string text, const ParseOptions& options) {
  auto source = Source::parse(std::move(text), options);
  if (!source) return std::unexpected(std::move(source).error());
  return Template(std::move(*source));
}

Result<Template> Template::parse(std::string text, const ParseOptions& options) {
  auto parsed = parse_or_problem(std::move(text), options);
  if (!parsed) return usage_error(parsed.error().located());
  return std::move(*parsed);
}

const std::string& Template::text() const { return source_->text; }
const std::string& Template::name() const { return source_->name; }
const std::vector<Problem>& Template::warnings() const { return source_->warnings; }

Rendered Template::render(const Value& data, const RenderOptions& options) const {
  Rendered result;
  Run run(options);
  run.text.reserve(source_->text.size() + source_->text.size() / 4); // mostly its words with a few values
  if (options.source_map) run.spans.reserve(64 + source_->text.size() / 32);
  try {
    Context context(run, *source_, &data, 1);
    context.render(source_->body);
  } catch (Stopped& stopped) {
    run.errors.push_back(std::move(stopped.problem));
  } catch (const std::exception& error) {
    Problem problem;
    problem.kind = Problem::Kind::internal;
    problem.name = source_->name;
    problem.message = error.what();
    problem.text = "Liquid error: " + problem.message;
    run.errors.push_back(std::move(problem));
  }
  if (!run.errors.empty() && run.errors.back().kind == Problem::Kind::limit) run.spans.clear();
  result.source_map = std::move(run.spans);
  result.keeps = run.take_partials(source_);
  result.text = std::move(run.text);
  result.errors = std::move(run.errors);
  result.warnings = std::move(run.warnings);
  return result;
}

} // namespace helpdesk::liquid
