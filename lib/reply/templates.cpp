#include "reply/templates.hpp"

#include "base/file.hpp"
#include "base/text.hpp"
#include "liquid/template.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include <fmt/format.h>

namespace helpdesk::reply {
namespace {

using liquid::Value;

// "greeting.nb.liquid" -> greeting, nb; "greeting.liquid" -> greeting.
void name_of_file(std::string_view file, TemplateFile& into) {
  std::string_view stem = file.substr(0, file.size() - 7); // without ".liquid"
  std::size_t dot = stem.rfind('.');
  bool has_language =
      dot != std::string_view::npos && stem.size() - dot - 1 >= 2 && stem.size() - dot - 1 <= 5;
  into.name = std::string(has_language ? stem.substr(0, dot) : stem);
  into.language = has_language ? std::string(stem.substr(dot + 1)) : std::string();
}

// The front matter between two "+++" lines: title = "…". The rest of its keys belong to whoever knows them.
void split_front_matter(std::string_view text, TemplateFile& into) {
  into.body = std::string(text);
  if (!text.starts_with("+++\n")) return;
  std::size_t end = text.find("\n+++\n", 3);
  if (end == std::string_view::npos) return;
  for (std::string_view line : split_lines(text.substr(4, end - 3))) {
    std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) continue;
    std::string_view value = trim(line.substr(equals + 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
      value = value.substr(1, value.size() - 2);
    if (trim(line.substr(0, equals)) == "title") into.title = std::string(value);
  }
  into.body = std::string(text.substr(end + 5));
  into.body_line =
      static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end + 5), '\n')) +
      1;
}

std::string first_name(std::string_view name) {
  name = trim(name);
  std::size_t comma = name.find(',');
  if (comma != std::string_view::npos) name = trim(name.substr(comma + 1)); // "Olsen, Martha"
  return std::string(name.substr(0, name.find(' ')));
}

Value person_value(std::string_view name, std::string_view address) {
  return Value::hash({{"name", Value(name.empty() ? address : name)},
                      {"first_name", Value(first_name(name))},
                      {"email", Value(address)}});
}

} // namespace

Result<std::vector<TemplateFile>> load_templates(const std::string& directory) {
  std::vector<TemplateFile> files;
  std::error_code code;
  std::filesystem::directory_iterator it(directory, code), end;
  if (code) {
    if (code == std::errc::no_such_file_or_directory) return files;
    return failed(fmt::format("{}: {}", directory, code.message()));
  }
  for (; it != end; it.increment(code)) {
    if (code) return failed(fmt::format("{}: {}", directory, code.message()));
    std::string file = it->path().filename().string();
    if (!file.ends_with(".liquid") || file.starts_with('.') || file.size() == 7) continue;
    TemplateFile entry;
    entry.path = it->path().string();
    name_of_file(file, entry);
    std::string text = TRY(read_file(entry.path, 4ULL << 20));
    if (!is_valid_utf8(text)) return usage_error(fmt::format("{}: not UTF-8; save it as UTF-8", entry.path));
    entry.hash = sha256_hex(text);
    split_front_matter(text, entry);
    files.push_back(std::move(entry));
  }
  std::sort(files.begin(), files.end(), [](const TemplateFile& a, const TemplateFile& b) {
    return a.name != b.name ? a.name < b.name : a.language < b.language;
  });
  return files;
}

Result<TemplateFile> choose_template(const std::vector<TemplateFile>& files, std::string_view name,
                                     std::string_view language, const std::vector<std::string>& fallbacks) {
  std::vector<const TemplateFile*> same;
  std::set<std::string_view> names;
  for (const TemplateFile& file : files) {
    names.insert(file.name);
    if (file.name == name) same.push_back(&file);
  }
  if (same.empty()) {
    std::string_view near = nearest(name, {names.begin(), names.end()});
    return not_found(fmt::format("no template \"{}\"{}", name,
                                 near.empty() ? "; helpdesk template list names them"
                                              : fmt::format(" (did you mean \"{}\"?)", near)));
  }
  std::vector<std::string_view> order{language};
  order.insert(order.end(), fallbacks.begin(), fallbacks.end());
  order.emplace_back("");
  for (std::string_view wanted : order)
    for (const TemplateFile* file : same)
      if (file->language == wanted) return *file;
  return *same.front();
}

