// Verdicts for people (a document), and for the programs that watch.
#pragma once

#include "render/document.hpp"
#include "report/verdict.hpp"

#include <string>
#include <vector>

namespace helpdesk::report {

// Ids and ages, no names and no text but the subjects that were asked for.
render::Document check_document(const Desk& desk, const CheckOptions& options,
                                const std::vector<Verdict>& verdicts);

// One test case a verdict: a failure when it fails, an error when there is none.
std::string junit(const CheckOptions& options, const std::vector<Verdict>& verdicts, Instant now);
// One line with performance data, then a line for every verdict that is not good.
std::string nagios(const CheckOptions& options, const std::vector<Verdict>& verdicts);
// Text exposition format, for a textfile collector.
std::string prometheus(const CheckOptions& options, const std::vector<Verdict>& verdicts, Instant now);

std::string value_text(const Verdict& verdict, const Gate& gate); // "5h12", "> 3d", "92.5 %", "12"
// "email: 5h12, wanted < 4h biz; n 12", or why there is no verdict.
std::string finding_text(const Verdict& verdict, const Gate& gate);
std::string worst_text(const Verdict& verdict); // "#12 5h (waiting), #3 4h (answered)"

} // namespace helpdesk::report
