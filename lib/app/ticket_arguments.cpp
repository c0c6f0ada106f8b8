#include "app/ticket_arguments.hpp"

#include "base/file.hpp"
#include "base/text.hpp"

#include <set>

#include <fmt/format.h>

namespace helpdesk::app {

Result<std::vector<model::Ticket>> tickets_named(App& app, const std::vector<std::string>& ids) {
  std::vector<std::string> wanted;
  for (const std::string& id : ids) {
    if (id != "-") {
      wanted.push_back(id);
      continue;
    }
    std::string input = TRY(app.terminal().read_in(64ULL << 20));
    for (std::string_view line : split_lines(input)) {
      std::string_view first = trim(line.substr(0, line.find('\t')));
      if (!first.empty()) wanted.emplace_back(first);
    }
  }
  std::vector<model::Ticket> tickets;
  std::set<std::string> seen;
  for (const std::string& id : wanted) {
    model::Ticket ticket = TRY(app.find_ticket(id));
    if (seen.insert(ticket.key).second) tickets.push_back(std::move(ticket));
  }
  return tickets;
}

Result<std::string> text_given(App& app, const std::string& argument,
                               const std::optional<std::string>& body_file, std::string_view what) {
  if (body_file && !argument.empty())
    return usage_error(
        fmt::format("--body-file and a text as argument exclude each other: which one is the {}?", what));
  std::string text = argument;
  if (body_file) {
    text = clean_utf8(*body_file == "-" ? TRY(app.terminal().read_in(16ULL << 20))
                                        : TRY(read_file(*body_file, 16ULL << 20)));
  } else if (text.empty()) {
    if (!app.may_ask())
      return usage_error(fmt::format(
          "no text for the {}: give it as an argument, or with --body-file FILE or --body-file -", what));
    auto edited = TRY(app.terminal().edit("", std::string(what) + ".txt"));
    if (!edited) return fail(ErrorKind::negative, fmt::format("the {} is empty: nothing was done", what));
    text = *edited;
  }
  if (trim(std::string_view(text)).empty())
    return fail(ErrorKind::negative, fmt::format("the {} is empty: nothing was done", what));
  return text;
}

std::string counted(std::size_t n, std::string_view one, std::string_view many) {
  if (n == 1) return fmt::format("1 {}", one);
  return many.empty() ? fmt::format("{} {}s", n, one) : fmt::format("{} {}", n, many);
}

} // namespace helpdesk::app
