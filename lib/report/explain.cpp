#include "report/explain.hpp"

#include "metrics/tally.hpp"
#include "report/columns.hpp"
#include "report/gather.hpp"
#include "report/speed.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace helpdesk::report {
namespace {

using metrics::k_no_entry;
using render::Align;
using render::Cell;
using render::Column;
using render::Emphasis;

std::string_view outcome_text(metrics::Outcome outcome) {
  switch (outcome) {
  case metrics::Outcome::happened: return "happened";
  case metrics::Outcome::competing: return "closed unanswered";
  case metrics::Outcome::waiting: return "still waiting";
  }
  return "";
}

std::string message_text(const Desk& desk, const model::TimelineEntry& e) {
  std::string who = desk.text(e.actor);
  if (e.visibility == model::Visibility::private_) return "note by " + (who.empty() ? "an agent" : who);
  std::string text;
  if (e.direction == model::Direction::in) {
    text = (who.empty() ? "the customer" : who) + " wrote";
    if (e.automation != model::Automation::none) text += fmt::format(" ({})", model::text(e.automation));
    if (e.needs_reply != model::NeedsReply::yes)
      text += fmt::format(", needs reply: {}", model::text(e.needs_reply));
    return text;
  }
  text = (who.empty() ? "the desk" : who) + " wrote";
  if (metrics::is_human_reply(e)) text = (who.empty() ? "an agent" : who) + " replied";
  if (e.automation != model::Automation::none)
    text += fmt::format(" ({}, no reply)", model::text(e.automation));
  if (e.delivery == model::Delivery::bounced) text += ", undelivered";
  return text;
}

class Explainer {
 public:
  Explainer(const Desk& desk, const model::Ticket& ticket, const model::Timeline& timeline,
            const ExplainOptions& options)
      : desk_(desk), ticket_(ticket), timeline_(timeline), options_(options), names_(options.intervals) {
    metrics::read_history(timeline, desk.known_until(timeline.account), history_);
    metrics::MeasureOptions measuring;
    std::optional<metrics::IntervalReader> intervals;
    if (options.intervals && !options.intervals->empty())
      measuring.intervals =
          &intervals.emplace(options.intervals, [&desk](model::Term term) { return desk.text(term); });
    measuring.imports = options.imports;
    metrics::measure(timeline, history_, measuring, measured_);
    tally_ = metrics::tally(timeline, history_);
  }

  // Nothing for a ticket that is solved.
  Result<std::optional<render::Facts>> forecast() const {
    if (measured_.left_out || model::is_done(history_.status)) return std::optional<render::Facts>();
    metrics::Process process = TRY(find_process(desk_, 0));
    metrics::Way way(history_);
    auto f = metrics::forecast(process, way, history_.now - history_.created);
    render::Facts facts;
    facts.key = "forecast";
    auto fact = [&](std::string key, std::string title, Cell cell) {
      facts.rows.emplace_back(column(std::move(key), std::move(title)), std::move(cell));
    };
    fact("way", "Its way until now", Cell(way.text()));
    fact("alike", "Others alike",
         {render::Value(f ? std::optional(f->alike) : std::nullopt), Emphasis::plain,
          f ? fmt::format("{} went the same way and took as long or longer", f->alike)
            : fmt::format("fewer than {} went the same way and took as long: no "
                          "forecast",
                          metrics::k_least_alike)});
    auto time = [&](std::string key, std::string title, const std::optional<double>& seconds) {
      fact(std::move(key), std::move(title),
           seconds ? Cell(render::Value(Duration(std::llround(*seconds * 1e6))), Emphasis::strong,
                          compact(*seconds))
                   : Cell(render::Value(), Emphasis::quiet, "longer than any of them"));
    };
    if (f) {
      time("remaining_median", "Half of them were solved within", f->median);
      time("remaining_p90", "Nine of ten within", f->p90);
    }
    return std::optional(std::move(facts));
  }

