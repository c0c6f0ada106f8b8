#include "render/row_template.hpp"

namespace helpdesk::render {

struct RowTemplate::Impl {};
RowTemplate::RowTemplate(const Options&) {}
RowTemplate::~RowTemplate() = default;
Result<void> RowTemplate::append(std::string&, const std::vector<Column>&, const Row&) {
  return usage_error("--render: templates are not part of this build");
}

} // namespace helpdesk::render
