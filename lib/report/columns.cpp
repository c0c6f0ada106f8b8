#include "report/columns.hpp"

#include <utility>

namespace helpdesk::report {

render::Column column(std::string key, std::string title, render::Align align, bool flexible) {
  render::Column c;
  c.key = std::move(key);
  c.title = std::move(title);
  c.align = align;
  c.flexible = flexible;
  c.time_style = render::TimeStyle::minute;
  return c;
}

render::Column column(std::string key, std::string title, render::Align align, int keep, bool shown,
                      std::string help) {
  render::Column c;
  c.key = std::move(key);
  c.title = std::move(title);
  c.align = align;
  c.keep = keep;
  c.shown = shown;
  c.help = std::move(help);
  return c;
}

} // namespace helpdesk::report
