#include "report/overview.hpp"

#include "base/text.hpp"
#include "report/gather.hpp"
#include "report/movement.hpp"
#include "report/promises.hpp"
#include "report/speed.hpp"
#include "report/stats.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace helpdesk::report {
namespace {

using metrics::Metric;
using render::Align;
using render::Cell;
using render::Column;
using render::Emphasis;

constexpr std::size_t k_most_asked = 5;
constexpr std::size_t k_most_bars = 31;
constexpr std::size_t k_beginning = 200; // code points of a customer's text with --detail full

Column column(std::string key, std::string title, Align align = Align::left, int keep = 5) {
  Column c;
  c.key = std::move(key);
  c.title = std::move(title);
  c.align = align;
  c.keep = keep;
  return c;
}

class Builder {
 public:
  Builder(const Desk& desk, const OverviewOptions& options)
      : desk_(desk), options_(options), counter_(options.since, desk.zone()) {
    metrics::CollectOptions collecting;
    collecting.now = desk.now();
    collecting.now_of = [&desk](model::Term account) { return desk.known_until(account); };
    collecting.since = options.since;
    collecting.zone = desk.zone();
    collecting.measuring.imports = &imports_;
    all_.emplace(collecting);
    collecting.by = {{metrics::GroupBy::channel, ""}};
    by_channel_.emplace(collecting);
  }

  Result<Overview> build(std::string kind, std::string title) {
    TRY(read_timelines());
    Overview overview;
    render::Document& document = overview.document;
    document = desk_.document(std::move(kind), std::move(title));
    document.sections.push_back(TRY(waiting()));
    TRY(add_promises(document));
    document.sections.push_back(movement());
    document.sections.push_back(speed());
    document.sections.push_back(channels());
    document.sections.push_back(TRY(topics()));
    const Movement& m = counter_.result();
    overview.anything = waiting_count_ > 0 || promises_press_ ||
                        m.new_tickets + m.questions + m.replies + m.solved + m.reopened > 0;
    return overview;
  }

 private:
  const Desk& desk_;
  const OverviewOptions& options_;
  metrics::ImportSeconds imports_;
  MovementCounter counter_;
  std::optional<metrics::Collector> all_, by_channel_;
  std::int64_t waiting_count_ = 0;
  bool promises_press_ = false; // one is overdue, or due within a day

  Result<void> read_timelines() {
    imports_ = TRY(find_imports(desk_, 0));
    metrics::History history;
    metrics::TicketMetrics measured;
    metrics::MeasureOptions measuring;
    measuring.imports = &imports_;
    return desk_.each_timeline([&](const model::Timeline& timeline) -> Result<void> {
      all_->add(timeline);
      by_channel_->add(timeline);
      metrics::read_history(timeline, desk_.now(), history);
      metrics::measure(timeline, history, measuring, measured);
      if (!measured.left_out) counter_.add(timeline, history);
      return {};
    });
  }

  Result<std::string> beginning(const model::Ticket& ticket) const {
    std::string text;
    for (const model::Message& m : TRY(desk_.store().messages(ticket.key)))
      if (m.direction == model::Direction::in && ticket.waiting_since && m.time >= *ticket.waiting_since) {
        text = ellipsize(collapse_spaces(m.stripped.empty() ? m.text : m.stripped), k_beginning);
        break;
      }
    return text;
  }

