// What report and digest share: the fields and how the flags make an overview.
#pragma once

#include "app/app.hpp"
#include "cli/command.hpp"
#include "report/overview.hpp"

namespace helpdesk::app {

inline constexpr cli::FieldDoc k_overview_fields[] = {
    {"number", "the ticket's number"},
    {"waiting", "how long the customer has waited, in seconds; of a metric: how many wait"},
    {"from", "who waits"},
    {"address", "their address, with --detail full"},
    {"subject", "what they ask, and subjects that were asked most"},
    {"text", "how their message begins, with --detail full"},
    {"channel", "how they wrote"},
    {"group", "channel that a row of metrics is about"},
    {"metric", "name of the metric"},
    {"n", "how many were counted, answered or not"},
    {"competing", "how many ended without what was waited for"},
    {"excluded", "how many were left out"},
    {"median", "Kaplan-Meier median in seconds"},
    {"median_lower", "lower 95 % bound of the median"},
    {"median_upper", "upper 95 % bound of the median"},
    {"p90", "Kaplan-Meier 90th percentile in seconds"},
    {"p90_lower", "lower 95 % bound of the 90th percentile"},
    {"p90_upper", "upper 95 % bound of the 90th percentile"},
    {"naive_mean", "mean of those that ended well, in seconds"},
    {"naive_median", "median of those that ended well, in seconds"},
    {"answered", "how many ended with what was waited for"},
    {"longest", "the longest time seen"},
    {"tag", "tags that were asked most"},
    {"tickets", "how many tickets asked it"},
    {"due", "by when we promised to write"},
    {"state", "of a promise: open or overdue"},
    {"promise", "the sentence of our reply that promised it, not with --detail none"},
};

// Reads --since, --detail and --account; the period ends now and is that long when --since is not given.
Result<report::Overview> overview(App& app, const cli::Invocation& call, std::string kind, std::string title,
                                  Duration period);

} // namespace helpdesk::app
