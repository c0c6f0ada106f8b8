#include "store/sqlite/condition.hpp"

#include "base/fold.hpp"
#include "store/query_match.hpp"
#include "store/sqlite/message_rows.hpp"
#include "store/sqlite/ticket_rows.hpp"

#include <charconv>
#include <limits>

namespace helpdesk::store::sqlite {
namespace {

std::string_view sign(Compare compare) {
  switch (compare) {
  case Compare::equal: return "=";
  case Compare::less: return "<";
  case Compare::greater: return ">";
  case Compare::less_equal: return "<=";
  case Compare::greater_equal: return ">=";
  }
  return "=";
}

Compare reversed(Compare compare) {
  switch (compare) {
  case Compare::equal: return Compare::equal;
  case Compare::less: return Compare::greater;
  case Compare::greater: return Compare::less;
  case Compare::less_equal: return Compare::greater_equal;
  case Compare::greater_equal: return Compare::less_equal;
  }
  return compare;
}

// The end of what there is where it would go beyond.
std::int64_t difference(std::int64_t a, std::int64_t b) {
  std::int64_t out = 0;
  if (!__builtin_sub_overflow(a, b, &out)) return out;
  return b > 0 ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max();
}

template <class E> std::int64_t number_of_enum(std::string_view name) {
  auto value = model::parse<E>(name);
  return value ? static_cast<std::int64_t>(*value) : -1;
}

class Builder {
 public:
  Builder(Database& db, Scope scope, Instant now) : db_(db), scope_(scope), now_(now) {}
  Condition out;

  Result<std::string> build(const Query& q) {
    switch (q.node) {
    case Node::all: return group(q, " AND ", "1");
    case Node::any: return group(q, " OR ", "0");
    case Node::negation: return "NOT " + TRY(group(q, " AND ", "1"));
    default: return leaf(q);
    }
  }

 private:
  Database& db_;
  Scope scope_;
  Instant now_;

  Result<std::string> group(const Query& q, std::string_view operation, std::string_view empty) {
    if (q.children.empty()) return std::string(empty);
    std::string sql = "(";
    for (const auto& child : q.children) {
      if (sql.size() > 1) sql += operation;
      sql += TRY(build(child));
    }
    return sql + ")";
  }

  void bind(Value value) { out.values.push_back(std::move(value)); }

  Result<std::string> leaf(const Query& q) {
    if (is_text_leaf(q)) return text(q);
    if (scope_ == Scope::message) {
      if (auto sql = on_message(q)) return *sql;
      out.needs_ticket = true;
    } else if (auto sql = on_any_message(q)) {
      return *sql;
    }
    return on_ticket(q);
  }

  std::string text(const Query& q) {
    auto match = match_expression(q);
    if (!match) return "0";
    bind(*match);
    if (scope_ == Scope::message) return "m.id IN (SELECT rowid FROM search WHERE search MATCH ?)";
    return "t.id IN (SELECT m.ticket FROM search CROSS JOIN messages m ON m.id=search.rowid WHERE search "
           "MATCH ?)";
  }

  // The part of the question that looks at a message's own columns.
  std::optional<std::string> message_property(const Query& q) {
    auto flag = [](int bit) { return "(m.flags & " + std::to_string(bit) + ")<>0"; };
    if (q.name == "has")
      return q.text == "attachment" ? "m.attachments>0" : flag(q.text == "html" ? k_html : k_defect);
    if (q.name == "is" && q.text == "automatic") return flag(k_automatic);
    if (q.name == "is" && q.text == "private") return flag(k_private);
    if (q.name == "is" && q.text == "gone") return flag(k_gone);
    return std::nullopt;
  }

  std::optional<std::string> on_any_message(const Query& q) {
    auto property = message_property(q);
    if (!property) return std::nullopt;
    return "t.id IN (SELECT m.ticket FROM messages m WHERE " + *property + ")";
  }

  std::optional<std::string> on_message(const Query& q) {
    if (auto property = message_property(q)) return property;
    if (q.name == "before" || q.name == "after") {
      bind(q.micros);
      return q.name == "before" ? "m.time<?" : "m.time>=?";
    }
    if (q.name == "channel") return equal("m.channel", number_of_enum<model::Channel>(q.text));
    if (q.name == "needs_reply") return equal("m.needs_reply", number_of_enum<model::NeedsReply>(q.text));
    if (q.name == "lang") return equal("m.language", q.text == "none" ? std::string() : fold_word(q.text));
    return std::nullopt;
  }

  std::string equal(std::string_view column, Value value) {
    bind(std::move(value));
    return std::string(column) + "=?";
  }

  // Few values stand in these columns; which of them are meant is decided by the same function as in memory.
  Result<std::string> one_of(std::string_view column, std::string_view distinct,
                             const std::function<bool(std::string_view)>& wanted) {
    std::string list;
    auto s = TRY(db_.c.statement(distinct));
    while (TRY(s.step())) {
      if (!wanted(s.text(0))) continue;
      list += list.empty() ? "?" : ",?";
      bind(std::string(s.text(0)));
    }
    return list.empty() ? std::string("0") : std::string(column) + " IN (" + list + ")";
  }

