// A small command table with one of everything.
#pragma once

#include "cli/table.hpp"

namespace sample {

using namespace helpdesk::cli;

inline helpdesk::Result<int> nothing(helpdesk::app::App&, const Invocation&) { return 0; }

constexpr Argument k_id[] = {{"ID", ValueKind::ticket, "the ticket"}};
constexpr Argument k_ids[] = {{"ID", ValueKind::ticket, "the tickets", Arity::at_least_one},
                              {"CHANGE", ValueKind::text, "what to set"}};
constexpr Argument k_query[] = {{"QUERY", ValueKind::query, "words", Arity::any}};
constexpr Flag k_flags[] = {
    {"status", 's', ValueKind::choice, "STATUS", "only this status", "new|open|closed", true},
    {"since", 0, ValueKind::instant, "WHEN", "what is newer"},
    {"limit", 'n', ValueKind::integer, "N", "at most so many"},
    {"waiting", 0, ValueKind::duration, "TIME", "who waits longer"},
    {"mine", 'm', ValueKind::none, "", "only mine; that's what \"me\" is for"},
    {"file", 0, ValueKind::path, "FILE", "a file"},
};
constexpr Example k_examples[] = {{"helpdesk list --waiting '>4h'", "who waits"}};
constexpr FieldDoc k_fields[] = {{"number", "the number"}, {"subject", "the subject"}};

constinit const Command list{
    "list",   "work",  "show who waits", "First paragraph.\n\n.Second: a\\b 'quoted'.",
    k_query,  k_flags, k_examples,       Output::rows,
    k_fields, &nothing};
constinit const Command show{"show", "work", "show a conversation", "", k_id,
                             {},     {},     Output::document,      {}, &nothing};
constinit const Command set{"set", "work", "change tickets", "", k_ids, {}, {}, Output::none, {}, &nothing};
constinit const Command store{"store", "set up", "look after the store", "", {},
                              {},      {},       Output::none,           {}, nullptr};
constinit const Command info{"store info", "set up", "say what is stored", "", {},
                             {},           {},       Output::document,     {}, &nothing};
constinit const Command verify{"store verify", "set up", "check the store", "", {}, {}, {},
                               Output::text,   {},       &nothing};
constinit const Command hidden{"complete", "", "for shells", "", {}, {}, {}, Output::none, {}, &nothing};

constinit const Command* const k_table[] = {&list, &show, &set, &store, &info, &verify, &hidden};

} // namespace sample
