// What a contact costs, and what one that stayed solved costs.
#include "report/columns.hpp"
#include "report/plan.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::report {
namespace {

using render::Align;
using render::Cell;
using render::Emphasis;
using render::Value;

class CostPlan {
 public:
  CostPlan(const PlanHead& head, const CostOptions& options) : head_(head), o_(options) {
    for (const CostRow& row : o_.rows) contacts_ += row.contacts;
  }

  render::Document build() const {
    render::Document document = plan_document(head_, "What a contact costs");
    render::Section section;
    section.blocks.push_back(table());
    document.sections.push_back(std::move(section));
    add_notes(document, notes());
    return document;
  }

 private:
  const PlanHead& head_;
  const CostOptions& o_;
  std::int64_t contacts_ = 0;

  double platform_each(const CostRow& row) const {
    double each = contacts_ > 0 ? o_.shared_platform / static_cast<double>(contacts_) : 0;
    return row.contacts > 0 ? each + row.platform / static_cast<double>(row.contacts) : 0;
  }

  static Cell money(double amount, Emphasis emphasis = Emphasis::plain) {
    return number_cell(amount, 2, emphasis);
  }

  // Contacts by tickets that stayed solved: an attempt that failed is paid for by those that did not.
  static Cell each_resolution(double whole, std::optional<std::int64_t> resolved) {
    if (!resolved) return {};
    if (*resolved == 0) return {Value(), Emphasis::warn, "none"};
    return money(whole / static_cast<double>(*resolved), Emphasis::strong);
  }

  render::Table table() const {
    render::Table table;
    table.key = "costs";
    table.columns = {column("channel", "Channel", Align::left, 9, true, ""),
                     column("contacts", "Contacts", Align::right, 8, true, ""),
                     column("handling", "Handle time", Align::right, 6, true, ""),
                     column("per_contact", "A contact", Align::right, 9, true, ""),
                     column("whole", "All", Align::right, 7, true, ""),
                     column("resolved", "Stayed solved", Align::right, 7, true, ""),
                     column("undecided", "Not known yet", Align::right, 3, true, ""),
                     column("per_resolution", "A lasting solution", Align::right, 9, true, ""),
                     column("basis", "", Align::left, 2, false, "")};
    table.empty = "no contacts in the period";
    double whole = 0;
    std::int64_t contacts = 0;
    std::optional<std::int64_t> resolved;
    std::int64_t undecided = 0;
    bool all_known = true;
    for (const CostRow& row : o_.rows) {
      Cell name(row.channel.empty() ? "all" : row.channel);
      Cell kept = row.resolved ? Cell(*row.resolved) : Cell();
      undecided += row.undecided;
      contacts += row.contacts;
      if (row.resolved) resolved = resolved.value_or(0) + *row.resolved;
      if (!row.handling) {
        all_known = false;
        table.rows.push_back(
            {name, Cell(row.contacts), Cell(), Cell(), Cell(), kept, Cell(row.undecided), Cell(), Cell()});
        continue;
      }
      double handling =
          std::chrono::duration<double>(row.handling->value).count() / metrics::chat_concurrency(row.at_once);
      double each = metrics::cost_per_contact(o_.hourly, handling, o_.occupancy.value, o_.shrinkage.value,
                                              platform_each(row));
      double all = each * static_cast<double>(row.contacts);
      whole += all;
      table.rows.push_back({name, Cell(row.contacts), Cell(seconds_of(handling)),
                            money(each, Emphasis::strong), money(all), kept, Cell(row.undecided),
                            each_resolution(all, row.resolved), Cell(row.handling->origin)});
    }
    if (o_.rows.size() > 1 && all_known && contacts > 0)
      table.rows.push_back({Cell(Value("total"), Emphasis::strong, ""), Cell(contacts), Cell(),
                            money(whole / static_cast<double>(contacts), Emphasis::strong), money(whole),
                            resolved ? Cell(*resolved) : Cell(), Cell(undecided),
                            each_resolution(whole, resolved), Cell()});
    return table;
  }

  std::vector<std::string> notes() const {
    std::vector<std::string> notes;
    if (head_.work) notes.push_back("Measured " + period_text(head_) + ".");
    std::string money = fmt::format("A paid hour costs {}; {} of it goes to breaks, leave and meetings, and "
                                    "contacts take {} of the rest",
                                    amount_text(o_.hourly),
                                    with_origin(percent_text(o_.shrinkage.value), o_.shrinkage.origin),
                                    with_origin(percent_text(o_.occupancy.value), o_.occupancy.origin));
    if (o_.shared_platform > 0)
      money +=
          fmt::format("; {} for the platform is spread over all contacts", amount_text(o_.shared_platform));
    notes.push_back(money + ".");
    std::vector<std::pair<std::string, std::string>> known;
    for (const CostRow& row : o_.rows)
      known.emplace_back(row.channel, row.handling ? row.handling->origin : std::string());
    add_handling_notes(notes, known);
    bool any_resolved = false;
    for (const CostRow& row : o_.rows) {
      any_resolved = any_resolved || row.resolved.has_value();
      if (row.at_once > 1)
        notes.push_back(fmt::format("{}: {} at once; the handle time is one person's share of it.",
                                    row.channel.empty() ? "chat" : row.channel, row.at_once));
    }
    if (any_resolved)
      notes.emplace_back(
          head_.work ? "A lasting solution was not reopened within 7 days; what was solved less than 7 "
                       "days ago is in neither number, so its price is a little too high still."
                     : "A lasting solution is the price of all contacts over those that stayed solved.");
    return notes;
  }
};

} // namespace

render::Document cost_plan(const PlanHead& head, const CostOptions& options) {
  return CostPlan(head, options).build();
}

} // namespace helpdesk::report
