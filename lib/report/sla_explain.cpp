#include "report/columns.hpp"
#include "report/explain.hpp"
#include "report/gather.hpp"
#include "report/sla.hpp"

#include <fmt/format.h>

namespace helpdesk::report {
namespace {

using metrics::SlaClock;
using metrics::SlaPolicy;
using metrics::SlaState;
using metrics::TicketSla;
using render::Align;
using render::Cell;
using render::Emphasis;

Emphasis emphasis(const SlaClock& clock, Instant now) {
  switch (clock.state) {
  case SlaState::met: return Emphasis::good;
  case SlaState::breached:
  case SlaState::overdue: return Emphasis::bad;
  case SlaState::running: return clock.is_near(now) ? Emphasis::warn : Emphasis::plain;
  case SlaState::paused:
  case SlaState::voided: return Emphasis::quiet;
  }
  return Emphasis::plain;
}

class Page {
 public:
  Page(const Desk& desk, const model::Ticket& ticket, const model::Timeline& timeline,
       const std::vector<SlaPolicy>& policies, const SlaSelection& selection,
       const metrics::ImportSeconds& imports)
      : desk_(desk), ticket_(ticket), policies_(policies), selection_(selection),
        reader_(&policies, [&desk](model::Term term) { return desk.text(term); }, &imports) {
    reader_.read(timeline, desk.known_until(timeline.account), sla_);
  }

  render::Document document() const {
    render::Document d = desk_.document(
        "sla", fmt::format("#{}{}{}", ticket_.number, ticket_.subject.empty() ? "" : " ", ticket_.subject));
    render::Section section{"", "Promises", {}};
    if (sla_.left_out)
      section.blocks.push_back(
          render::Paragraph{fmt::format("left out of every promise: {}", metrics::title(*sla_.left_out)),
                            Emphasis::warn, false, 0, "left_out"});
    else if (sla_.no_sla)
      section.blocks.push_back(
          render::Paragraph{"no policy is for this ticket", Emphasis::warn, false, 0, "no_sla"});
    section.blocks.push_back(clocks_table());
    section.blocks.push_back(policies_table());
    d.sections.push_back(std::move(section));
    d.sections.push_back({"", "When they ran", {runs_table()}});
    d.sections.push_back({"", "What happened to them", {events_table()}});
    return d;
  }

 private:
  const Desk& desk_;
  const model::Ticket& ticket_;
  const std::vector<SlaPolicy>& policies_;
  const SlaSelection& selection_;
  metrics::SlaReader reader_;
  TicketSla sla_;

  template <class F> void each_clock(F f) const {
    for (const SlaClock& clock : sla_.clocks)
      if (selection_.includes(clock, policies_)) f(clock);
  }
  std::string event_at(std::size_t entry, std::string_view otherwise) const {
    return entry == metrics::k_no_entry ? std::string(otherwise)
                                        : entry_text(desk_, reader_.history().entries[entry]);
  }

  render::Table clocks_table() const {
    render::Table table;
    table.key = "clocks";
    table.empty = "no clock";
    table.columns = {column("metric", "Promise"),
                     column("instance", "", Align::right),
                     column("state", "State"),
                     column("elapsed", "Elapsed", Align::right),
                     column("target", "Target", Align::right),
                     column("grace", "Grace", Align::right),
                     column("overdue", "Late by", Align::right),
                     column("start", "From"),
                     column("due", "Due"),
                     column("breached_after", "Late after"),
                     column("breach_at", "Missed at"),
                     column("cause", "Because"),
                     column("stopped", "Ended"),
                     column("policy", "Policy"),
                     column("calendar", "By")};
    for (std::size_t quiet : {5U, 9U, 11U}) table.columns[quiet].shown = false;
    for (std::size_t less : {1U, 7U, 10U, 14U}) table.columns[less].keep = 3;
    for (std::size_t more : {0U, 2U, 8U}) table.columns[more].keep = 8;
    each_clock([&](const SlaClock& c) {
      auto time = [&](Duration d) {
        return Cell(render::Value(d), Emphasis::plain, clock_text(d, *policies_[c.policy].clock));
      };
      table.rows.push_back(
          {Cell(render::Value(metrics::key(c.metric)), Emphasis::plain,
                std::string(metrics::title(c.metric))),
           Cell(c.instance),
           Cell(render::Value(metrics::text(c.state)), emphasis(c, reader_.history().now), ""),
           time(c.elapsed), time(c.target), time(c.grace), c.breach_at ? time(c.overdue) : Cell(),
           Cell(c.start), Cell(render::Value(c.due)), Cell(render::Value(c.due_next)),
           Cell(render::Value(c.breach_at)),
           c.breach_at ? Cell(c.cause == metrics::SlaCause::time ? "time" : "policy_change") : Cell(),
           Cell(render::Value(c.stopped)), Cell(policies_[c.policy].name),
           Cell(policies_[c.policy].clock->name())});
    });
    return table;
  }