  render::Document document() const {
    render::Document document =
        desk_.document("explain", fmt::format("#{}{}{}", ticket_.number, ticket_.subject.empty() ? "" : " ",
                                              ticket_.subject));
    render::Section numbers{"", "Numbers", {}};
    if (measured_.left_out)
      numbers.blocks.push_back(
          render::Paragraph{fmt::format("left out of every number: {}", metrics::title(*measured_.left_out)),
                            Emphasis::warn, false, 0, "left_out"});
    numbers.blocks.push_back(metrics_table());
    numbers.blocks.push_back(pieces_table());
    if (options_.business) numbers.blocks.push_back(open_table());
    numbers.blocks.push_back(excluded_table());
    if (!measured_.left_out && !options_.only) numbers.blocks.push_back(tallies());
    document.sections.push_back(std::move(numbers));
    document.sections.push_back({"", "Turns: each time the customer waited", {turns_table()}});
    document.sections.push_back({"", "Time in each status", {segments_table()}});
    document.sections.push_back({"", "Events", {events_table()}});
    return document;
  }

 private:
  const Desk& desk_;
  const model::Ticket& ticket_;
  const model::Timeline& timeline_;
  const ExplainOptions& options_;
  metrics::MetricNames names_;
  metrics::TicketTally tally_;
  metrics::History history_;
  metrics::TicketMetrics measured_;

  bool wanted(metrics::Metric metric) const { return !options_.only || *options_.only == metric; }
  std::string event_at(std::size_t entry, std::string_view otherwise) const {
    return entry == k_no_entry ? std::string(otherwise) : entry_text(desk_, history_.entries[entry]);
  }
  Cell event_number(std::size_t entry) const { return entry == k_no_entry ? Cell() : Cell(entry + 1); }

  Duration in_hours(const metrics::Piece& p) const {
    return std::max(Duration::zero(), options_.business->elapsed(p.from, p.to));
  }
  Duration business_of(const metrics::Measurement& m) const {
    Duration sum{};
    for (std::size_t i = m.first_piece; i < m.first_piece + m.pieces; ++i)
      sum += in_hours(measured_.pieces[i]);
    return sum;
  }

  // "1h + 2h": what a number of several pieces is the sum of.
  std::string sum_of(const metrics::Measurement& m) const {
    std::string text;
    if (m.pieces < 2) return text;
    for (std::size_t i = m.first_piece; i < m.first_piece + m.pieces; ++i) {
      const metrics::Piece& p = measured_.pieces[i];
      text += (text.empty() ? "" : " + ") + compact(std::chrono::duration<double>(p.to - p.from).count());
    }
    return text;
  }

  render::Facts tallies() const {
    render::Facts facts;
    facts.key = "counted";
    for (std::size_t i = 0; i < metrics::k_count_count; ++i) {
      auto count = static_cast<metrics::Count>(i);
      facts.rows.emplace_back(column(std::string(metrics::key(count)), std::string(metrics::title(count))),
                              Cell(tally_.counts[i]));
    }
    for (std::size_t i = 0; i < metrics::k_share_count; ++i) {
      if (!tally_.shares[i]) continue;
      auto share = static_cast<metrics::Share>(i);
      facts.rows.emplace_back(column(std::string(metrics::key(share)), std::string(metrics::title(share))),
                              Cell(*tally_.shares[i] == metrics::Verdict::yes  ? "yes"
                                   : *tally_.shares[i] == metrics::Verdict::no ? "no"
                                                                               : "undecided"));
    }
    return facts;
  }

