#include "app/app.hpp"
#include "app/overview.hpp"
#include "cli/command.hpp"

namespace helpdesk {
extern const cli::Command report_command;
namespace {

constexpr cli::Flag k_report_flags[] = {
    {"since", 0, cli::ValueKind::instant, "WHEN", "start of the period; a week ago when not given"},
    {"detail", 0, cli::ValueKind::choice, "HOW",
     "how much of customers' words it may hold; subjects when not given", "none|subjects|full"},
    {"account", 0, cli::ValueKind::account, "NAME", "only this account", "", true},
};
constexpr cli::Example k_report_examples[] = {
    {"helpdesk report", "the week on the terminal"},
    {"helpdesk report --since 'last month' --output month.html", "a page to hand on"},
};
Result<int> run_report(app::App& app, const cli::Invocation& call) {
  TRY(app.show(
      TRY(app::overview(app, call, "report", "Support report", std::chrono::hours(7 * 24))).document));
  return 0;
}

} // namespace

constinit const cli::Command report_command{
    "report",
    "tell",
    "write a report of a period",
    "Who waits, the oldest first; what came and went; how fast it was; the same for each channel; and the "
    "five subjects or tags that were asked most. "
    "The same document as text, Markdown, HTML, CSV or JSON: the ending of --output FILE chooses, or "
    "--format.",
    {},
    k_report_flags,
    k_report_examples,
    cli::Output::document,
    app::k_overview_fields,
    &run_report,
};

} // namespace helpdesk