  Result<render::Section> waiting() {
    store::TicketQuery query;
    query.now = desk_.now();
    query.filter = TRY(
        store::parse_query("is:waiting -is:snoozed " + desk_.account_filter(), desk_.now(), desk_.zone()));
    waiting_count_ = TRY(desk_.store().count_tickets(query));
    query.limit = options_.most_waiting;
    render::Table table;
    table.key = "tickets";
    table.empty = "Nobody waits.";
    table.columns = {column("number", "#", Align::right, 9), column("waiting", "Waiting", Align::right, 9)};
    bool names = options_.detail != Detail::none;
    bool full = options_.detail == Detail::full;
    if (names) table.columns.push_back(column("from", "From", Align::left, 7));
    if (full) table.columns.push_back(column("address", "Address", Align::left, 3));
    if (names) table.columns.push_back(column("subject", "Subject", Align::left, 8));
    if (full) table.columns.push_back(column("text", "They wrote", Align::left, 4));
    table.columns.push_back(column("channel", "Channel", Align::left, 2));
    for (Column& c : table.columns) c.flexible = c.key == "subject" || c.key == "text" || c.key == "from";
    for (const model::Ticket& ticket : TRY(desk_.store().tickets(query))) {
      render::Row row;
      row.emplace_back(ticket.number);
      row.emplace_back(desk_.now() - ticket.waiting_since.value_or(desk_.now()), Emphasis::strong);
      if (names) row.emplace_back(full ? ticket.requester_name : first_name(ticket.requester_name));
      if (full) row.emplace_back(ticket.requester_address);
      if (names) row.emplace_back(ticket.subject);
      if (full) row.emplace_back(TRY(beginning(ticket)));
      row.emplace_back(model::text(ticket.channel));
      table.rows.push_back(std::move(row));
    }
    render::Section section{"waiting",
                            waiting_count_ == 0 ? "Who waits"
                                                : fmt::format("Who waits: {}, oldest first", waiting_count_),
                            {}};
    Column count = column("count", "Waiting");
    count.shown = false;
    section.blocks.push_back(render::Facts{"", {{count, Cell(waiting_count_)}}});
    auto shown = static_cast<std::int64_t>(table.rows.size());
    section.blocks.push_back(std::move(table));
    if (shown < waiting_count_)
      section.blocks.push_back(render::Paragraph{fmt::format("and {} more", waiting_count_ - shown),
                                                 Emphasis::quiet, false, 0, ""});
    return section;
  }

  // What our replies promised and is owed still; no section when nothing is.
  Result<void> add_promises(render::Document& document) {
    store::TicketQuery query;
    query.now = desk_.now();
    query.order = store::Order::number;
    query.filter =
        TRY(store::parse_query("-is:history " + desk_.account_filter(), desk_.now(), desk_.zone()));
    std::vector<Promise> promises = TRY(
        report::promises(desk_.store(), TRY(desk_.store().tickets(query)), true, desk_.now(), desk_.zone()));
    if (promises.empty()) return {};
    bool words = options_.detail != Detail::none;
    bool full = options_.detail == Detail::full;
    render::Table table;
    table.key = "promises";
    table.columns = {column("number", "#", Align::right, 9), column("due", "Due", Align::left, 9),
                     column("state", "State", Align::left, 9)};
    table.columns[1].time_style = render::TimeStyle::minute;
    if (words) {
      table.columns.push_back(column("from", "To", Align::left, 7));
      table.columns.push_back(column("subject", "Subject", Align::left, 6));
      table.columns.push_back(column("promise", "We wrote", Align::left, 8));
    }
    for (Column& c : table.columns) c.flexible = c.key == "subject" || c.key == "promise" || c.key == "from";
    std::int64_t overdue = 0;
    for (const Promise& promise : promises) {
      bool late = promise.state == PromiseState::overdue;
      if (late) ++overdue;
      promises_press_ = promises_press_ || promise.due < desk_.now() + std::chrono::hours(24);
      if (table.rows.size() >= static_cast<std::size_t>(options_.most_waiting)) continue;
      render::Row row;
      row.emplace_back(promise.number);
      row.emplace_back(render::Value(promise.due), late ? Emphasis::bad : Emphasis::plain);
      row.emplace_back(render::Value(text(promise.state)), late ? Emphasis::bad : Emphasis::plain);
      if (words) {
        row.emplace_back(full ? promise.requester : first_name(promise.requester));
        row.emplace_back(promise.subject);
        row.emplace_back(ellipsize(promise.sentence, k_beginning));
      }
      table.rows.push_back(std::move(row));
    }
    auto all = static_cast<std::int64_t>(promises.size());
    render::Section section{"promises", fmt::format("Promised: {}, {} overdue", all, overdue), {}};
    auto shown = static_cast<std::int64_t>(table.rows.size());
    section.blocks.push_back(std::move(table));
    if (shown < all)
      section.blocks.push_back(render::Paragraph{
          fmt::format("and {} more: helpdesk list --promises", all - shown), Emphasis::quiet, false, 0, ""});
    document.sections.push_back(std::move(section));
    return {};
  }

