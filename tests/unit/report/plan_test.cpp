// Plans over a memory store, and over nothing but what was given.
#include "report/plan.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace helpdesk::report {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

Instant at(int hour) { return instant_of_seconds(1767571200 + hour * 3600LL); } // from Monday 2026-01-05

const render::Table* table(const render::Document& document, std::string_view key) {
  for (const render::Section& section : document.sections)
    for (const render::Block& block : section.blocks)
      if (const auto* found = std::get_if<render::Table>(&block); found && found->key == key) return found;
  return nullptr;
}

const render::Value* cell(const render::Table& table, std::size_t row, std::string_view key) {
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    if (table.columns[i].key == key) return &table.rows.at(row).at(i).value;
  return nullptr;
}
double number(const render::Table& table, std::size_t row, std::string_view key) {
  const render::Value* value = cell(table, row, key);
  if (!value) return -1;
  if (const auto* d = std::get_if<double>(&value->data)) return *d;
  if (const auto* n = std::get_if<std::int64_t>(&value->data)) return static_cast<double>(*n);
  if (const auto* t = std::get_if<Duration>(&value->data)) return std::chrono::duration<double>(*t).count();
  return -1;
}

const render::Cell* fact(const render::Document& document, std::string_view key) {
  for (const render::Section& section : document.sections)
    for (const render::Block& block : section.blocks)
      if (const auto* facts = std::get_if<render::Facts>(&block))
        for (const auto& [column, cell] : facts->rows)
          if (column.key == key) return &cell;
  return nullptr;
}

std::string notes(const render::Document& document) {
  for (const render::Section& section : document.sections)
    for (const render::Block& block : section.blocks)
      if (const auto* paragraph = std::get_if<render::Paragraph>(&block);
          paragraph && paragraph->key == "notes")
        return paragraph->text;
  return {};
}

class Plans : public ::testing::Test {
 protected:
  std::unique_ptr<store::Store> store_ = store::open_memory_store();
  int tickets_ = 0;

  struct Ticket {
    model::Channel channel = model::Channel::email;
    std::vector<std::pair<int, bool>> messages; // hour, whether it is ours
    std::int64_t worked = 0;                    // seconds, at the last message
    std::optional<int> solved;
    bool spam = false;
  };

  void add(const Ticket& what) {
    auto t = store_->begin(store::Durability::full);
    ASSERT_TRUE(t);
    model::Ticket ticket;
    ticket.key = std::to_string(++tickets_);
    ticket.account = "shop";
    auto number = (*t)->put_ticket(ticket);
    ASSERT_TRUE(number);
    model::Timeline line;
    line.ticket = *number;
    line.account = *(*t)->term("shop");
    line.channel = what.channel;
    line.spam = what.spam;
    Instant last{};
    for (const auto& [hour, ours] : what.messages) {
      model::TimelineEntry e{.time = at(hour)};
      if (ours) {
        e.direction = model::Direction::out;
        e.author_role = model::Role::agent;
      }
      line.entries.push_back(e);
      last = at(hour);
    }
    if (what.worked > 0)
      line.entries.push_back({.time = last,
                              .entry = model::EntryKind::event,
                              .kind = model::EventKind::worklog,
                              .number = what.worked});
    if (what.solved)
      line.entries.push_back({.time = at(*what.solved) + seconds(1),
                              .entry = model::EntryKind::event,
                              .kind = model::EventKind::status,
                              .from = 1,
                              .to = 1 + static_cast<model::Term>(model::Status::solved)});
    ASSERT_TRUE((*t)->put_timeline(ticket.key, line));
    ASSERT_TRUE((*t)->commit());
  }

  Work work(const Desk& desk, int from, int to) {
    auto read = read_work(desk, at(from), at(to));
    EXPECT_TRUE(read);
    return read ? *read : Work{};
  }
  Desk desk(int now = 24 * 28) {
    auto opened = Desk::open(*store_, at(now), Zone::utc(), {}, {});
    EXPECT_TRUE(opened);
    return std::move(*opened);
  }
};

StaffOptions calls() { // V-EC1
  StaffOptions o;
  o.what = "calls";
  o.arrivals = {100, "given"};
  o.per = minutes(30);
  o.handling = {minutes(3), "given"};
  o.service_level = {0.8, "given"};
  o.occupancy_cap = {1, "given"};
  o.shrinkage = {0.3, "given"};
  return o;
}

