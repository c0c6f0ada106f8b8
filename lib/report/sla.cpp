#include "report/sla.hpp"

#include "report/columns.hpp"
#include "report/gather.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace helpdesk::report {
namespace {

using metrics::Attainment;
using metrics::SlaClock;
using metrics::SlaMetric;
using metrics::SlaPolicy;
using metrics::TicketSla;
using render::Align;
using render::Cell;
using render::Column;
using render::Emphasis;

// "4 h; urgent 1 h", with the grace behind it.
std::string targets_text(const SlaPolicy& policy, SlaMetric metric) {
  const auto& row = policy.targets[static_cast<std::size_t>(metric)];
  std::string text = row[0] ? clock_text(*row[0], *policy.clock) : "";
  for (std::size_t i = row.size(); i-- > 1;)
    if (row[i])
      text +=
          fmt::format("{}{} {}", text.empty() ? "" : "; ", model::text(static_cast<model::Priority>(i - 1)),
                      clock_text(*row[i], *policy.clock));
  if (policy.grace > Duration::zero()) text += fmt::format(" + {} grace", format_duration(policy.grace));
  return text;
}

struct Count {
  std::map<std::pair<std::size_t, SlaMetric>, Attainment> by;
  std::int64_t tickets = 0, no_sla = 0;
  std::array<std::int64_t, metrics::k_reason_count> left_out{};
};

Result<Count> count(const Desk& desk, const std::vector<SlaPolicy>& policies,
                    const SlaStatusOptions& options) {
  Count out;
  const metrics::ImportSeconds imports = TRY(find_imports(desk, 0));
  metrics::SlaReader reader(&policies, [&](model::Term term) { return desk.text(term); }, &imports);
  TicketSla sla;
  auto in_cohort = [&](Instant start) {
    return (!options.since || start >= *options.since) && (!options.until || start < *options.until);
  };
  TRY(desk.each_timeline([&](const model::Timeline& timeline) -> Result<void> {
    reader.read(timeline, desk.known_until(timeline.account), sla);
    if (!in_cohort(reader.history().created) &&
        std::none_of(sla.clocks.begin(), sla.clocks.end(),
                     [&](const SlaClock& c) { return in_cohort(c.start); }))
      return {};
    ++out.tickets;
    if (sla.left_out) ++out.left_out[static_cast<std::size_t>(*sla.left_out)];
    out.no_sla += sla.no_sla;
    for (const SlaClock& clock : sla.clocks)
      if (in_cohort(clock.start) && options.selection.includes(clock, policies))
        out.by[{clock.policy, clock.metric}].add(clock);
    return {};
  }));
  return out;
}

render::Table attainment_table(const std::vector<SlaPolicy>& policies, const Count& counted) {
  render::Table table;
  table.key = "attainment";
  table.empty = "no clock of a policy has started";
  table.columns = {column("policy", "Policy"),
                   column("metric", "Promise"),
                   column("target", "Within"),
                   column("calendar", "By"),
                   column("attainment", "Kept [95 %]"),
                   column("lower", ""),
                   column("upper", ""),
                   column("met", "Met", Align::right),
                   column("breached", "Missed", Align::right),
                   column("overdue", "Late", Align::right),
                   column("undecided", "In time", Align::right),
                   column("paused", "Paused", Align::right),
                   column("void", "Void", Align::right)};
  table.columns[2].flexible = true;
  constexpr int k_keep[] = {9, 9, 5, 1, 9, 5, 0, 6, 7, 8, 7, 4, 3};
  for (std::size_t i = 0; i < table.columns.size(); ++i) table.columns[i].keep = k_keep[i];
  table.columns[3].shown = table.columns[5].shown = table.columns[6].shown = false;
  std::int64_t paused = 0, voided = 0;
  for (const auto& [key, a] : counted.by) {
    const SlaPolicy& policy = policies[key.first];
    Cell share, lower, upper;
    if (a.decided() > 0) {
      auto bounds = a.interval();
      share = Cell(
          render::Value(*a.share()), Emphasis::strong,
          fmt::format("{:.1f} % [{:.0f}..{:.0f}]", *a.share() * 100, bounds.lower * 100, bounds.upper * 100));
      lower = Cell(bounds.lower);
      upper = Cell(bounds.upper);
    }
    paused += a.paused;
    voided += a.voided;
    table.rows.push_back({Cell(policy.name),
                          Cell(render::Value(metrics::key(key.second)), Emphasis::plain,
                               std::string(metrics::title(key.second))),
                          Cell(targets_text(policy, key.second)), Cell(policy.clock->name()), share, lower,
                          upper, Cell(a.met), Cell(a.breached),
                          Cell(render::Value(a.overdue), a.overdue > 0 ? Emphasis::bad : Emphasis::plain, ""),
                          Cell(a.undecided), Cell(a.paused), Cell(a.voided)});
  }
  table.columns[11].shown = paused > 0;
  table.columns[12].shown = voided > 0;
  return table;
}

std::string cohort(const Desk& desk, const SlaStatusOptions& options) {
  std::string text = options.since || options.until ? "What started" : "Everything that started";
  if (options.since) text += " from " + format_minute(*options.since, desk.zone());
  return text + " until " + format_minute(options.until.value_or(desk.now()), desk.zone());
}

} // namespace

