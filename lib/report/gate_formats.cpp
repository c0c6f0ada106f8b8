// JUnit XML, Nagios plugin output and Prometheus text: text from outside is made harmless in each.
#include "base/text.hpp"
#include "render/junit.hpp"
#include "report/gate_output.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace helpdesk::report {
namespace {

using render::plain_line;

// A performance label or a part of the first line: '|' begins performance data.
std::string line_of(std::string_view text) { return replace_all(plain_line(text), "|", "/"); }

std::string label_value(std::string_view text) {
  return replace_all(replace_all(plain_line(text), "\\", "\\\\"), "\"", "\\\"");
}

std::string name_of(const Verdict& v, const Gate& gate) {
  return v.groups.empty() ? gate.name : gate.name + " [" + join(v.groups, ", ") + "]";
}

std::string number(double value) {
  if (std::isinf(value)) return "+Inf";
  return fmt::format("{:.15g}", value);
}

// The range in which a plugin stays quiet: "10" is 0 to 10, "10:" is 10 and above, "10:10" exactly 10.
std::string range(const Gate& gate, double scale) {
  std::string bound = number(gate.bound * scale);
  switch (gate.relation) {
  case Relation::below:
  case Relation::at_most: return bound;
  case Relation::above:
  case Relation::at_least: return bound + ":";
  case Relation::equal: return bound + ":" + bound;
  }
  return bound;
}

std::size_t count(const std::vector<Verdict>& verdicts, Answer answer) {
  return static_cast<std::size_t>(
      std::count_if(verdicts.begin(), verdicts.end(), [&](const Verdict& v) { return v.answer == answer; }));
}

} // namespace

std::string junit(const CheckOptions& options, const std::vector<Verdict>& verdicts, Instant now) {
  std::vector<render::JunitCase> cases;
  for (const Verdict& v : verdicts) {
    const Gate& gate = options.gates[v.gate];
    render::JunitCase one;
    one.class_name = "helpdesk.check";
    one.name = name_of(v, gate);
    one.text = finding_text(v, gate);
    if (v.answer != Answer::holds) {
      one.result =
          v.answer == Answer::fails ? render::JunitCase::Result::failure : render::JunitCase::Result::error;
      one.type = v.answer == Answer::fails ? "check" : "no verdict";
      one.message = one.text;
      one.text = fmt::format("{}: {}", gate.text, one.message);
      if (!v.worst.empty()) one.text += "\nworst: " + worst_text(v);
    }
    cases.push_back(std::move(one));
  }
  return render::junit("helpdesk check", cases, now);
}

std::string nagios(const CheckOptions& options, const std::vector<Verdict>& verdicts) {
  std::size_t fails = count(verdicts, Answer::fails), unknown = count(verdicts, Answer::unknown);
  std::string out = fmt::format("HELPDESK {} - ", fails > 0 ? "WARNING" : unknown > 0 ? "UNKNOWN" : "OK");
  out += fmt::format("{} of {} hold", count(verdicts, Answer::holds), verdicts.size());
  std::string long_text, data;
  for (const Verdict& v : verdicts) {
    const Gate& gate = options.gates[v.gate];
    if (v.answer != Answer::holds) {
      std::string line = line_of(name_of(v, gate) + (gate.name == gate.text ? "" : " (" + gate.text + ")") +
                                 ": " + finding_text(v, gate));
      // The worst news stands in the first line, that of a pager.
      if (v.answer == Answer::fails || fails == 0) out += "; " + line;
      long_text += fmt::format("{}: {}{}\n", text(v.answer), line,
                               v.worst.empty() ? "" : "; worst: " + line_of(worst_text(v)));
    }
    if (!v.value || v.beyond || v.answer == Answer::unknown) continue;
    bool is_share = unit(gate.subject) == GateUnit::share;
    std::string label = replace_all(replace_all(line_of(name_of(v, gate)), "'", ""), "=", "");
    data += fmt::format(" '{}'={}{};{}", label, number(*v.value * (is_share ? 100 : 1)),
                        is_share                               ? "%"
                        : unit(gate.subject) == GateUnit::time ? "s"
                                                               : "",
                        range(gate, is_share ? 100 : 1));
  }
  if (!data.empty()) out += " |" + data;
  return out + "\n" + long_text;
}

std::string prometheus(const CheckOptions& options, const std::vector<Verdict>& verdicts, Instant now) {
  struct Series {
    std::string_view name, help;
    std::string lines;
  };
  Series holds{"helpdesk_check_holds", "1 when the check holds, 0 when it fails; none without a verdict.",
               ""};
  Series verdict{"helpdesk_check_has_verdict", "0 when the data allow no verdict, which is no pass.", ""};
  Series value{"helpdesk_check_value", "What was measured; +Inf for a quantile that is not reached.", ""};
  Series bound{"helpdesk_check_bound", "What it is compared with.", ""};
  Series n{"helpdesk_check_observations", "What the value rests on.", ""};
  for (const Verdict& v : verdicts) {
    const Gate& gate = options.gates[v.gate];
    std::string labels =
        fmt::format("{{check=\"{}\",that=\"{}\",unit=\"{}\"", label_value(gate.name), label_value(gate.text),
                    unit(gate.subject) == GateUnit::time    ? "seconds"
                    : unit(gate.subject) == GateUnit::share ? "ratio"
                                                            : "count");
    for (std::size_t i = 0; i < v.groups.size(); ++i)
      labels += fmt::format(",{}=\"{}\"", i == 0 ? "group" : "group2", label_value(v.groups[i]));
    labels += "} ";
    auto add = [&](Series& series, const std::string& number) {
      series.lines += fmt::format("{}{}{}\n", series.name, labels, number);
    };
    add(verdict, v.answer == Answer::unknown ? "0" : "1");
    if (v.answer != Answer::unknown) add(holds, v.answer == Answer::holds ? "1" : "0");
    if (v.value && v.answer != Answer::unknown) add(value, v.beyond ? "+Inf" : number(*v.value));
    add(bound, number(gate.bound));
    add(n, std::to_string(v.n));
  }
  std::string out;
  for (const Series* s : {&holds, &verdict, &value, &bound, &n})
    if (!s->lines.empty())
      out += fmt::format("# HELP {0} {1}\n# TYPE {0} gauge\n{2}", s->name, s->help, s->lines);
  return out + fmt::format("# HELP helpdesk_check_time_seconds When the checks were made.\n"
                           "# TYPE helpdesk_check_time_seconds gauge\nhelpdesk_check_time_seconds {}\n",
                           std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count());
}

} // namespace helpdesk::report