Value template_data(const TemplateContext& context) {
  Value ticket = Value::hash();
  Value requester = Value::hash();
  Value message = Value::hash();
  if (context.ticket) {
    const model::Ticket& t = *context.ticket;
    std::vector<Value> tags;
    for (const std::string& tag : t.tags) tags.emplace_back(tag);
    requester = person_value(t.requester_name, t.requester_address);
    requester.set("language", Value(t.language));
    ticket = Value::hash({{"id", Value(t.number)},
                          {"number", Value(t.number)},
                          {"subject", Value(t.subject)},
                          {"status", Value(model::text(t.status))},
                          {"priority", Value(model::text(t.priority))},
                          {"channel", Value(model::text(t.channel))},
                          {"tags", Value::array(std::move(tags))},
                          {"queue", Value(t.queue)},
                          {"assignee", Value(t.assignee)},
                          {"created_at", Value(format_rfc3339(t.created, context.zone))},
                          {"requester", requester}});
    Value fields = Value::hash();
    for (const model::CustomField& field : t.fields) fields.set(field.key, Value(field.value));
    ticket.set("fields", std::move(fields));
  }
  if (context.messages)
    for (auto it = context.messages->rbegin(); it != context.messages->rend(); ++it) {
      if (it->direction != model::Direction::in || it->visibility != model::Visibility::public_) continue;
      message = Value::hash({{"text", Value(it->stripped.empty() ? it->text : it->stripped)},
                             {"subject", Value(it->subject)},
                             {"date", Value(format_rfc3339(it->time, context.zone))},
                             {"author", person_value(it->author.name, it->author.address)}});
      break;
    }
  Value agent = person_value(context.agent.name, context.agent.address);
  return Value::hash({{"ticket", std::move(ticket)},
                      {"requester", std::move(requester)},
                      {"agent", std::move(agent)},
                      {"message", std::move(message)},
                      {"language", Value(context.language)}});
}

Result<std::string> render_template(const TemplateFile& file, const TemplateContext& context,
                                    const std::vector<TemplateFile>& partials) {
  liquid::ParseOptions parse;
  parse.name = std::filesystem::path(file.path).filename().string();
  parse.helpdesk_filters = true;
  auto in_file = [&](std::string message, std::uint32_t line, std::uint32_t column) {
    return usage_error(fmt::format("{}:{}:{}: {}", file.path,
                                   line + static_cast<std::uint32_t>(file.body_line) - 1, column, message));
  };
  auto parsed = liquid::Template::parse_or_problem(file.body, parse);
  if (!parsed)
    return in_file(parsed.error().message, parsed.error().position.line, parsed.error().position.column);
  liquid::RenderOptions options;
  options.strict_variables = true;
  options.strict_filters = true;
  options.now = context.now;
  options.zone = context.zone;
  options.language = context.language;
  options.source_map = false;
  options.partials = [&](std::string_view name) -> std::optional<std::string> {
    auto partial = choose_template(partials, name, context.language, {});
    if (!partial) return std::nullopt;
    return partial->body;
  };
  liquid::Rendered rendered = parsed->render(template_data(context), options);
  if (!rendered.errors.empty()) {
    const liquid::Problem& problem = rendered.errors.front();
    if (!problem.name.empty() && problem.name != parse.name) return usage_error(problem.located());
    return in_file(problem.message, problem.position.line, problem.position.column);
  }
  return std::move(rendered.text);
}

TemplateContext sample_context(model::Ticket& ticket, std::vector<model::Message>& messages) {
  ticket.number = 1;
  ticket.subject = "Sample subject";
  ticket.requester_name = "Sample Customer";
  ticket.requester_address = "customer@example.org";
  ticket.language = "en";
  model::Message message;
  message.subject = ticket.subject;
  message.text = message.stripped = "Sample question?";
  message.author = {ticket.requester_name, ticket.requester_address};
  messages = {std::move(message)};
  TemplateContext context;
  context.ticket = &ticket;
  context.messages = &messages;
  context.agent = {"Sample Agent", "agent@example.org"};
  context.language = "en";
  return context;
}

} // namespace helpdesk::reply
