// Between the commands and lib/lint: what the configuration says of it, and what the store knows of a ticket.
#pragma once

#include "app/app.hpp"
#include "lint/lint.hpp"
#include "reply/draft.hpp"

#include <optional>
#include <string>
#include <vector>

namespace helpdesk::app {

// [lint] of the configuration.
Result<lint::Settings> lint_settings(App& app);
// "HD017@12"; usage error for anything else.
Result<lint::Allowance> parse_allowance(const std::string& text);

// The ticket, its people and messages alone.
Result<lint::Context> conversation_context(App& app, store::Reader& store, const model::Ticket& ticket);
// What a reply to this ticket is held against. Refers to the store, which must outlive it.
Result<lint::Context> lint_context(App& app, store::Reader& store, const model::Ticket& ticket);
Result<lint::Report> lint_draft(App& app, store::Reader& store, const reply::Draft& draft,
                                const lint::Settings& settings);
// Writes down what was allowed and why, durably.
Result<void> record_allowances(App& app, store::Store& store, const std::string& subject,
                               const std::vector<std::string>& allowed, const std::string& reason);

} // namespace helpdesk::app
