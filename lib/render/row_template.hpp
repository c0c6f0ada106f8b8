// --render: a Liquid template, once a row. Its variables are the row's fields.
#pragma once

#include "base/result.hpp"
#include "render/render.hpp"

#include <memory>
#include <string>

namespace helpdesk::render {

class RowTemplate {
 public:
  explicit RowTemplate(const Options& options);
  ~RowTemplate();
  // Appends the row's text; a line end follows when the template wrote none.
  Result<void> append(std::string& out, const std::vector<Column>& columns, const Row& row);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

} // namespace helpdesk::render