  render::Table policies_table() const {
    render::Table table;
    table.key = "policies";
    table.title = "Policies in force";
    table.columns = {column("in_force_from", "From"), column("in_force", "Policy"),
                     column("priority", "Priority"), column("because", "For", Align::left, true)};
    for (const metrics::SlaStretch& s : sla_.stretches) {
      if (s.from > reader_.history().now) continue; // not yet
      bool none = s.policy == metrics::k_no_policy;
      table.rows.push_back(
          {s.from == Instant::min() ? Cell(render::Value(), Emphasis::plain, "the beginning") : Cell(s.from),
           none ? Cell(render::Value(), Emphasis::quiet, "none") : Cell(policies_[s.policy].name),
           Cell(model::text(s.priority)),
           Cell(none ? std::string() : metrics::reason(policies_[s.policy].match))});
    }
    return table;
  }

  // Every open stretch behind the elapsed times: they add up to them.
  render::Table runs_table() const {
    render::Table table;
    table.key = "runs";
    table.empty = "none ran";
    table.columns = {column("run_of", "Promise"),
                     column("run_instance", "", Align::right),
                     column("open_from", "From"),
                     column("open_to", "To"),
                     column("run_length", "Time", Align::right),
                     column("run_calendar", "By")};
    each_clock([&](const SlaClock& c) {
      for (const metrics::SlaRun& run : c.runs)
        for (const metrics::OpenInterval& open : run.clock->open(run.from, run.to))
          table.rows.push_back({Cell(metrics::key(c.metric)), Cell(c.instance), Cell(open.from),
                                Cell(open.to), Cell(open.to - open.from), Cell(run.clock->name())});
    });
    return table;
  }

  render::Table events_table() const {
    render::Table table;
    table.key = "events";
    table.empty = "nothing";
    table.columns = {column("time", "Time"), column("event_of", "Promise"),
                     column("event_instance", "", Align::right), column("event", "Event"),
                     column("what", "What", Align::left, true)};
    each_clock([&](const SlaClock& c) {
      for (const metrics::SlaEvent& e : c.events)
        table.rows.push_back({Cell(e.at), Cell(metrics::key(c.metric)), Cell(c.instance), Cell(text(e.kind)),
                              Cell(what(c, e))});
    });
    return table;
  }

  std::string what(const SlaClock& c, const metrics::SlaEvent& e) const {
    switch (e.kind) {
    case metrics::SlaEventKind::activate: return event_at(c.first, "created");
    case metrics::SlaEventKind::apply_sla:
      if (!e.target) return "no target";
      return fmt::format("{}: {}", policies_[e.policy].name,
                         clock_text(*e.target, *policies_[e.policy].clock));
    case metrics::SlaEventKind::warn: return "near the target";
    case metrics::SlaEventKind::breach:
      return c.cause == metrics::SlaCause::time ? "the target has passed"
                                                : "the new target had passed already";
    case metrics::SlaEventKind::fulfill:
    case metrics::SlaEventKind::void_: return event_at(c.last, "");
    case metrics::SlaEventKind::pause: return "stands still";
    case metrics::SlaEventKind::resume: return "goes on";
    }
    return {};
  }
};

} // namespace

Result<render::Document> sla_explain(const Desk& desk, const model::Ticket& ticket,
                                     const model::Timeline& timeline, const std::vector<SlaPolicy>& policies,
                                     const SlaSelection& selection) {
  metrics::ImportSeconds imports;
  if (metrics::import_second(timeline)) imports = TRY(find_imports(desk, 0));
  return Page(desk, ticket, timeline, policies, selection, imports).document();
}

} // namespace helpdesk::report
