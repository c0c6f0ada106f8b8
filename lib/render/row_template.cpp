#include "render/row_template.hpp"

#include "liquid/template.hpp"
#include "render/text_form.hpp"
#include "terminal/terminal.hpp"

#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace helpdesk::render {
namespace {

// Times are RFC 3339 text and durations seconds, as in JSON: the template's filters read both.
liquid::Value to_liquid(const Value& value, const Zone& zone) {
  return std::visit(
      [&](const auto& v) -> liquid::Value {
        using T = std::decay_t<decltype(v)>;
        if constexpr (std::is_same_v<T, Null>) {
          return {};
        } else if constexpr (std::is_same_v<T, Instant>) {
          std::string text;
          append_instant(text, v, zone);
          return liquid::Value(text);
        } else if constexpr (std::is_same_v<T, Duration>) {
          if (v.count() % 1'000'000 == 0)
            return liquid::Value(static_cast<std::int64_t>(v.count() / 1'000'000));
          return liquid::Value(static_cast<double>(v.count()) / 1e6);
        } else if constexpr (std::is_same_v<T, List>) {
          std::vector<liquid::Value> items;
          for (const Value& item : v) items.push_back(to_liquid(item, zone));
          return liquid::Value::array(std::move(items));
        } else if constexpr (std::is_same_v<T, Map>) {
          std::vector<std::pair<std::string, liquid::Value>> entries;
          for (const auto& [key, item] : v) entries.emplace_back(key, to_liquid(item, zone));
          return liquid::Value::hash(std::move(entries));
        } else {
          return liquid::Value(v);
        }
      },
      value.data);
}

} // namespace

struct RowTemplate::Impl {
  Zone zone;
  bool terminal;
  Result<liquid::Template> parsed;
  liquid::RenderOptions rendering;
};

RowTemplate::RowTemplate(const Options& options) {
  liquid::ParseOptions parsing;
  parsing.name = "--render";
  parsing.helpdesk_filters = true;
  liquid::RenderOptions rendering;
  rendering.source_map = false;
  rendering.strict_filters = true;
  rendering.now = options.now;
  rendering.zone = options.zone;
  impl_ = std::make_unique<Impl>(Impl{options.zone, options.terminal,
                                      liquid::Template::parse(options.template_text, parsing),
                                      std::move(rendering)});
}

RowTemplate::~RowTemplate() = default;

Result<void> RowTemplate::append(std::string& out, const std::vector<Column>& columns, const Row& row) {
  if (!impl_->parsed) return Failure(impl_->parsed.error());
  std::vector<std::pair<std::string, liquid::Value>> fields;
  for (std::size_t i = 0; i < columns.size() && i < row.size(); ++i)
    fields.emplace_back(columns[i].key, to_liquid(row[i].value, impl_->zone));
  liquid::Rendered rendered = impl_->parsed->render(liquid::Value::hash(std::move(fields)), impl_->rendering);
  if (!rendered.errors.empty()) return usage_error(rendered.errors.front().located());
  out += impl_->terminal ? terminal::defuse(rendered.text, true) : rendered.text;
  if (!rendered.text.empty() && !rendered.text.ends_with('\n')) out += '\n';
  return {};
}

} // namespace helpdesk::render