  render::Table metrics_table() const {
    render::Table table;
    table.key = "metrics";
    table.empty = "nothing is measured";
    table.columns = {column("metric", "Metric"), column("length", "Time", Align::right),
                     column("sum", "Sum of", Align::left, true), column("outcome", "Outcome"),
                     column("meaning", "Measured", Align::left, true)};
    table.columns[2].keep = 4;
    table.columns[4].keep = 1;
    bool sums = false;
    if (options_.business)
      table.columns.insert(table.columns.begin() + 2, column("business", "In hours", Align::right));
    for (const metrics::Measurement& m : measured_.measured)
      if (wanted(m.metric)) {
        render::Row row{
            Cell(render::Value(names_.key(m.metric)), Emphasis::plain, std::string(names_.title(m.metric))),
            Cell(m.length, Emphasis::strong), Cell(sum_of(m), Emphasis::quiet),
            Cell(outcome_text(m.outcome),
                 m.outcome == metrics::Outcome::waiting ? Emphasis::warn : Emphasis::plain),
            Cell(names_.meaning(m.metric), Emphasis::quiet)};
        if (options_.business) row.insert(row.begin() + 2, Cell(business_of(m)));
        if (m.pieces > 1) sums = true;
        table.rows.push_back(std::move(row));
      }
    for (Column& c : table.columns)
      if (c.key == "sum") c.shown = sums;
    return table;
  }

  render::Table pieces_table() const {
    render::Table table;
    table.key = "pieces";
    table.title = "The pairs of events behind them";
    table.columns = {column("piece_of", "Metric"),
                     column("from", "From"),
                     column("from_event", "#", Align::right),
                     column("from_what", "What", Align::left, true),
                     column("to", "To"),
                     column("to_event", "#", Align::right),
                     column("to_what", "What", Align::left, true),
                     column("piece_length", "Time", Align::right)};
    if (options_.business) table.columns.push_back(column("piece_business", "In hours", Align::right));
    for (const metrics::Measurement& m : measured_.measured) {
      if (!wanted(m.metric)) continue;
      for (std::size_t i = m.first_piece; i < m.first_piece + m.pieces; ++i) {
        const metrics::Piece& p = measured_.pieces[i];
        table.rows.push_back({Cell(names_.key(m.metric)), Cell(p.from), event_number(p.first),
                              Cell(event_at(p.first, "created")), Cell(p.to), event_number(p.last),
                              Cell(event_at(p.last, "now, nothing yet")), Cell(p.to - p.from)});
        if (options_.business) table.rows.back().push_back(Cell(in_hours(p)));
      }
    }
    return table;
  }

  // The open stretches that a time in business hours is the sum of. People see them with one metric: of all
  // of them it is a long list.
  render::Table open_table() const {
    render::Table table;
    table.key = "open";
    table.title = fmt::format("When {} was open in them", options_.business->name());
    table.empty = "never";
    table.columns = {column("open_of", "Metric"), column("open_from", "From"), column("open_to", "To"),
                     column("open_length", "Time", Align::right)};
    for (Column& c : table.columns) c.shown = options_.only.has_value();
    for (const metrics::Measurement& m : measured_.measured) {
      if (!wanted(m.metric)) continue;
      for (std::size_t i = m.first_piece; i < m.first_piece + m.pieces; ++i)
        for (const metrics::OpenInterval& open :
             options_.business->open(measured_.pieces[i].from, measured_.pieces[i].to))
          table.rows.push_back(
              {Cell(names_.key(m.metric)), Cell(open.from), Cell(open.to), Cell(open.to - open.from)});
    }
    return table;
  }

  render::Table excluded_table() const {
    render::Table table;
    table.key = "excluded";
    table.title = "Not measured";
    table.columns = {column("excluded_from", "Metric"), column("reason", "Because")};
    for (const metrics::Exclusion& e : measured_.excluded)
      if (wanted(e.metric))
        table.rows.push_back(
            {Cell(render::Value(names_.key(e.metric)), Emphasis::plain, std::string(names_.title(e.metric))),
             Cell(render::Value(metrics::key(e.reason)), Emphasis::plain,
                  std::string(metrics::title(e.reason)))});
    return table;
  }

