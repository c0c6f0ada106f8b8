#include "liquid/source.hpp"

#include <algorithm>
#include <set>

namespace helpdesk::liquid {

namespace {

// "a.b", "a[0].c", "a[]" for an index that is known only when the template is rendered.
std::string path_of(const Expression& lookup) {
  std::string path(lookup.name);
  for (const auto& member : lookup.members) {
    if (!member.index) {
      path.append(".").append(member.key);
    } else if (member.index->type == Expression::Type::literal && member.index->literal.is_string()) {
      path.append(".").append(member.index->literal.as_string());
    } else if (member.index->type == Expression::Type::literal) {
      path.append("[").append(member.index->literal.to_string()).append("]");
    } else {
      path.append("[]");
    }
  }
  return path;
}

} // namespace

namespace {

std::vector<VariableUse> uses_of(const Source& source, const std::vector<std::string_view>& names) {
  std::vector<VariableUse> uses;
  for (const auto name : names)
    uses.push_back(
        {std::string(name), source.position(static_cast<std::uint32_t>(name.data() - source.text.data()))});
  std::stable_sort(uses.begin(), uses.end(),
                   [](const auto& a, const auto& b) { return a.position.offset < b.position.offset; });
  return uses;
}

} // namespace

std::vector<VariableUse> Template::unknown_filters() const {
  return uses_of(*source_, source_->unknown_filters);
}

std::vector<VariableUse> Template::partials() const { return uses_of(*source_, source_->partials); }

std::vector<VariableUse> Template::variables() const {
  const std::set<std::string_view> own(source_->declared.begin(), source_->declared.end());
  std::set<std::string> seen;
  std::vector<VariableUse> uses;
  for (const auto* lookup : source_->lookups) {
    const auto name = lookup->name;
    if (name.empty() || own.contains(name) || name == "forloop" || name == "tablerowloop" || name == "self")
      continue;
    auto path = path_of(*lookup);
    if (!seen.insert(path).second) continue;
    const auto offset = static_cast<std::uint32_t>(lookup->source.data() - source_->text.data());
    uses.push_back({std::move(path), source_->position(offset)});
  }
  std::sort(uses.begin(), uses.end(),
            [](const auto& a, const auto& b) { return a.position.offset < b.position.offset; });
  return uses;
}

} // namespace helpdesk::liquid
