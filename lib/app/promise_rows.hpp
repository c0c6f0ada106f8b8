// Promises as rows, for list --promises, and as facts, for show.
#pragma once

#include "app/app.hpp"
#include "app/ticket_rows.hpp"
#include "cli/command.hpp"
#include "report/promises.hpp"
#include "store/query.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace helpdesk::app {

inline constexpr cli::FieldDoc k_promise_fields[] = {
    {"due", "with --promises: by when we said that we would write"},
    {"overdue", "with --promises: true when that has passed and we have not written since"},
    {"promised_by", "with --promises: who wrote the reply"},
    {"promise", "with --promises: the sentence"},
    {"promised", "with --promises: when it was sent"},
    {"promise_state", "with --promises: open, overdue, kept, broken, replaced or dropped"},
};

namespace detail {
template <std::size_t A, std::size_t B>
constexpr std::array<cli::FieldDoc, A + B> joined(const cli::FieldDoc (&a)[A], const cli::FieldDoc (&b)[B]) {
  std::array<cli::FieldDoc, A + B> all{};
  std::copy(std::begin(a), std::end(a), all.begin());
  std::copy(std::begin(b), std::end(b), all.begin() + A);
  return all;
}
} // namespace detail
// The fields of list: of tickets, and with --promises of promises.
inline constexpr auto k_list_fields = detail::joined(k_ticket_fields, k_promise_fields);

// list --promises: what is owed, or with all whatever became of it; most: rows, below 0 all.
Result<void> list_promises(App& app, const store::Query& filter, bool all, int most);

// "by 2026-01-09 23:59, overdue: I will write by Friday."
std::string promise_words(const report::Promise& promise, const Zone& zone);
render::Value promise_value(const report::Promise& promise);

} // namespace helpdesk::app
