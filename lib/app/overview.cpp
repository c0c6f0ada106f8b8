#include "app/overview.hpp"

#include "app/reporting.hpp"

namespace helpdesk::app {

Result<report::Overview> overview(App& app, const cli::Invocation& call, std::string kind, std::string title,
                                  Duration period) {
  report::OverviewOptions options;
  options.since = TRY(instant_of(app, call, "since")).value_or(app.now() - period);
  if (options.since > app.now()) return usage_error("--since lies in the future: nothing has happened yet");
  options.detail = TRY(report::parse_detail(call.get("detail").value_or("subjects")));
  report::Desk desk = TRY(open_desk(app, call));
  return report::overview(desk, std::move(kind), std::move(title), options);
}

} // namespace helpdesk::app
