#include "backend/table/guess.hpp"

#include "backend/table/time_text.hpp"
#include "backend/table/values.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <set>

namespace helpdesk::backend::table {
namespace {

struct Name {
  std::string_view field, names; // names in lower case without spaces and signs, the likeliest first
};
constexpr Name k_fields_by_name[] = {
    {"ticket",
     "ticketid ticket ticketnumber caseid casenumber case conversationid conversation threadid incident "
     "incidentnumber issueid issuekey issue callid uniqueid requestid number id key"},
    {"event", "activity event eventname eventtype action step fieldname"},
    {"text", "text body message comment description content"},
    {"author", "author sender userid user from fromaddress authoremail"},
    {"role", "role authorrole sendertype authortype usertype"},
    {"visibility", "public ispublic visibility"},
    {"direction", "direction calldirection"},
    {"subject", "subject title summary shortdescription"},
    {"status", "status state incidentstate ticketstatus disposition result"},
    {"priority", "priority urgency severity"},
    {"queue", "group queue team department assignmentgroup workgroup"},
    {"assignee", "assignee assignedto agent owner assigneename"},
    {"actor", "resource actor performedby updatedby sysupdatedby operator agent"},
    {"requester", "requesteremail requester customeremail customer email caller callerid contact reporter"},
    {"requester_name", "requestername customername fullname name"},
    {"channel", "channel via source contacttype submittedvia medium"},
    {"tags", "tags labels"},
    {"to", "newvalue value tovalue"},
    {"from", "oldvalue fromvalue"},
    {"url", "url link permalink"},
};
constexpr Name k_call_fields[] = {
    {"from", "src caller callerid from fromnumber callingnumber"},
    {"to", "dst callee destination to tonumber callednumber"},
    {"duration", "duration totalduration callduration"},
    {"talked", "billsec talktime talkduration talked billduration"},
    {"answered", "answer answered answertime answeredat"},
    {"ended", "end ended endtime endedat hangup"},
    {"status", "disposition result status callstatus"},
    {"direction", "direction calldirection type"},
    {"actor", "agent operator answeredby user"},
    {"queue", "queue group department"},
};
constexpr Name k_times[] = {
    {"created",
     "createdat created creationdate opened openedat datecreated createdtime createddate datereceived "
     "received receivedat submitted submittedat opendate reported"},
    {"first_reply", "firstreplyat firstreply firstresponse firstresponseat initialresponsetime"},
    {"solved", "solvedat solved resolvedat resolved resolvedtime resolutiondate dateresolved"},
    {"closed", "closedat closed closedtime closedate dateclosed"},
    {"due", "dueat duedate due duebytime deadline"},
    {"updated", "updatedat updated lastupdatetime lastupdated modified modifiedat"},
};

std::string plain(std::string_view name) {
  std::string out;
  for (char c : ascii_lower(name))
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
  return out;
}

class Guess {
 public:
  explicit Guess(const std::vector<Column>& columns) : columns_(columns) {}

  std::vector<std::pair<std::string, std::string>> run() {
    std::vector<const Column*> times;
    for (const Column& column : columns_)
      if (column.is_time) times.push_back(&column);
    if (times.empty()) return {};
    bool call = find("duration billsec callduration talktime", false) &&
                find("src caller fromnumber callingnumber callerid from", false) &&
                find("dst callee destination tonumber callednumber to", false);
    take("ticket", k_fields_by_name[0].names);
    std::string ticket = named_;
    bool several = !ticket.empty() && repeats(ticket);
    bool text = find("text body message comment content", false) != nullptr;
    bool event = find("activity event eventname eventtype action step fieldname", false) != nullptr;
    std::string rows = call              ? "call"
                       : event           ? "event"
                       : several && text ? "message"
                       : several         ? "event"
                                         : "ticket";
    settings_.insert(settings_.begin(), {"rows", rows});
    if (rows == "ticket") {
      name_times(times);
    } else {
      const Column* when = likeliest_time(times);
      settings_.emplace_back("columns.time", when->name);
      used_.insert(when->name);
    }
    if (call)
      for (const Name& field : k_call_fields) take(field.field, field.names);
    for (const Name& field : k_fields_by_name) {
      if (field.field == "ticket" || (field.field == "event" && rows != "event")) continue;
      if (field.field == "to" || field.field == "from") {
        if (rows == "event") take(field.field, field.names);
        continue;
      }
      bool of_message = field.field == "author" || field.field == "role" || field.field == "visibility";
      if (of_message && rows != "message") continue;
      if (call && (field.field == "requester" || field.field == "text")) continue;
      take(field.field, field.names);
    }
    if (call) settings_.emplace_back("columns.channel", "=phone");
    if (rows == "event" && !has("columns.event") && !has("columns.status"))
      settings_.emplace_back("columns.event", "=event");
    if (rows == "event") name_times(times); // times of the whole ticket in each row
    DateOrder order = DateOrder::unknown;
    for (const Column* time : times)
      if (order == DateOrder::unknown) order = time->order;
    if (order == DateOrder::day) settings_.emplace_back("date_order", "dmy");
    if (order == DateOrder::month) settings_.emplace_back("date_order", "mdy");
    return settings_;
  }