std::string clock_text(Duration d, const metrics::Clock& clock) {
  if (std::chrono::abs(d) < std::chrono::hours(24) || clock.name() == metrics::wall_clock().name())
    return format_duration(d);
  auto minutes = std::chrono::round<std::chrono::minutes>(std::chrono::abs(d)).count();
  std::string text = fmt::format("{}{} h", d < Duration::zero() ? "-" : "", minutes / 60);
  if (minutes % 60 != 0) text += fmt::format(" {:02} min", minutes % 60);
  return text;
}

bool SlaSelection::includes(const SlaClock& clock, const std::vector<SlaPolicy>& policies) const {
  return (!metric || *metric == clock.metric) && (!policy || *policy == policies[clock.policy].name);
}

Result<render::Document> sla_status(const Desk& desk, const std::vector<SlaPolicy>& policies,
                                    const SlaStatusOptions& options) {
  Count counted = TRY(count(desk, policies, options));
  render::Document document = desk.document("sla", "Promises kept");
  render::Section section;
  std::string head = fmt::format("{}; kept = met of met, missed and late.", cohort(desk, options));
  if (!options.configured) head += " No [sla.NAME] is configured: the target is [reply] target.";
  section.blocks.push_back(render::Paragraph{head, Emphasis::quiet, false, 0, "cohort"});
  section.blocks.push_back(attainment_table(policies, counted));
  Attainment all;
  for (const auto& [key, a] : counted.by) {
    all.by_policy += a.by_policy;
    all.pausing += a.pausing;
  }
  render::Facts facts;
  facts.key = "also";
  auto fact = [&](std::string key, std::string title, std::int64_t n) {
    Column c = column(std::move(key), std::move(title));
    c.shown = n > 0;
    facts.rows.emplace_back(std::move(c), Cell(n));
  };
  fact("tickets", "Tickets", counted.tickets);
  fact("no_sla", "Tickets that no policy is for", counted.no_sla);
  fact("by_policy", "Missed because the target was tightened", all.by_policy);
  fact("pausing", "Decided with a clock that had stood still by pause", all.pausing);
  for (std::size_t r = 0; r < metrics::k_reason_count; ++r) {
    auto reason = static_cast<metrics::Reason>(r);
    if (counted.left_out[r] > 0)
      fact("left_out_" + std::string(metrics::key(reason)),
           "Left out: " + std::string(metrics::title(reason)), counted.left_out[r]);
  }
  section.blocks.push_back(std::move(facts));
  document.sections.push_back(std::move(section));
  return document;
}

Result<std::vector<SlaItem>> sla_open(const Desk& desk, const std::vector<SlaPolicy>& policies,
                                      const SlaSelection& selection) {
  std::vector<SlaItem> items;
  metrics::RiskModel risk(desk.now());
  const metrics::ImportSeconds imports = TRY(find_imports(desk, 0));
  metrics::SlaReader reader(&policies, [&](model::Term term) { return desk.text(term); }, &imports);
  TicketSla sla;
  TRY(desk.each_timeline([&](const model::Timeline& timeline) -> Result<void> {
    reader.read(timeline, desk.now(), sla);
    for (SlaClock& clock : sla.clocks) {
      risk.add(clock, timeline.channel);
      if (!metrics::is_open(clock.state) || !selection.includes(clock, policies)) continue;
      SlaItem item{timeline.ticket, timeline.channel, {}, clock.is_near(desk.now()), std::nullopt};
      item.clock = std::move(clock);
      items.push_back(std::move(item));
    }
    return {};
  }));
  risk.finish();
  for (SlaItem& item : items) item.risk = risk.probability(item.clock, item.channel);
  auto order = [](const SlaItem& i) {
    bool late = i.clock.breach_at.has_value();
    return std::tuple(!late, late ? i.clock.remaining() : Duration::zero(), !i.risk,
                      late ? 0 : -i.risk.value_or(0), i.clock.due.value_or(Instant::max()), i.ticket,
                      i.clock.metric);
  };
  std::sort(items.begin(), items.end(),
            [&](const SlaItem& a, const SlaItem& b) { return order(a) < order(b); });
  return items;
}

} // namespace helpdesk::report