  render::Section movement() const {
    const Movement& m = counter_.result();
    render::Section section{
        "movement", "Came and went since " + format_minute(options_.since, desk_.zone()), {}};
    Column since = column("since", "Since");
    since.shown = false;
    render::Facts facts{"", {{since, Cell(options_.since)}}};
    auto fact = [&](std::string key, std::string title, std::int64_t n) {
      facts.rows.emplace_back(column(std::move(key), std::move(title)), Cell(n));
    };
    fact("new_tickets", "New tickets", m.new_tickets);
    fact("questions", "Questions", m.questions);
    fact("replies", "Replies", m.replies);
    fact("solved", "Solved", m.solved);
    fact("reopened", "Reopened", m.reopened);
    fact("unsolved_before", "Unsolved before", m.unsolved_before);
    fact("unsolved_now", "Unsolved now", m.unsolved_now);
    section.blocks.push_back(std::move(facts));
    render::Chart chart;
    chart.key = "questions_by_day";
    chart.title = "Questions a day";
    for (Instant day = desk_.zone().start_of_day(options_.since);
         day <= desk_.now() && chart.bars.size() <= k_most_bars; day = desk_.zone().add_days(day, 1)) {
      auto it = m.questions_by_day.find(micros(day));
      chart.bars.push_back({format_minute(day, desk_.zone()).substr(0, 10),
                            it == m.questions_by_day.end() ? 0.0 : static_cast<double>(it->second), ""});
    }
    if (m.questions > 0 && chart.bars.size() > 1 && chart.bars.size() <= k_most_bars)
      section.blocks.push_back(std::move(chart));
    return section;
  }

  render::Section speed() {
    const std::vector<Metric> wanted{Metric::first_reply, Metric::next_reply, Metric::full_resolution};
    render::Section section{"speed", "How long customers waited", {}};
    render::Table table;
    table.key = "metrics";
    table.columns = speed_columns({});
    std::vector<std::string> lines;
    std::vector<std::pair<Metric, std::int64_t>> counted;
    const auto& groups = all_->groups();
    static const metrics::Group nothing;
    const metrics::Group& group = groups.empty() ? nothing : groups.begin()->second;
    for (Metric metric : wanted) {
      metrics::Summary summary = metrics::summarise(group.sample(metric));
      table.rows.push_back(speed_row(metric, summary, group.excluded_of(metric)));
      counted.emplace_back(metric, summary.n);
      for (std::string& line : remarks(metric, summary)) lines.push_back(std::move(line));
    }
    section.blocks.push_back(std::move(table));
    if (std::string line = too_few(counted); !line.empty()) lines.push_back(std::move(line));
    if (!lines.empty())
      section.blocks.push_back(
          render::Paragraph{joined_remarks(lines), render::Emphasis::warn, false, 0, ""});
    section.blocks.push_back(
        render::Paragraph{"Calendar time; " + cohort_text(desk_, options_.since, std::nullopt) + ".",
                          Emphasis::quiet, false, 0, ""});
    return section;
  }