 private:
  const std::vector<Column>& columns_;
  std::set<std::string> used_;
  std::vector<std::pair<std::string, std::string>> settings_;
  std::string named_;

  bool has(std::string_view key) const {
    return std::any_of(settings_.begin(), settings_.end(), [&](const auto& s) { return s.first == key; });
  }
  const Column* find(std::string_view names, bool time) const {
    for (std::string_view name : split(names, ' '))
      for (const Column& column : columns_)
        if (column.is_time == time && !used_.contains(column.name) && plain(column.name) == name)
          return &column;
    return nullptr;
  }
  // A name alone is not enough: an issue may be what it is about, a state where somebody lives.
  static bool is_likely(std::string_view field, const Column& column) {
    if (field == "ticket")
      return column.distinct * 50 >= column.values.size() &&
             std::all_of(column.values.begin(), column.values.end(), [](const std::string& value) {
               return value.size() <= 80 && std::count(value.begin(), value.end(), ' ') <= 2;
             });
    if (field != "status") return true;
    static const Part k_any;
    return std::any_of(column.values.begin(), column.values.end(),
                       [](const std::string& value) { return !word_of(k_any, "status", value).empty(); });
  }
  void take(std::string_view field, std::string_view names) {
    named_.clear();
    if (has("columns." + std::string(field))) return;
    const Column* column = nullptr;
    for (std::string_view name : split(names, ' ')) {
      column = find(name, field == "answered" || field == "ended");
      if (column && is_likely(field, *column)) break;
      column = nullptr;
    }
    if (!column) return;
    named_ = column->name;
    used_.insert(column->name);
    settings_.emplace_back("columns." + std::string(field), column->name);
  }
  bool repeats(const std::string& name) const {
    for (const Column& column : columns_)
      if (column.name == name) return column.distinct < column.values.size();
    return false;
  }
  const Column* likeliest_time(const std::vector<const Column*>& times) const {
    for (std::string_view name :
         {"timestamp", "completetimestamp", "time", "date", "datetime", "eventtime", "start", "starttime",
          "startedat", "sysupdatedat", "updatedat", "updated", "created", "createdat", "at"})
      for (const Column* time : times)
        if (plain(time->name) == name) return time;
    return times.front();
  }
  void name_times(const std::vector<const Column*>& times) {
    for (const Name& time : k_times)
      if (const Column* column = find(time.names, true)) {
        settings_.emplace_back("times." + std::string(time.field), column->name);
        used_.insert(column->name);
      }
    bool created = has("times.created");
    for (const Column* time : times) {
      if (used_.contains(time->name)) continue;
      std::string name;
      for (char c : ascii_lower(time->name))
        name += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '_';
      while (name.ends_with('_')) name.pop_back();
      while (name.starts_with('_')) name.erase(0, 1);
      if (!created && !has("columns.time")) name = "created";
      created = true;
      if (!name.empty()) settings_.emplace_back("times." + name, time->name);
      used_.insert(time->name);
    }
  }
};

} // namespace

std::vector<Column> columns_of(const std::vector<std::string>& header,
                               const std::vector<std::vector<std::string>>& rows) {
  std::vector<Column> columns;
  for (std::size_t i = 0; i < header.size(); ++i) {
    Column column;
    column.name = header[i];
    Part any, day;
    day.date_order = DateOrder::day;
    Part month = day;
    month.date_order = DateOrder::month;
    std::size_t times = 0, offsets = 0, digits = 0;
    std::set<std::string> distinct;
    for (const std::vector<std::string>& row : rows) {
      if (i >= row.size()) continue;
      std::string value(trim(row[i]));
      if (value.empty() || value == "?" || value == "NULL" || value == "null") continue;
      bool number =
          std::all_of(value.begin(), value.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
      digits += number;
      if (read_time(any, value) || read_time(day, value) || read_time(month, value)) {
        ++times;
        bool zone = value.ends_with('Z') || value.find("+0") != std::string::npos ||
                    value.find("+1") != std::string::npos || value.find("-0", 10) != std::string::npos;
        offsets += zone && value.size() > 16;
        if (DateOrder order = order_of(value);
            order != DateOrder::unknown && column.order == DateOrder::unknown)
          column.order = order;
      }
      distinct.insert(value);
      column.values.push_back(std::move(value));
    }
    column.distinct = distinct.size();
    // A number is a time only where the name says so.
    std::string name = plain(column.name);
    bool says_so = name.find("time") != std::string::npos || name.find("date") != std::string::npos ||
                   name.ends_with("at") || name == "ts" || name == "when";
    column.is_time = !column.values.empty() && times * 10 >= column.values.size() * 9 &&
                     (digits * 2 < column.values.size() || says_so);
    column.has_offset = times > 0 && offsets * 10 >= times * 9;
    columns.push_back(std::move(column));
  }
  return columns;
}

std::vector<std::pair<std::string, std::string>> guess(const std::vector<Column>& columns) {
  return Guess(columns).run();
}

} // namespace helpdesk::backend::table
