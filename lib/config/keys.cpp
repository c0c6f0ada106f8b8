// The key table: one row a key. '*' stands for a name of the user's, '#' for an entry of a list of tables.
#include "config/config.hpp"

namespace helpdesk::config {
namespace {

constexpr Policy k_project = Policy::project;

// clang-format off
constexpr Key k_keys[] = {
    {"general.zone", Type::zone, "", "time zone of every printed and typed time, such as Europe/Oslo; the system's when unset"},
    {"general.store", Type::path, "", "directory of the store; $XDG_DATA_HOME/helpdesk when unset"},
    {"general.language", Type::text, "en", "language for customers whose own is not known, as a two-letter code"},
    {"general.read_only", Type::flag, "false", "refuse whatever changes a remote system or sends"},

    {"me.name", Type::text, "", "your name, as it stands in the journal and in list --mine"},
    {"me.address", Type::text, "", "your own mail address"},

    {"identities.*.address", Type::text, "", "address that replies come from"},
    {"identities.*.name", Type::text, "", "display name beside the address"},
    {"identities.*.signature", Type::text, "", "signature below replies"},
    {"identities.*.signatures.*", Type::text, "", "signature for one language: signatures.nb"},
    {"identities.*.smtp", Type::text, "", "name of the [smtp.NAME] server that sends for this identity"},

    {"accounts.*.backend", Type::text, "", "kind of system: imap, maildir, mbox and so on; backend list names them"},
    {"accounts.*.us", Type::list, "", "our addresses, and our domains as @example.org"},
    {"accounts.*.us.addresses", Type::list, "", "addresses that belong to the desk"},
    {"accounts.*.us.domains", Type::list, "", "domains whose every address belongs to the desk"},
    {"accounts.*.scope", Type::choice, "desk", "which conversations are fetched: those with an address of the desk, or all", "desk|all"},
    {"accounts.*.history", Type::duration, "60d", "conversations quiet for longer than this at the first pull are history only; 0d keeps all open"},
    {"accounts.*.shared", Type::flag, "false", "others answer from this mailbox too"},
    {"accounts.*.solve_after", Type::duration, "", "solve what has been pending for this long; off when unset"},
    {"accounts.*.read_only", Type::flag, "false", "refuse whatever changes this system or sends through it"},
    {"accounts.*.password_command", Type::command, "", "program that prints the password, as a list: [\"pass\", \"show\", \"desk\"]"},
    {"accounts.*.oauth.provider", Type::text, "", "who gives tokens instead of a password: google, microsoft or custom"},
    {"accounts.*.oauth.client_id", Type::text, "", "client that you registered with the provider"},
    {"accounts.*.oauth.client_secret_command", Type::command, "", "program that prints the client's secret, as a list; none for a public client"},
    {"accounts.*.oauth.authorization_url", Type::text, "", "page where the user agrees; the provider's when unset"},
    {"accounts.*.oauth.token_url", Type::text, "", "address that gives and renews tokens; the provider's when unset"},
    {"accounts.*.oauth.device_url", Type::text, "", "address that begins a login on another device; the provider's when unset"},
    {"accounts.*.oauth.scopes", Type::list, "", "what the token is asked for; the provider's scopes for mail when unset"},
    {"accounts.*.identity", Type::text, "", "identity that answers when the customer wrote to none of ours"},
    {"accounts.*.smtp", Type::text, "", "name of the [smtp.NAME] server that sends for this account; its own name when unset"},
    {"accounts.*.send.via", Type::choice, "none", "how replies leave", "smtp|backend|none"},
    {"accounts.*.sent_copy", Type::choice, "auto", "who puts the copy into the Sent folder", "auto|append|server"},
    {"accounts.*.mark_answered", Type::flag, "true", "set \\Answered on the mail that was answered"},
    {"accounts.*.forms.#.from", Type::list, "", "senders whose mail is a filled-in contact form"},
    {"accounts.*.forms.#.name", Type::text, "", "line that holds the customer's name: \"Name: *\""},
    {"accounts.*.forms.#.address", Type::text, "", "line that holds the customer's address: \"E-mail: *\""},
    {"accounts.*.forms.#.order", Type::text, "", "line that holds the order number: \"Order: *\""},

    {"smtp.*.host", Type::text, "", "server that sends"},
    {"smtp.*.port", Type::integer, "", "its port; 465 with implicit TLS, else 587"},
    {"smtp.*.tls", Type::choice, "implicit", "how the connection is encrypted; none only to this machine unless insecure is set", "implicit|starttls|none"},
    {"smtp.*.insecure", Type::flag, "false", "allow a connection that anybody on the way can read"},
    {"smtp.*.user", Type::text, "", "name to log in with"},
    {"smtp.*.auth", Type::choice, "auto", "how to log in", "auto|plain|login|xoauth2|oauthbearer|none"},
    {"smtp.*.password_command", Type::command, "", "program that prints the password, as a list"},
    {"smtp.*.account", Type::text, "", "account whose credentials are used; the one that sends when unset"},
    {"smtp.*.ca_file", Type::path, "", "certificate authorities to trust, instead of the system's"},

    {"rules.#.name", Type::text, "", "what the rule is called in the log"},
    {"rules.#.when", Type::query, "", "which new messages it is for, in the search language"},
    {"rules.#.set", Type::list, "", "what it changes: [\"tag+=billing\", \"priority=high\"]"},

    {"queries.*", Type::query, "", "a saved query, in the search language", "", k_project},

    {"reply.target", Type::duration, "4h", "how long a customer may wait for an answer"},
    {"templates.directory", Type::path, "", "where the reply templates are; templates beside the configuration when unset"},
    {"templates.languages", Type::list, "", "languages to fall back to, in order"},
    {"calendars.*.zone", Type::zone, "", "time zone of these working hours; [general] zone when unset"},
    {"calendars.*.open", Type::list, "", "when the desk works: [\"mon-fri 09:00-12:00\", \"mon-fri 13:00-17:00\", \"fri 22:00-06:00\"], or \"24/7\"; calendars.standard is the default calendar"},
    {"calendars.*.holidays", Type::list, "", "days on which it is closed, with or without a name: [\"12-25 Christmas\", \"2026-05-17\", \"2026-07-06..2026-07-17 Summer\"]"},
    {"calendars.*.holiday_files", Type::list, "", "iCalendar files whose events of whole days are holidays too"},
    {"calendars.*.special", Type::list, "", "days with hours of their own: [\"12-24 09:00-12:00\", \"2026-06-05 closed\"]; they stand above holidays"},
    {"calendars.*.changes.#.valid_from", Type::text, "", "day from which the other keys of this table hold, such as \"2026-07-01\"; what it does not name stays as it was before"},
    {"calendars.*.changes.#.zone", Type::zone, "", "time zone from then on"},
    {"calendars.*.changes.#.open", Type::list, "", "working hours from then on"},
    {"calendars.*.changes.#.holidays", Type::list, "", "holidays from then on"},
    {"calendars.*.changes.#.holiday_files", Type::list, "", "iCalendar files from then on"},
    {"calendars.*.changes.#.special", Type::list, "", "special days from then on"},
    {"hours.*.zone", Type::zone, "", "earlier name of calendars.NAME.zone"},
    {"hours.*.open", Type::list, "", "earlier name of calendars.NAME.open"},

    {"intervals.*.from", Type::text, "", "event that begins this interval of yours: created, reply, status == \"open\", event == \"Name\"; INTERVALS below says what can stand here"},
    {"intervals.*.to", Type::text, "", "event that ends it, in the same words; first is meant, or last as in: last reply"},
    {"intervals.*.title", Type::text, "", "what the interval is called in tables; its name when unset"},

    {"sla.*.order", Type::integer, "", "place among the policies: the first one that matches a ticket is in force; without one they follow in the order of the file"},
    {"sla.*.match.priority", Type::list, "", "only tickets of these priorities: none, low, normal, high, urgent"},
    {"sla.*.match.channel", Type::list, "", "only tickets that came by these channels"},
    {"sla.*.match.queue", Type::list, "", "only tickets in these queues"},
    {"sla.*.match.account", Type::list, "", "only tickets of these accounts"},
    {"sla.*.match.organisation", Type::list, "", "only tickets of these organisations"},
    {"sla.*.match.tags_any", Type::list, "", "only tickets with at least one of these tags"},
    {"sla.*.match.tags_all", Type::list, "", "only tickets with all of these tags"},
    {"sla.*.match.tags_none", Type::list, "", "only tickets with none of these tags"},
    {"sla.*.calendar", Type::text, "", "calendar that the targets run by, or 24/7; standard when there is one, else calendar time"},
    {"sla.*.targets.frt", Type::duration, "", "target: first reply to a question; in the calendar's time, where 1d is 24 hours of it"},
    {"sla.*.targets.turn", Type::duration, "", "target: every later reply"},
    {"sla.*.targets.periodic", Type::duration, "", "target: time between two replies while unsolved"},
    {"sla.*.targets.pausable", Type::duration, "", "target: the same, not while pending"},
    {"sla.*.targets.requester_wait", Type::duration, "", "target: time in new, open and hold"},
    {"sla.*.targets.agent_work", Type::duration, "", "target: time in new and open"},
    {"sla.*.targets.first_resolution", Type::duration, "", "target: until it is solved for the first time"},
    {"sla.*.targets.full_resolution", Type::duration, "", "target: until it is solved, without the time it was solved"},
    {"sla.*.targets.*.frt", Type::duration, "", "the same target for one priority: targets.urgent.frt"},
    {"sla.*.targets.*.turn", Type::duration, "", "the same target for one priority: targets.urgent.turn"},
    {"sla.*.targets.*.periodic", Type::duration, "", "the same target for one priority: targets.urgent.periodic"},
    {"sla.*.targets.*.pausable", Type::duration, "", "the same target for one priority: targets.urgent.pausable"},
    {"sla.*.targets.*.requester_wait", Type::duration, "", "the same target for one priority: targets.urgent.requester_wait"},
    {"sla.*.targets.*.agent_work", Type::duration, "", "the same target for one priority: targets.urgent.agent_work"},
    {"sla.*.targets.*.first_resolution", Type::duration, "", "the same target for one priority: targets.urgent.first_resolution"},
    {"sla.*.targets.*.full_resolution", Type::duration, "", "the same target for one priority: targets.urgent.full_resolution"},
    {"sla.*.pause.frt", Type::list, "", "statuses in which this clock stands still: [\"pending\"]; none when unset"},
    {"sla.*.pause.turn", Type::list, "", "statuses in which this clock stands still: [\"pending\"]; none when unset"},
    {"sla.*.pause.first_resolution", Type::list, "", "statuses in which this clock stands still: [\"pending\"]; none when unset"},
    {"sla.*.pause.full_resolution", Type::list, "", "statuses in which this clock stands still: [\"pending\"]; none when unset"},
    {"sla.*.warn", Type::text, "75%", "when a clock is near its target: a share of it, or a time before it such as 1h"},
    {"sla.*.grace", Type::duration, "0s", "how long after the target it is not yet a breach; shown beside the target"},
    {"sla.*.valid_from", Type::text, "", "day from which the policy holds, such as 2026-07-01"},

    {"checks.*", Type::text, "", "what must hold, for helpdesk check: reply = \"frt.p90 < 4h biz\"; helpdesk-check(1) says what can stand here"},

    {"pull.grace", Type::duration, "0s", "how long a passing fault must last before pull reports it"},
    {"pull.parallel", Type::integer, "4", "how many accounts are pulled side by side"},

    {"send.subject_token", Type::flag, "false", "put [#n] into outgoing subjects"},
    {"send.max", Type::integer, "20", "how many replies one send may let out"},
    {"send.hold_after", Type::duration, "24h", "queued replies older than this wait for a decision"},
    {"send.quote", Type::flag, "false", "quote the customer's message below replies"},

    {"digest.to", Type::list, "", "who gets the digest"},
    {"digest.identity", Type::text, "", "identity that the digest comes from"},
    {"digest.detail", Type::choice, "subjects", "how much of the conversations it tells", "none|subjects|full"},

    {"display.format", Type::choice, "", "output format when none is asked for", "table|tsv|csv|json|ndjson|markdown|html", k_project},
    {"display.color", Type::choice, "auto", "colour on the terminal", "auto|always|never", k_project},
    {"display.width", Type::integer, "", "columns to fit tables into; the terminal's when unset", "", k_project},
};
// clang-format on

} // namespace

std::span<const Key> keys() { return k_keys; }

} // namespace helpdesk::config
