#include "app/columns.hpp"

namespace helpdesk::app {

std::vector<render::Column> columns_of(std::span<const cli::FieldDoc> fields,
                                       std::initializer_list<std::string_view> titles) {
  std::vector<render::Column> columns(fields.size());
  for (std::size_t i = 0; i < fields.size(); ++i) {
    columns[i].key = fields[i].name;
    columns[i].title = i < titles.size() ? titles.begin()[i] : fields[i].name;
    columns[i].help = fields[i].help;
  }
  return columns;
}

} // namespace helpdesk::app
