#include "config/layers.hpp"

#include "base/text.hpp"
#include "config/toml_file.hpp"

namespace helpdesk::config {
namespace {

class Check {
 public:
  Check(const std::string& file, Layer layer, const Schema& schema)
      : file_(file), name_(shown_path(file)), layer_(layer), schema_(schema) {}

  Failure error(int line, std::string_view message) const {
    return usage_error(name_ + ":" + std::to_string(line) + ": " + std::string(message));
  }

  Failure unknown(const Path& path, int line) const {
    std::string shown;
    for (const std::string& segment : path)
      if (segment != "#") shown += (shown.empty() ? "" : ".") + segment;
    std::string near = schema_.suggestion(path);
    std::string hint =
        near.empty() ? ": helpdesk help config lists the keys" : " (did you mean \"" + near + "\"?)";
    for (const std::string& segment : path)
      if (segment != "#" && !is_name(segment))
        hint = ": a name may hold letters, digits, - and _ only, \"" + segment + "\" does not";
    return error(line, "unknown key \"" + shown + "\"" + hint);
  }

  Result<const Key*> key_for(const Path& path, int line) const {
    const Key* key = schema_.find(path);
    if (!key) return unknown(path, line);
    if (layer_ == Layer::project && key->policy != Policy::project)
      return error(line, "\"" + join(path, ".") +
                             "\" may not be set by a project's file, only display and query keys: it belongs "
                             "into your own configuration");
    return key;
  }

  Result<std::vector<std::string>> values(const Key& key, const Item& item) const {
    Result<std::vector<std::string>> checked = check_value(key, item.value);
    if (!checked) return error(item.key.line, join(item.path, ".") + ": " + checked.error().message);
    return checked;
  }

  Result<std::vector<TableRow>> rows(const TableList& list) const {
    if (!schema_.is_table_list(list.path)) {
      if (schema_.find(list.path))
        return error(list.line, join(list.path, ".") + ": expected a value, found tables");
      return unknown(list.path, list.line);
    }
    std::vector<TableRow> rows;
    for (const TableList::Row& row : list.rows) {
      TableRow checked;
      checked[""] = {std::to_string(row.line), name_ + ":" + std::to_string(row.line)};
      for (const Item& item : row.items) {
        Path path = list.path;
        path.emplace_back("#");
        path.insert(path.end(), item.path.begin(), item.path.end());
        const Key* key = TRY(key_for(path, item.key.line));
        checked[join(item.path, ".")] = TRY(values(*key, item));
      }
      rows.push_back(std::move(checked));
    }
    return rows;
  }

  Result<LayerContent> run(const TomlFile& parsed) const {
    LayerContent content;
    for (const Item& item : parsed.items) {
      // "rules = []" is an empty list of tables.
      if (item.value.shape == Shape::list && item.value.texts.empty() && schema_.is_table_list(item.path)) {
        content.tables[join(item.path, ".")] = {};
        continue;
      }
      const Key* key = TRY(key_for(item.path, item.key.line));
      auto texts = TRY(
          values(*key, item)); // on its own: leaving from inside the braces would leak what was made before
      Entry entry{join(item.path, "."), std::move(texts), {layer_, file_, item.key.line}};
      content.entries.push_back(std::move(entry));
    }
    for (const TableList& list : parsed.lists) content.tables[join(list.path, ".")] = TRY(rows(list));
    return content;
  }

 private:
  const std::string& file_;
  std::string name_;
  Layer layer_;
  const Schema& schema_;
};

} // namespace

Result<LayerContent> check_layer(std::string_view text, const std::string& file, Layer layer,
                                 const Schema& schema) {
  TomlFile parsed = TRY(parse_toml(text, shown_path(file)));
  return Check(file, layer, schema).run(parsed);
}

} // namespace helpdesk::config