TEST_F(Plans, AContactIsACallAChatOrAQuestion) {
  add({.channel = model::Channel::phone, .messages = {{9, false}, {10, false}, {11, true}}, .worked = 300});
  add({.channel = model::Channel::chat,
       .messages = {{9, false}, {9, true}, {10, false}, {10, true}},
       .worked = 600,
       .solved = 11});
  add({.messages = {{9, false}, {10, false}, {12, true}, {30, false}}});
  add({.messages = {{9, false}}, .spam = true});
  Desk d = desk();
  Work w = work(d, 0, 24 * 7);
  EXPECT_EQ(w.channels[model::Channel::phone].contacts, 2) << "who calls again calls twice";
  EXPECT_EQ(w.channels[model::Channel::chat].contacts, 1) << "a chat is one, whatever is written in it";
  EXPECT_EQ(w.channels[model::Channel::email].contacts, 2) << "a second mail before the answer is no second";
  EXPECT_EQ(w.left_out, 1);
  EXPECT_EQ(w.channels[model::Channel::email].answers, 1);
  EXPECT_EQ(w.channels[model::Channel::email].contacts_at[9], 1);
  EXPECT_EQ(w.channels[model::Channel::email].contacts_at[30], 1) << "Tuesday, six o'clock";
  EXPECT_EQ(w.channels[model::Channel::chat].handling(), 600.0);
  EXPECT_EQ(w.channels[model::Channel::phone].handling(), 150.0) << "300 seconds over two calls";
  EXPECT_FALSE(w.channels[model::Channel::email].handling()) << "never guessed";
  EXPECT_EQ(w.channels[model::Channel::chat].durable.yes, 1);
  EXPECT_EQ(w.of({}).contacts, 5);
}

TEST_F(Plans, OnlyWhatLiesInThePeriodCounts) {
  add({.messages = {{9, false}, {10, true}, {40, false}, {41, true}}, .worked = 60});
  Desk d = desk();
  Work w = work(d, 24, 48);
  EXPECT_EQ(w.of({}).contacts, 1);
  EXPECT_EQ(w.of({}).answers, 1);
  EXPECT_NEAR(w.weeks(), 1.0 / 7, 1e-12);
  for (std::size_t i = 0; i < k_hours_of_week; ++i)
    EXPECT_EQ(w.hours[i], i / 24 == 1 ? 1 : 0) << i << ": a Tuesday alone";
}

TEST_F(Plans, HoursOfTheWeekKnowWhenTheClocksChange) {
  auto oslo = Zone::load("Europe/Oslo");
  ASSERT_TRUE(oslo);
  auto opened = Desk::open(*store_, at(24 * 100), *oslo, {}, {});
  ASSERT_TRUE(opened);
  // The week of Sunday 2026-03-29: two o'clock did not exist.
  Instant monday = instant_of_seconds(1774220400); // 2026-03-23 00:00 +01:00
  auto read = read_work(*opened, monday, oslo->add_days(monday, 7));
  ASSERT_TRUE(read);
  for (std::size_t i = 0; i < k_hours_of_week; ++i)
    EXPECT_EQ(read->hours[i], i == 6 * 24 + 2 ? 0 : 1) << hour_name(i);
}

TEST_F(Plans, DispersionIsWhatTheWeeksPatternLeaves) {
  for (int week = 0; week < 4; ++week)
    for (int i = 0; i < 3; ++i)
      add({.channel = model::Channel::phone, .messages = {{week * 168 + 10, false}}});
  Desk d = desk();
  Work w = work(d, 0, 24 * 28);
  auto even = dispersion(w, w.of({model::Channel::phone}), Zone::utc());
  ASSERT_TRUE(even);
  EXPECT_NEAR(*even, 0, 1e-12) << "three every Monday at ten: no burst, whatever the other hours have";
  for (int i = 0; i < 8; ++i) add({.channel = model::Channel::phone, .messages = {{11, false}}});
  Desk later = desk();
  w = work(later, 0, 24 * 28);
  auto burst = dispersion(w, w.of({model::Channel::phone}), Zone::utc());
  ASSERT_TRUE(burst);
  EXPECT_NEAR(*burst, 3.2, 1e-9) << "8 0 0 0: variance 16, mean 2; 3 3 3 3: variance 0, mean 3";
  Work week = work(later, 0, 24 * 7);
  EXPECT_FALSE(dispersion(week, week.of({}), Zone::utc())) << "one week tells nothing";
}