  render::Section channels() {
    render::Section section{"channels", "By channel", {}};
    render::Table table;
    table.key = "metrics";
    table.empty = "nothing came in";
    table.columns = speed_columns({.groups = {"Channel"}});
    for (const auto& [code, group] : by_channel_->groups()) {
      metrics::Summary summary = metrics::summarise(group.sample(Metric::first_reply));
      if (summary.n == 0) continue;
      table.rows.push_back(
          speed_row(Metric::first_reply, summary, group.excluded_of(Metric::first_reply),
                    {.groups = {group_text({metrics::GroupBy::channel, ""}, code[0], desk_)}}));
    }
    section.blocks.push_back(std::move(table));
    return section;
  }

  struct Asked {
    std::string text;
    std::int64_t tickets = 0;
  };

  static void put_most_asked(render::Section& section, const std::string& key, std::string title,
                             std::vector<Asked> asked) {
    std::sort(asked.begin(), asked.end(), [](const Asked& a, const Asked& b) {
      return a.tickets != b.tickets ? a.tickets > b.tickets : a.text < b.text;
    });
    if (asked.size() > k_most_asked) asked.resize(k_most_asked);
    render::Table table;
    table.key = key;
    table.columns = {column(key.substr(0, key.size() - 1), std::move(title), Align::left, 9),
                     column("tickets", "Tickets", Align::right, 9)};
    table.columns[0].flexible = true;
    for (Asked& a : asked) table.rows.push_back({Cell(std::move(a.text)), Cell(a.tickets)});
    section.blocks.push_back(std::move(table));
  }

  // Tags when tickets carry them; subjects too, but not with --detail none: a subject is a customer's word.
  Result<render::Section> topics() const {
    render::Section section{"asked", "Most asked", {}};
    std::vector<Asked> tags;
    for (const auto& [tag, n] : counter_.result().tags) tags.push_back({desk_.text(tag), n});
    if (!tags.empty()) put_most_asked(section, "tags", "Tag", std::move(tags));
    if (options_.detail != Detail::none) {
      std::map<std::string, std::pair<std::string, std::set<std::string>>> subjects; // key: subject, tickets
      for (const std::string& account : TRY(desk_.store().accounts())) {
        if (!desk_.includes(account)) continue;
        TRY(desk_.store().each_head(account, options_.since, [&](const model::Message& m) {
          if (m.direction != model::Direction::in || m.needs_reply == model::NeedsReply::no ||
              m.subject_key.empty())
            return true;
          if (m.time < options_.since || m.time > desk_.now()) return true;
          auto& [subject, tickets] = subjects[m.subject_key];
          if (subject.empty() || m.subject.size() < subject.size() ||
              (m.subject.size() == subject.size() && m.subject < subject))
            subject = m.subject; // the shortest has the fewest prefixes
          tickets.insert(m.ticket);
          return true;
        }));
      }
      std::vector<Asked> asked;
      for (auto& [key, value] : subjects)
        if (value.second.size() > 1)
          asked.push_back({value.first, static_cast<std::int64_t>(value.second.size())});
      if (!asked.empty()) put_most_asked(section, "subjects", "Subject", std::move(asked));
    }
    if (section.blocks.empty())
      section.blocks.push_back(render::Paragraph{"Nothing was asked twice.", Emphasis::quiet, false, 0, ""});
    return section;
  }
};

} // namespace

Result<Detail> parse_detail(std::string_view text) {
  if (text == "none") return Detail::none;
  if (text == "subjects") return Detail::subjects;
  if (text == "full") return Detail::full;
  return usage_error("--detail: \"" + std::string(text) + "\" is none of none, subjects, full");
}

std::string first_name(std::string_view name) {
  name = trim(name);
  if (name.find('@') != std::string_view::npos) return {};
  if (std::size_t comma = name.find(','); comma != std::string_view::npos && comma + 1 < name.size())
    name = trim(name.substr(comma + 1));
  return std::string(name.substr(0, name.find(' ')));
}

Result<Overview> overview(const Desk& desk, std::string kind, std::string title,
                          const OverviewOptions& options) {
  return Builder(desk, options).build(std::move(kind), std::move(title));
}

} // namespace helpdesk::report
