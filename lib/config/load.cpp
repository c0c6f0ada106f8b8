#include "base/file.hpp"
#include "base/text.hpp"
#include "config/config.hpp"
#include "config/layers.hpp"
#include "config/trusted_file.hpp"

#include <algorithm>

namespace helpdesk::config {
namespace {

// The nearest .helpdesk.toml from directory upwards, or empty.
std::string project_file(std::string directory) {
  while (!directory.empty()) {
    std::string candidate = join_path(directory, ".helpdesk.toml");
    if (exists(candidate)) return candidate;
    if (directory == "/") break;
    std::size_t slash = directory.find_last_of('/');
    if (slash == std::string::npos) break;
    directory.resize(slash == 0 ? 1 : slash);
  }
  return {};
}

// HELPDESK_ZONE for general.zone, HELPDESK_SEND_MAX for send.max. Keys with names in them have none.
std::string variable_of(std::string_view key) {
  if (key.find_first_of("*#?") != std::string_view::npos) return {};
  if (key.starts_with("general.")) key.remove_prefix(8);
  std::string name = "HELPDESK_";
  for (char c : key) name += c == '.' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return name;
}

} // namespace

// Puts layers on top of each other; the last one wins.
class Builder {
 public:
  explicit Builder(const LoadOptions& options) : options_(options), schema_(options.extra) {}

  Result<Config> build() {
    config_.user_file_ = options_.user_file;
    TRY(add_file(options_.system_file, Layer::system, Trust::program));
    TRY(add_file(options_.user_file, Layer::user, Trust::program));
    std::string project = project_file(options_.project_directory);
    if (!project.empty()) TRY(add_file(project, Layer::project, Trust::project));
    TRY(add_environment());
    for (const auto& [key, value] : options_.flags) TRY(add_flag(key, value));
    add_fallbacks();
    return std::move(config_);
  }

 private:
  Result<void> add_file(const std::string& file, Layer layer, Trust trust) {
    if (file.empty()) return {};
    std::optional<std::string> text = TRY(read_trusted(file, trust));
    if (!text) return {};
    LayerContent content = TRY(check_layer(*text, file, layer, schema_));
    for (Entry& entry : content.entries) put(std::move(entry));
    for (auto& [key, rows] : content.tables) config_.tables_[key] = std::move(rows);
    return {};
  }

  Result<void> add_environment() {
    Result<void> result;
    schema_.each([&](const Key& key) {
      auto found = options_.environment.find(variable_of(key.name));
      if (!result || found == options_.environment.end() || found->second.empty()) return;
      std::vector<std::string> typed{found->second};
      if (key.type == Type::list) {
        typed.clear();
        for (std::string_view part : split(found->second, ',')) typed.emplace_back(trim(part));
      }
      Result<std::vector<std::string>> values = check_text(key, typed);
      if (!values) {
        result = usage_error(found->first + ": " + values.error().message);
        return;
      }
      put({std::string(key.name), std::move(*values), {Layer::environment, found->first, 0}});
    });
    return result;
  }

  Result<void> add_flag(const std::string& name, const std::string& value) {
    const Key* key = schema_.find(path_of(name));
    if (!key) return usage_error("unknown key \"" + name + "\"");
    Result<std::vector<std::string>> values = check_text(*key, {value});
    if (!values) return in_context(name, values.error());
    put({name, std::move(*values), {Layer::flag, "--" + replace_all(path_of(name).back(), "_", "-"), 0}});
    return {};
  }

  void put(Entry entry) {
    auto [place, fresh] = config_.entries_.insert_or_assign(entry.key, entry);
    if (fresh) config_.order_.push_back(entry.key);
  }

  void add_fallbacks() {
    schema_.each([&](const Key& key) {
      if (key.fallback.empty() || key.name.find('#') != std::string_view::npos) return;
      std::size_t star = key.name.find('*');
      if (star == std::string_view::npos) return add_fallback(std::string(key.name), key);
      if (key.name.find('*', star + 1) != std::string_view::npos) return;
      for (const std::string& name : config_.names(key.name.substr(0, star - 1)))
        add_fallback(std::string(key.name.substr(0, star)) + name + std::string(key.name.substr(star + 1)),
                     key);
    });
  }

  void add_fallback(std::string name, const Key& key) {
    if (config_.entries_.contains(name)) return;
    config_.entries_[name] = {name, {std::string(key.fallback)}, {}};
  }

  const LoadOptions& options_;
  Schema schema_;
  Config config_;
};

Result<Config> Config::load(const LoadOptions& options) { return Builder(options).build(); }

std::string shown_path(std::string_view path) {
  std::optional<std::string> home = environment("HOME");
  if (home && home->size() > 1 && path.starts_with(*home) && path.size() > home->size() &&
      path[home->size()] == '/')
    return "~" + std::string(path.substr(home->size()));
  return std::string(path);
}

std::string to_text(const Origin& origin) {
  switch (origin.layer) {
  case Layer::fallback: return "default";
  case Layer::environment:
  case Layer::flag: return origin.file;
  case Layer::system:
  case Layer::user:
  case Layer::project: break;
  }
  return shown_path(origin.file) + ":" + std::to_string(origin.line);
}

} // namespace helpdesk::config