TEST(Plan, StaffWithoutAnyStore) {
  PlanHead head{at(0), Zone::utc(), nullptr, nullptr};
  auto document = staff_plan(head, calls());
  ASSERT_TRUE(document) << document.error().message;
  const render::Table* lines = table(*document, "lines");
  ASSERT_NE(lines, nullptr);
  ASSERT_EQ(lines->rows.size(), 6U); // 11 to 16
  const double levels[] = {.389614, .640158, .795595, .888350, .941453};
  const double means[] = {122.78, 40.44, 17.12, 7.84, 3.67};
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(number(*lines, i, "people"), 11.0 + static_cast<double>(i));
    EXPECT_NEAR(number(*lines, i, "service_level"), levels[i], 5e-7);
    EXPECT_NEAR(number(*lines, i, "mean_wait"), means[i], 5e-3);
  }
  EXPECT_EQ(number(*lines, 3, "payroll"), 20);
  ASSERT_NE(fact(*document, "people"), nullptr);
  EXPECT_EQ(std::get<std::int64_t>(fact(*document, "people")->value.data), 14);
  EXPECT_EQ(table(*document, "week"), nullptr);
}

TEST(Plan, StaffSaysWhenTheLineOnlyGrows) {
  PlanHead head{at(0), Zone::utc(), nullptr, nullptr};
  StaffOptions o = calls();
  o.people = {10, 15};
  auto document = staff_plan(head, o);
  ASSERT_TRUE(document);
  const render::Table* lines = table(*document, "lines");
  ASSERT_EQ(lines->rows.size(), 2U);
  EXPECT_TRUE(cell(*lines, 0, "service_level")->is_null()) << "ten erlangs on ten people: no number";
  EXPECT_TRUE(cell(*lines, 0, "mean_wait")->is_null());
  o.patience = minutes(5);
  document = staff_plan(head, o);
  ASSERT_TRUE(document);
  lines = table(*document, "lines");
  ASSERT_EQ(lines->rows.size(), 4U);
  EXPECT_EQ(std::get<std::string>(cell(*lines, 1, "model")->data), "Erlang A");
  EXPECT_GT(number(*lines, 1, "abandoned"), 0.05) << "it has one with those who hang up";
}

TEST(Plan, StaffWithPatienceAndChats) {
  PlanHead head{at(0), Zone::utc(), nullptr, nullptr};
  StaffOptions o = calls();
  o.patience = minutes(5);
  auto document = staff_plan(head, o);
  ASSERT_TRUE(document);
  EXPECT_NE(fact(*document, "people")->shown.find("14 if nobody hangs up, 13 if"), std::string::npos);
  const render::Table* lines = table(*document, "lines");
  bool seen = false;
  for (std::size_t i = 0; i < lines->rows.size(); ++i)
    if (number(*lines, i, "people") == 14 &&
        std::get<std::string>(cell(*lines, i, "model")->data) == "Erlang A") {
      seen = true;
      EXPECT_NEAR(number(*lines, i, "service_level"), .916792, 5e-7);
      EXPECT_NEAR(number(*lines, i, "abandoned"), .013984, 5e-7);
    }
  EXPECT_TRUE(seen);
  o = calls();
  o.at_once = 3;
  document = staff_plan(head, o);
  ASSERT_TRUE(document);
  EXPECT_NEAR(std::get<double>(fact(*document, "erlangs")->value.data), 4, 1e-12) << "10 / 2.5, not 10 / 3";
}

TEST(Plan, StaffRefusesWhatNoModelCanSay) {
  PlanHead head{at(0), Zone::utc(), nullptr, nullptr};
  StaffOptions o = calls();
  o.arrivals.value = 1e9;
  EXPECT_FALSE(staff_plan(head, o));
  o = calls();
  o.arrivals.value = 20'000;
  o.patience = hours(10'000);
  o.people = {1};
  auto refused = staff_plan(head, o);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("--patience"), std::string::npos);
}

TEST_F(Plans, StaffByTheHourOfTheWeek) {
  for (int week = 0; week < 4; ++week)
    for (int i = 0; i < 5; ++i)
      add({.channel = model::Channel::phone, .messages = {{week * 168 + 34, false}}, .worked = 180});
  Desk d = desk();
  Work w = work(d, 0, 24 * 28);
  PlanHead head{d.now(), d.zone(), &d, &w};
  StaffOptions o = calls();
  o.arrivals = {5, "measured"};
  o.per = hours(1);
  o.channels = {model::Channel::phone};
  auto document = staff_plan(head, o);
  ASSERT_TRUE(document);
  const render::Table* week = table(*document, "week");
  ASSERT_NE(week, nullptr);
  ASSERT_EQ(week->rows.size(), k_hours_of_week);
  EXPECT_EQ(number(*week, 34, "mean_arrivals"), 5);
  EXPECT_EQ(number(*week, 34, "people_needed"), 2);
  EXPECT_EQ(std::get<std::int64_t>(fact(*document, "people")->value.data), 2);
  EXPECT_EQ(number(*week, 33, "people_needed"), 0);
  EXPECT_NE(notes(*document).find("as much as independent ones"), std::string::npos);
}