  Result<std::string> account(const std::function<bool(std::string_view)>& wanted) {
    std::string list = wanted("") ? "0" : "";
    auto s = TRY(db_.c.statement("SELECT id, name FROM accounts"));
    while (TRY(s.step()))
      if (wanted(s.text(1))) list += (list.empty() ? "" : ",") + std::to_string(s.integer(0));
    return list.empty() ? std::string("0") : "t.account IN (" + list + ")";
  }

  std::string person(const Query& q) {
    std::string sql = "(t.requester=?";
    bind(q.text);
    auto pattern = pattern_of(q);
    for (const auto& words : spellings(pattern)) {
      sql += " OR instr(t.customer, ?)>0";
      bind(" " + words + (pattern.prefix ? "" : " "));
    }
    return sql + ")";
  }

  static std::string waits() { return "t.waiting_order<" + std::to_string(k_waits_below); }

  std::string state(std::string_view is) {
    if (is == "waiting") return waits();
    if (is == "unread") return "t.unread<>0";
    if (is == "spam") return "(t.hidden & 1)<>0";
    if (is == "deleted") return "(t.hidden & 2)<>0";
    if (is == "merged") return "(t.hidden & 4)<>0";
    if (is == "open" || is == "done") {
      auto done = "t.status IN (" + std::to_string(static_cast<int>(model::Status::solved)) + "," +
                  std::to_string(static_cast<int>(model::Status::closed)) + ")";
      return is == "done" ? done : "NOT " + done;
    }
    if (is == "history") return "t.history<>0";
    if (is == "snoozed") {
      bind(Seconds(now_));
      return "(t.snoozed IS NOT NULL AND t.snoozed>?)";
    }
    return "0";
  }

  // now - column against q.micros, turned round so that only constants are subtracted.
  std::string age(std::string_view column, const Query& q, std::int64_t shift = 0) {
    bind(Seconds(difference(difference(micros(now_), q.micros), shift)));
    return std::string(column) + std::string(sign(reversed(q.compare))) + "?";
  }

  Result<std::string> on_ticket(const Query& q) {
    const auto& name = q.name;
    auto same = [&](std::string_view value) { return value_matches(value, q.text); };
    if (name == "tag" && q.text == "none")
      return std::string("NOT EXISTS (SELECT 1 FROM ticket_tags g WHERE g.ticket=t.id)");
    if (name == "tag") {
      auto tags = TRY(one_of("g.tag", "SELECT DISTINCT tag FROM ticket_tags", same));
      return "t.id IN (SELECT g.ticket FROM ticket_tags g WHERE " + tags + ")";
    }
    if (name == "account") return account(same);
    if (name == "queue") return one_of("t.queue", "SELECT DISTINCT queue FROM tickets", same);
    if (name == "assignee")
      return one_of("t.assignee", "SELECT DISTINCT assignee FROM tickets",
                    [&](auto v) { return name_matches(v, q.text); });
    if (name == "status") return equal("t.status", number_of_enum<model::Status>(q.text));
    if (name == "channel") return equal("t.channel", number_of_enum<model::Channel>(q.text));
    if (name == "needs_reply") return equal("t.needs_reply", number_of_enum<model::NeedsReply>(q.text));
    if (name == "lang") return equal("t.language", q.text == "none" ? std::string() : fold_word(q.text));
    if (name == "priority") {
      bind(number_of_enum<model::Priority>(q.text));
      return "t.priority" + std::string(sign(q.compare)) + "?";
    }
    if (name == "person") return person(q);
    if (name == "before" || name == "after") {
      bind(Seconds(q.micros));
      return std::string(name == "before" ? "t.created<?" : "t.updated>=?");
    }
    if (name == "waiting") return "(" + waits() + " AND " + age("t.waiting_order", q, k_waiting_shift) + ")";
    if (name == "silent") return age("t.spoken", q);
    if (name == "is") return state(q.text);
    if (name == "id") {
      std::int64_t number = 0;
      std::from_chars(q.text.data(), q.text.data() + q.text.size(), number);
      return equal("t.id", TRY(id_of_number(db_, number)).value_or(-1));
    }
    return std::string("0");
  }
};

} // namespace

void bind_values(Statement& s, const std::vector<Value>& values, int first) {
  for (const Value& value : values) {
    if (value.text)
      s.bind_one(first++, *value.text);
    else if (value.seconds)
      bind_seconds(s, first++, *value.seconds);
    else
      s.bind_one(first++, value.number);
  }
}

Result<Condition> condition_of(Database& db, const Query& query, Scope scope, Instant now) {
  Builder builder(db, scope, now);
  builder.out.sql = TRY(builder.build(query));
  return std::move(builder.out);
}

} // namespace helpdesk::store::sqlite
