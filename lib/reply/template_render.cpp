#include "base/text.hpp"
#include "reply/templates.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

namespace helpdesk::reply {
namespace {

constexpr int k_content_depth = 8; // dynamic content in dynamic content

Result<liquid::Rendered> render_at(const TemplateFile& file, const TemplateContext& context,
                                   const std::vector<TemplateFile>& partials, bool source_map, int depth) {
  if (!file.defect.empty()) return usage_error(file.defect);
  liquid::ParseOptions parse;
  parse.name = std::filesystem::path(file.path).filename().string();
  parse.helpdesk_filters = true;
  if (file.front.lax) parse.mode = liquid::Mode::lax;
  auto in_file = [](const TemplateFile& where, const liquid::Problem& problem) {
    return usage_error(fmt::format("{}:{}:{}: {}", where.path,
                                   problem.position.line + static_cast<std::uint32_t>(where.body_line) - 1,
                                   problem.position.column, problem.message));
  };
  auto parsed = liquid::Template::parse_or_problem(file.body, parse);
  if (!parsed) return in_file(file, parsed.error());
  liquid::RenderOptions options;
  options.strict_variables = true;
  options.strict_filters = true;
  options.now = context.now;
  options.zone = context.zone;
  options.language = context.language;
  options.source_map = source_map;
  options.limits.output_bytes = 1U << 20;
  options.partials = [&](std::string_view name) -> std::optional<std::string> {
    const TemplateFile* partial = find_partial(partials, name, context.language);
    if (!partial || !partial->defect.empty()) return std::nullopt;
    std::string_view text = partial->body; // its last line end is that of the file
    if (text.ends_with('\n')) text.remove_suffix(1);
    return std::string(text);
  };
  auto content = [&](std::string_view name) -> std::optional<std::string> {
    auto chosen = choose_template(partials, "dc/" + std::string(name), context.language, {});
    if (!chosen || depth >= k_content_depth) return std::nullopt;
    auto rendered = render_at(*chosen, context, partials, false, depth + 1);
    if (!rendered) return std::nullopt;
    return std::string(trim_right(std::string_view(rendered->text)));
  };
  options.globals = template_data(context, file.front, content); // blocks see them too
  liquid::Rendered rendered = parsed->render(liquid::Value::hash(), options);
  if (rendered.errors.empty()) return rendered;
  const liquid::Problem& problem = rendered.errors.front();
  if (problem.name.empty() || problem.name == parse.name) return in_file(file, problem);
  if (const TemplateFile* partial = find_partial(partials, problem.name, context.language))
    return in_file(*partial, problem);
  return usage_error(problem.located());
}

} // namespace

const TemplateFile* find_partial(const std::vector<TemplateFile>& files, std::string_view name,
                                 std::string_view language) {
  std::size_t slash = name.rfind('/');
  std::string block(name);
  block.insert(slash == std::string_view::npos ? 0 : slash + 1, "_");
  for (std::string_view wanted : {std::string_view(block), name}) {
    const TemplateFile *found = nullptr, *any = nullptr;
    for (const TemplateFile& file : files) {
      if (file.name != wanted) continue;
      if (!any) any = &file;
      if (file.language == language) return &file;
      if (!found && (file.language.empty() || same_language(file.language, language))) found = &file;
    }
    if (found || any) return found ? found : any;
  }
  return nullptr;
}

Result<liquid::Rendered> render_mapped(const TemplateFile& file, const TemplateContext& context,
                                       const std::vector<TemplateFile>& partials) {
  return render_at(file, context, partials, true, 0);
}

Result<std::string> render_template(const TemplateFile& file, const TemplateContext& context,
                                    const std::vector<TemplateFile>& partials) {
  liquid::Rendered rendered = TRY(render_at(file, context, partials, false, 0));
  return std::move(rendered.text);
}

std::vector<std::string> missing_fields(const TemplateFile& file, const TemplateContext& context) {
  json::Value values = context_values(context, file.front);
  std::vector<std::string> missing;
  for (const std::string& field : file.front.required)
    if (is_blank(find_at(values, field))) missing.push_back(field);
  return missing;
}

} // namespace helpdesk::reply
