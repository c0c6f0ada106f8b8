#include "reply/template_names.hpp"

#include "base/text.hpp"

#include <filesystem>
#include <optional>

namespace helpdesk::reply {
namespace {

using liquid::Value;

bool is_command(std::string_view key) { return key == "size" || key == "first" || key == "last"; }

// The parts of "a.b[0].c"; "[0]" and "[]" stay as they are.
std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    if (path.front() == '.') path.remove_prefix(1);
    std::size_t end = path.empty() || path.front() != '[' ? path.find_first_of(".[") : path.find(']');
    if (end != std::string_view::npos && !path.empty() && path.front() == '[') ++end;
    parts.push_back(path.substr(0, end));
    path.remove_prefix(std::min(path.size(), parts.back().size()));
    if (parts.back().empty()) break;
  }
  return parts;
}

// nullopt: nothing of that name. Nil: anything may come.
std::optional<Value> member(const Value& value, std::string_view key) {
  switch (value.kind()) {
  case liquid::Kind::nil: return Value();
  case liquid::Kind::hash:
    if (const Value* found = value.find(key)) return *found;
    return is_command(key) || key.starts_with('[') ? std::optional<Value>(Value()) : std::nullopt;
  case liquid::Kind::array:
    if (key == "size") return Value(1);
    if (key.starts_with('[') || is_command(key))
      return value.as_array().empty() ? Value() : value.as_array().front();
    return std::nullopt;
  case liquid::Kind::object: {
    const liquid::Object& object = value.as_object();
    if (object.has(key)) return object.get(key);
    Value whole = object.whole();
    return whole.kind() == liquid::Kind::object ? std::nullopt : member(whole, key);
  }
  default: return is_command(key) ? std::optional<Value>(Value(1)) : std::nullopt;
  }
}

std::string one_name(std::string path) {
  for (std::string_view part : {".first_name", ".last_name"})
    if (path.ends_with(part)) return path.substr(0, path.size() - part.size()) + ".name";
  return path;
}

void add_names(const TemplateFile& file, const std::vector<TemplateFile>& files, bool is_block,
               std::set<std::string>& seen, std::map<std::string, NameUse>& names) {
  auto parsed = parse_body(file);
  if (!parsed || !seen.insert(file.path).second) return;
  for (const liquid::VariableUse& use : parsed->variables()) {
    std::string_view root = std::string_view(use.path).substr(0, use.path.find_first_of(".["));
    // What a block is given by render is its own.
    if (root == "language" || (is_block && !is_context_root(root))) continue;
    names.try_emplace(one_name(use.path),
                      NameUse{file.path, static_cast<int>(use.position.line) + file.body_line - 1,
                              static_cast<int>(use.position.column)});
  }
  for (const liquid::VariableUse& use : parsed->partials())
    if (const TemplateFile* partial = find_partial(files, use.path, file.language))
      add_names(*partial, files, true, seen, names);
}

} // namespace

bool leads_somewhere(const Value& data, std::string_view path) {
  Value at = data;
  for (std::string_view part : parts_of(path)) {
    auto next = member(at, part);
    if (!next) return false;
    at = std::move(*next);
  }
  return true;
}

Value all_names(const TemplateFile& file, const std::vector<TemplateFile>& files) {
  model::Ticket ticket;
  std::vector<model::Message> messages;
  TemplateContext context = sample_context(ticket, messages);
  for (const TemplateFile& one : files)
    if (one.name == file.name)
      for (const TemplateSample& sample : one.front.samples)
        context.values.insert(context.values.end(), sample.values.begin(), sample.values.end());
  return template_data(context, file.front, [&](std::string_view name) -> std::optional<std::string> {
    for (const TemplateFile& one : files)
      if (one.name == "dc/" + std::string(name)) return one.body;
    return std::nullopt;
  });
}

std::map<std::string, NameUse> names_used(const TemplateFile& file, const std::vector<TemplateFile>& files) {
  std::map<std::string, NameUse> names;
  std::set<std::string> seen;
  add_names(file, files, false, seen, names);
  return names;
}

std::expected<liquid::Template, liquid::Problem> parse_body(const TemplateFile& file) {
  liquid::ParseOptions options;
  options.name = std::filesystem::path(file.path).filename().string();
  options.helpdesk_filters = true;
  if (file.front.lax) options.mode = liquid::Mode::lax;
  return liquid::Template::parse_or_problem(file.body, options);
}

} // namespace helpdesk::reply
