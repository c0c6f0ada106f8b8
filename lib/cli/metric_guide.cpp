#include "cli/metric_guide.hpp"

namespace helpdesk::cli {
namespace {

// clang-format off
constexpr MetricGuide k_guides[] = {
    {"frt", "First reply",
     "From the customer's first question to the first public reply by a person, for the first time that a person was needed. Automatic receipts, surveys, notes, forwards and replies that came back undelivered are no replies. Who has none yet counts as waiting; closed without a reply is counted apart. What we wrote first has no first reply.",
     "starts at the ticket's creation; where an agent created it, the second public comment counts; a ticket without a reply has no value and drops out",
     "visible replies by people, as here; the values its API gives have office hours taken out already",
     "first public article by an agent; mail that an agent sent first is its own reply, after 0 minutes",
     "starts at the last thing that was not done by a person: hand-over by the bot, reopening, creation"},
    {"frt_any", "First answer",
     "The same, but an answer by an AI ends it too. An automatic receipt never does.",
     "", "told apart, under the name of its AI agent", "messages by its system user are ignored", "since 2025 the bot's answer ends the wait; before it did not"},
    {"turn", "Next reply",
     "Every later wait: from the oldest question that nobody answered to the next public reply by a person. Writing again does not start the clock anew. With --all-turns the first wait of each ticket counts too.",
     "the same: oldest unanswered comment to the next public reply",
     "median over all replies that follow a customer's message",
     "keeps the longest exchange of a ticket and forgets the others",
     "from when the conversation began to wait; old versions also counted the time after it was reopened"},
    {"first_resolution", "First solved",
     "From creation to the first time it was solved (or closed, if it never was solved). Solved and taken back by the same hand within a minute was never solved.",
     "the same", "time to first close", "close time less creation", "one value at each resolve, all from creation: a ticket that was reopened counts several times"},
    {"full_resolution", "Solved for good",
     "From creation to the last time it was solved. A ticket that is open now is waiting, whatever it was before. Each ticket counts once.",
     "the latest solve; an open ticket keeps its old value", "time to last close", "close time less the time in pending", "see first_resolution"},
    {"requester_wait", "In our hands",
     "Time in new, open and hold: what the statuses say of who has to act. A status set to pending stops it, even where nobody replied; compare with customer_wait.",
     "the same sum", "", "its escalation clock leaves out the states you name", ""},
    {"agent_wait", "In their hands", "Time in pending: we wait for the customer.", "the same sum", "", "", ""},
    {"agent_work", "Agents' work", "Time in new and open, without hold.", "the same sum", "from assignment to close", "", ""},
    {"on_hold", "On hold", "Time in hold: we wait for somebody else.", "the same sum", "", "", ""},
    {"time_unsolved", "Unsolved", "Time in every status but solved and closed. It is requester_wait and agent_wait together, to the microsecond.", "", "", "", ""},
    {"customer_wait", "Waited in all", "Sum of all the customer's waits, by the messages alone: no status can stop it.", "", "", "", ""},
    {"periodic", "Between updates", "From one public reply by a person to the next, until the ticket is solved. A customer who gets no further word before it is solved was not updated.", "the same", "", "", ""},
    {"pausable", "Updates, unpaused", "The same, counting only time in new, open and hold.", "the same", "", "", ""},
    {"auto_ack", "Automatic receipt", "From the first question to the first automatic message. Told so that nobody takes it for a reply.", "not counted", "not counted", "not counted", "not counted"},
    {"abandon", "Patience", "Of calls and chats: from when somebody came in to when they hung up before anybody answered. An answer ends the watch, so the median is that of people's patience, not of those alone who lost it. A chat that was given up has no first reply: it is closed without one. A caller is called back: the call waits until its ticket is solved.", "", "", "", ""},
    {"reopens", "Reopened", "How often it was solved and then not any more.", "the same", "the same", "", "one event each"},
    {"replies", "Replies", "Public replies by people, counted a ticket.", "public agent comments", "", "all articles, the customer's too", ""},
    {"touches", "Touches", "Replies and notes by people.", "", "", "", ""},
    {"stations", "Stations", "Different agents and queues that had it.", "agents and groups, told apart", "number of assignments", "", ""},
    {"handoffs", "Handed over", "How often it went from one agent to another.", "", "", "", ""},
    {"fcr", "Solved by one reply",
     "Of the tickets that were solved: those with exactly one public reply by a person, to which the customer did not come back within 7 days. Solved less than 7 days ago is undecided and stands apart.",
     "one reply and solved, at once", "closed once, with one teammate", "", ""},
    {"ratings", "What customers said", "CSAT: good by good and bad, a 3 of 5 being neutral and counted in n only; NPS: share of 9 and 10 less share of 0 to 6. Both with their interval, and not below 10 ratings. Some systems print other formulas under these names, such as the mean of the points.", "good by good and bad", "4 and 5 by all", "", "4 and 5 by all"},
    {"durable_resolution", "Stayed solved", "Of the tickets that were solved: those not reopened within 7 days of the first solve. Solved less than 7 days ago is undecided.", "", "", "", ""},
};

constexpr GuideTerm k_cohorts[] = {
    {"started", "What began in the period, answered since or not. The default: an old wait that ends does not make this week look slow, and a wait that goes on is not hidden."},
    {"answered", "What was answered in the period, as most systems chart it. It never shows who still waits, so a desk that answers only the easy ones looks fast. The started figure is printed beside it."},
    {"period", "All that was under way in the period, each with the part of its wait that lies in it. What began earlier comes in with the wait it had: this is the speed of the desk in these days, backlog included."},
};

constexpr GuideChapter k_before[] = {
    {"DESCRIPTION",
     "Numbers of a support desk are easily made to look good without any customer waiting less. This page says how helpdesk counts, in which order of honesty, and where other systems print something else under the same name. helpdesk explain ID shows the events behind every number of one ticket.\n"
     "Customers who wait count as waiting. A mean over the answered tickets improves when hard questions stay unanswered; the figure to look at is the Kaplan-Meier median, which takes those who wait at least as long as they have waited. The naive mean stands beside it only to show the difference.\n"
     "A number that cannot be known is not printed. \"> 4d\" means that fewer than half were answered when the longest had waited four days; \"(n<36)\" that there are too few for an interval.",
     {}, ""},
    {"TIME",
     "Every duration is calendar time. Where a calendar is configured, business hours stand beside it, never instead of it: a question asked and answered at night took no business time at all, and the customer waited all the same. Days of 23 and 25 hours are counted as such.\n"
     "The clock of a reply starts at the message, not when the ticket was created, and nothing an agent sets stops it.",
     {}, ""},
    {"WHICH TICKETS",
     "Spam, deleted and merged tickets, history older than the account's line and what only went on among colleagues are left out and counted by reason. So are tickets that another system handed over without their times: twenty or more in which everything, a reply or a solve among it, happened in one and the same second; those that were only asked in it wait like any other. Newsletters and thanks ask nothing and have no wait. --cohort decides what belongs to a period:",
     k_cohorts, ""},
};

constexpr GuideTerm k_words[] = {
    {"created", "creation of the ticket"},
    {"question", "public message of a customer that needs a reply"},
    {"inbound, outbound, message", "public message from the customer, to the customer, any of both"},
    {"reply, ai_reply, receipt", "public reply by a person, by an AI, automatic message"},
    {"note", "private message"},
    {"event == \"NAME\"", "event that the log or the system calls so"},
    {"status == \"solved\"", "change of status to it; also priority, queue, assignee, channel, tag (added)"},
    {"field.NAME == \"VALUE\"", "change of a custom field"},
    {"status, assignee, field.NAME", "without a value: any change of it"},
    {"anything", "any message or event"},
};

constexpr GuideTerm k_checks[] = {
    {"1 censoring", "how many have not ended, and the median with and without them"},
    {"2 immortal queue", "the five that wait longest"},
    {"3 truncation", "what the answered cohort hides"},
    {"4 recency", "solves too young to be sure of"},
    {"5 auto-ack", "what first reply would be if receipts counted"},
    {"6 bot mix", "what AI answered alone, and how often it came back"},
    {"7 outbound", "tickets that we began"},
    {"8 excluded", "what was left out, against the period before"},
    {"9 solve and reopen", "solves that came back, or had no reply"},
    {"10 paused while owed", "time in pending or hold while the customer waited for us, and promises kept with and without the pauses of [sla]"},
    {"11 heaping", "replies crowded into the last tenth of the target"},
    {"12 bursts", "several replies within two minutes"},
    {"13 business hours", "replies that took no business time"},
    {"14 calendar edits", "changes of the calendar in the period"},
    {"15 downgrades", "priority lowered before the first reply, or within 30 minutes before a promise of [sla] would have broken; what would have been kept at the original priority"},
    {"16 reassigned", "handed on before anybody replied, or within 30 minutes before a promise broke"},
    {"17 tail", "mean against median and p90; what the longest contribute"},
    {"18 small n", "intervals too wide, and agents that cannot be ranked"},
    {"19 mix shift", "with --compare: change that comes from other questions"},
    {"20 steady state", "backlog that grew or shrank, so that averages lag"},
    {"21 survey", "who answered the survey, and what the silent ones could change"},
    {"22 data quality", "missing messages, clocks that disagree"},
    {"23 freshness", "accounts that are stale, quiet, or whose outgoing mail is unknown"},
    {"24 clock changes", "days of 23 and 25 hours, and holidays, in the period"},
    {"25 double counting", "reopened tickets, each counted once"},
    {"26 definitions", "a number for all definitions: compare only where it is the same"},
};

constexpr GuideChapter k_after[] = {
    {k_intervals_heading,
     "A table [intervals.NAME] in the configuration defines a metric with everything that the built-in ones have: stats --metric NAME, --by, --compare, explain. from and to are written in these words; first is meant unless last stands before them, and or joins several. to is looked for after from. A ticket without from is excluded; one that was solved without to ends there, unanswered; any other waits.",
     k_words,
     "[intervals.take_in_charge]\nfrom = \"created\"\nto = 'event == \"Take in charge ticket\"'\n\n[intervals.whole]\nfrom = \"created\"\nto = \"last anything\""},
    {"BREAKDOWNS",
     "stats --by takes channel, account, agent, queue, tag, priority, language, organisation, hour, weekday, day, week, month and field.NAME for a custom field, and two of them at once. Values are those of when the measured cycle began, where the history tells; agent is who replied, or the assignee of what waits. A ticket with two tags stands under both. Weeks are ISO weeks; times are those of [general] zone.",
     {}, ""},
    {"STATISTICS",
     "Median and percentiles are Kaplan-Meier quantiles with 95 % intervals (Brookmeyer and Crowley, on the log-log scale). An upper bound exists from 6 values on for the median, 36 for p90, 72 for p95, 368 for p99; p99 is not printed below 100. Naive quantiles are of type 7 unless --quantile says otherwise.\n"
     "Where 5 % or more ended without what was waited for, the shares of replied, closed unanswered and still waiting are printed beside (Aalen and Johansen).\n"
     "--compare sets two periods side by side: mean waits up to the longest that both saw, their difference with its interval (2,000 draws with replacement of up to 5,000 observations, the same on every machine; Greenwood's formula beyond), the log-rank test, and how much of the change comes from another mix of channels and priorities (Kitagawa). An interval that holds 0 is no evidence of change.\n"
     "By day, week or month the medians are tested for a trend (Mann and Kendall; Theil and Sen's slope, weekdays taken out) from 8 periods on, and looked at in a control chart of individual values and moving ranges, on logarithms.\n"
     "Shares have Wilson's interval.",
     {}, ""},
    {"THE WAY OF A TICKET",
     "stats --process shows where tickets spend their time until they are solved, in all and in the tenth that took longest, where the largest share is the bottleneck; nobody is time in which no agent had them. Below stand the changes of status, the usual ways with how long each takes, and what goes round in circles. explain ID --forecast says how much longer an open ticket will take: of those whose way began as its own did and that took as long, half were solved within that time. Fewer than 20 allow no forecast.",
     {}, ""},
    {"SERVICE LEVEL OF CALLS",
     "plan staff shows the share of calls or chats answered in time until now. Products count those who hang up in five ways, and --formula takes the number: 1 answered or hung up in time, of all; 2 answered in time, of the answered; 3 answered in time, of all; 4 answered in time, of all but those who hung up in time; 5 answered in time or hung up within 5 seconds, of all. Ours is 4: nobody was late for who left before it was late. Of 1,000 answered, 860 in time, and 60 who hung up, 20 in time and 10 at once, they are 83.0, 86.0, 81.1, 82.7 and 82.1 %.\n"
     "Patience, for Erlang A, is all the waiting there was by those who hung up, ten at least.",
     {}, ""},
    {"WHAT TO DOUBT",
     "stats --doubt prints one line for each of these checks that applies; ! marks what should not be read past. The weightiest stand in the default view too.",
     k_checks, ""},
};
// clang-format on

} // namespace

std::span<const MetricGuide> metric_guides() { return k_guides; }
std::vector<std::pair<std::string_view, std::string_view>> theirs_of(const MetricGuide& g) {
  std::vector<std::pair<std::string_view, std::string_view>> all;
  for (auto [name, text] : {std::pair<std::string_view, std::string_view>{"Zendesk", g.zendesk},
                            {"Intercom", g.intercom},
                            {"Zammad", g.zammad},
                            {"Chatwoot", g.chatwoot}})
    if (!text.empty()) all.emplace_back(name, text);
  return all;
}

std::span<const GuideChapter> guide_before() { return k_before; }
std::span<const GuideChapter> guide_after() { return k_after; }

} // namespace helpdesk::cli