  render::Table turns_table() const {
    render::Table table;
    table.key = "turns";
    table.empty = "the customer never waited";
    table.columns = {column("turn", "Turn", Align::right),
                     column("cycle", "Cycle", Align::right),
                     column("start", "From"),
                     column("end", "To"),
                     column("how", "Ended"),
                     column("turn_length", "Time", Align::right)};
    for (std::size_t i = 0; i < history_.turns.size(); ++i) {
      const metrics::Turn& t = history_.turns[i];
      std::string how(metrics::text(t.how));
      table.rows.push_back({Cell(i + 1), Cell(t.cycle + 1), Cell(t.start),
                            t.how == metrics::TurnEnd::open ? Cell() : Cell(t.end),
                            Cell(how, t.how == metrics::TurnEnd::open ? Emphasis::warn : Emphasis::plain),
                            Cell(t.end - t.start)});
    }
    return table;
  }

  render::Table segments_table() const {
    render::Table table;
    table.key = "segments";
    table.columns = {column("status", "Status"), column("segment_from", "From"), column("segment_to", "To"),
                     column("segment_length", "Time", Align::right)};
    for (const metrics::Segment& s : history_.segments)
      table.rows.push_back({Cell(model::text(s.status)), Cell(s.from), Cell(s.to), Cell(s.to - s.from)});
    return table;
  }

  render::Table events_table() const {
    render::Table table;
    table.key = "events";
    table.columns = {column("event", "#", Align::right), column("time", "Time"),
                     column("what", "What", Align::left, true)};
    for (std::size_t i = 0; i < history_.entries.size(); ++i)
      table.rows.push_back(
          {Cell(i + 1), Cell(history_.entries[i].time), Cell(entry_text(desk_, history_.entries[i]))});
    return table;
  }
};

} // namespace

std::string entry_text(const Desk& desk, const model::TimelineEntry& e) {
  if (e.entry == model::EntryKind::message) return message_text(desk, e);
  std::string who = desk.text(e.actor);
  std::string by = who.empty()
                       ? (e.source == model::Source::human ? "" : fmt::format(" ({})", model::text(e.source)))
                       : " by " + who;
  auto change = [&](std::string_view what) {
    std::string from = desk.text(e.from);
    std::string to = desk.text(e.to);
    return fmt::format("{} {} -> {}{}", what, from.empty() ? "(none)" : from, to.empty() ? "(none)" : to, by);
  };
  switch (e.kind) {
  case model::EventKind::created: return "created" + by;
  case model::EventKind::status: {
    auto name = [](model::Term term) {
      return term >= 1 && term <= 6 ? model::text(static_cast<model::Status>(term - 1)) : "(unknown)";
    };
    return fmt::format("status {} -> {}{}", name(e.from), name(e.to), by);
  }
  case model::EventKind::worklog:
    return fmt::format("worked {}{}", format_duration(std::chrono::seconds(e.number)), by);
  case model::EventKind::priority:
  case model::EventKind::assign:
  case model::EventKind::queue:
  case model::EventKind::tag:
  case model::EventKind::channel: return change(model::text(e.kind));
  case model::EventKind::field: {
    std::string field = desk.text(e.field);
    if (field == "event" && e.from == 0) return "\"" + desk.text(e.to) + "\"" + by; // named by its log
    return change(field);
  }
  default: return std::string(model::text(e.kind)) + by;
  }
}

Result<render::Document> explain(const Desk& desk, const model::Ticket& ticket,
                                 const model::Timeline& timeline, const ExplainOptions& options) {
  ExplainOptions mine = options;
  metrics::ImportSeconds imports;
  if (!mine.imports && metrics::import_second(timeline)) {
    imports = TRY(find_imports(desk, 0));
    mine.imports = &imports;
  }
  Explainer explainer(desk, ticket, timeline, mine);
  render::Document document = explainer.document();
  if (options.forecast)
    if (auto facts = TRY(explainer.forecast())) document.sections.front().blocks.push_back(std::move(*facts));
  return document;
}

} // namespace helpdesk::report