TEST(Plan, WorkloadCountsHoursOfWork) {
  PlanHead head{at(0), Zone::utc(), nullptr, nullptr};
  WorkloadOptions o; // V-CC
  o.rows.push_back({"", {200, "given"}, Input<Duration>{minutes(6), "given"}});
  o.per = hours(24);
  o.hours = {hours(7), "given"};
  o.occupancy = {1, "given"};
  o.shrinkage = {.3, "given"};
  render::Document document = workload_plan(head, o);
  const render::Table* load = table(document, "load");
  ASSERT_NE(load, nullptr);
  EXPECT_NEAR(number(*load, 0, "full_time"), 4.0816, 5e-5);
  EXPECT_NEAR(number(*load, 0, "work"), 72'000, 1e-6);
  EXPECT_EQ(table(document, "due"), nullptr) << "nothing was said of open work";
  o.rows.push_back({"chat", {5, "given"}, std::nullopt});
  document = workload_plan(head, o);
  load = table(document, "load");
  ASSERT_EQ(load->rows.size(), 3U);
  EXPECT_TRUE(cell(*load, 1, "full_time")->is_null()) << "no handle time, no number";
}

TEST(Plan, WorkloadByDueTimes) {
  PlanHead head{at(0), Zone::utc(), nullptr, nullptr};
  WorkloadOptions o;
  o.occupancy = {1, "given"};
  o.open_origin = "given";
  // An hour, two hours and one more of work, due after 1, 2 and 5 hours, in pieces of ten minutes.
  o.open = {{hours(5), minutes(10), 6}, {hours(1), minutes(10), 6}, {hours(2), minutes(10), 12}};
  o.people = 1;
  render::Document document = workload_plan(head, o);
  EXPECT_FALSE(std::get<bool>(fact(document, "feasible")->value.data));
  EXPECT_EQ(std::get<Duration>(fact(document, "first_missed")->value.data), hours(2));
  EXPECT_EQ(std::get<std::int64_t>(fact(document, "people_needed")->value.data), 2);
  const render::Table* due = table(document, "due");
  ASSERT_EQ(due->rows.size(), 3U);
  EXPECT_NEAR(number(*due, 1, "at_least"), 1.5, 1e-12);
  EXPECT_EQ(number(*due, 2, "so_many"), 24);
  o.people = 2;
  EXPECT_TRUE(std::get<bool>(fact(workload_plan(head, o), "feasible")->value.data));
  // Late already: no number of people is in time for it, but the others must be.
  o.open.push_back({-hours(3), hours(1), 1});
  document = workload_plan(head, o);
  EXPECT_FALSE(std::get<bool>(fact(document, "feasible")->value.data));
  EXPECT_EQ(std::get<std::int64_t>(fact(document, "late")->value.data), 1);
  EXPECT_EQ(std::get<std::int64_t>(fact(document, "people_needed")->value.data), 2)
      << "two hours until the first hour, four until the second";
  EXPECT_TRUE(cell(*table(document, "due"), 0, "at_least")->is_null());
}

TEST(Plan, WorkloadOfManyDueTimesKeepsTheTightest) {
  PlanHead head{at(0), Zone::utc(), nullptr, nullptr};
  WorkloadOptions o;
  o.occupancy = {1, "given"};
  o.open_origin = "given";
  for (int i = 1; i <= 500; ++i) o.open.push_back({minutes(10 * i), minutes(i == 250 ? 6000 : 5), 1});
  render::Document document = workload_plan(head, o);
  const render::Table* due = table(document, "due");
  EXPECT_EQ(due->rows.size(), 12U);
  double most = 0;
  for (std::size_t i = 0; i < due->rows.size(); ++i) most = std::max(most, number(*due, i, "at_least"));
  EXPECT_NEAR(most, (249 * 5 + 6000) / 2500.0, 1e-9) << "the worst moment is among the rows";
}

TEST_F(Plans, CoverageShowsWhoWasAlone) {
  for (int week = 0; week < 4; ++week) {
    add({.messages = {{week * 168 + 10, false}, {week * 168 + 11, true}}});
    add({.messages = {{week * 168 + 44, false}, {week * 168 + 59, true}}}); // Tuesday 20:00, Wednesday 11:00
  }
  Desk d = desk();
  Work w = work(d, 0, 24 * 28);
  PlanHead head{d.now(), d.zone(), &d, &w};
  render::Document document = coverage_plan(head, {});
  const render::Table* all = table(document, "hours");
  ASSERT_NE(all, nullptr);
  ASSERT_EQ(all->rows.size(), k_hours_of_week);
  EXPECT_EQ(number(*all, 10, "written"), 4);
  EXPECT_EQ(number(*all, 11, "answered"), 4);
  EXPECT_EQ(number(*all, 44, "times"), 4);
  EXPECT_TRUE(cell(*all, 10, "open_share")->is_null());
  EXPECT_EQ(std::get<double>(fact(document, "alone")->value.data), 1.0) << "no answer in the same hours";
  EXPECT_EQ(std::get<double>(fact(document, "overlap")->value.data), 0.0);
  const render::Table* gaps = table(document, "gaps");
  ASSERT_EQ(gaps->rows.size(), 2U);
  EXPECT_EQ(std::get<std::string>(cell(*gaps, 0, "gap_hour")->data), "Mon 10");
  // Only hours in which something happens have a row for people.
  const auto* map = std::get_if<render::Table>(&document.sections[0].blocks[1]);
  ASSERT_NE(map, nullptr);
  EXPECT_EQ(map->rows.size(), 11U); // 10 to 20
  EXPECT_NE(std::get<std::string>(map->rows[10][2].value.data).find("! "), std::string::npos);
  auto calendar = metrics::CalendarClock::compile(
      {"standard", {{.week = {{{{9 * 3600, 17 * 3600}}, {}, {{9 * 3600, 17 * 3600}}, {}, {}, {}, {}}}}}},
      at(-200), at(2000));
  ASSERT_TRUE(calendar);
  CoverageOptions options;
  options.calendar = &*calendar;
  document = coverage_plan(head, options);
  EXPECT_EQ(std::get<double>(fact(document, "in_hours")->value.data), 0.5);
  EXPECT_EQ(std::get<double>(fact(document, "answers_in_hours")->value.data), 1.0);
}

TEST_F(Plans, NothingAtAllIsNoCrash) {
  Desk d = desk();
  Work w = work(d, 0, 24 * 28);
  PlanHead head{d.now(), d.zone(), &d, &w};
  render::Document document = coverage_plan(head, {});
  EXPECT_EQ(std::get<std::int64_t>(fact(document, "contacts")->value.data), 0);
  EXPECT_EQ(table(document, "gaps"), nullptr);
  WorkloadOptions o;
  o.occupancy = {1, "given"};
  o.open_origin = "nothing";
  EXPECT_TRUE(table(workload_plan(head, o), "due")->rows.empty());
  EXPECT_TRUE(table(cost_plan(head, {}), "costs")->rows.empty());
}

TEST(Plan, CostsOfContactsAndLastingSolutions) {
  PlanHead head{at(0), Zone::utc(), nullptr, nullptr};
  CostOptions o; // V-CC
  o.hourly = 30;
  o.occupancy = {.85, "given"};
  o.shrinkage = {.3, "given"};
  o.rows.push_back({"phone", 100, Input<Duration>{minutes(12), "given"}, 1, 0, 80, 0});
  o.rows.push_back({"chat", 300, Input<Duration>{minutes(12), "given"}, 3, 90, 0, 5});
  o.shared_platform = 400;
  render::Document document = cost_plan(head, o);
  const render::Table* costs = table(document, "costs");
  ASSERT_EQ(costs->rows.size(), 3U);
  EXPECT_NEAR(number(*costs, 0, "per_contact"), 10.0840 + 1, 5e-5);
  EXPECT_NEAR(number(*costs, 0, "per_resolution"), 11.0840 * 100 / 80, 1e-3);
  EXPECT_NEAR(number(*costs, 1, "per_contact"), 10.0840 / 2.5 + 1 + .3, 5e-5);
  EXPECT_TRUE(cell(*costs, 1, "per_resolution")->is_null()) << "nothing stayed solved";
  EXPECT_NEAR(number(*costs, 2, "whole"), 1108.40 + 1600.08, 5e-2);
}

} // namespace
} // namespace helpdesk::report
