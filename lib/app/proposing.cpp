#include "app/proposing.hpp"

#include "app/drafting.hpp"
#include "app/linting.hpp"
#include "base/text.hpp"
#include "lint/asked.hpp"
#include "store/word_counts.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include <fmt/format.h>

namespace helpdesk::app {
namespace {

constexpr std::size_t k_rare_words = 8, k_looked_up = 40;
constexpr std::int64_t k_common = 1000; // messages: what is in more says nothing

// What the customer wrote since our last reply.
std::string open_text(const lint::Context& context) {
  std::string text;
  for (const lint::Message& message : context.messages) {
    if (message.internal) continue;
    if (!message.from_customer) text.clear();
    if (message.from_customer) text += message.text + "\n";
  }
  return text;
}

// The words that fewest other messages have; a word of this ticket alone finds nothing.
Result<std::vector<std::string>> rare_words(App& app, const std::vector<std::string>& words) {
  std::string directory = TRY(app.store_directory());
  auto counts = TRY(store::open_word_counts(directory));
  std::int64_t all = TRY(counts->messages(3 * k_common));
  // In a small store a word of half of its messages is common too.
  std::int64_t common = std::min(k_common, std::max<std::int64_t>(3, all / 3));
  std::vector<std::pair<std::int64_t, std::string>> found;
  std::set<std::string> seen;
  for (const std::string& word : words) {
    if (seen.size() >= k_looked_up || !seen.insert(word).second) continue;
    std::int64_t n = TRY(counts->messages_with(word, false, common));
    if (n > 1 && n < common) found.emplace_back(n, word);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> rare;
  for (auto& [n, word] : found)
    if (rare.size() < k_rare_words) rare.push_back(std::move(word));
  return rare;
}

} // namespace

Result<std::vector<reply::Proposal>> proposals(App& app, store::Reader& store, const model::Ticket& ticket,
                                               const std::string& language) {
  std::string directory = TRY(template_directory(app));
  std::vector<reply::TemplateFile> files = TRY(reply::load_templates(directory));
  if (files.empty()) return std::vector<reply::Proposal>();
  const config::Config& config = *TRY(app.config());
  lint::Context context = TRY(conversation_context(app, store, ticket));
  reply::ProposalQuestion question{ticket, language, {}, {}, config.list("templates.languages"), app.now()};
  if (question.language.empty())
    question.language = context.language.empty() ? config.text("general.language", "en") : context.language;
  question.words = lint::content_words(ticket.subject + "\n" + open_text(context), context.language);
  question.rare = TRY(rare_words(app, question.words));
  return reply::propose_templates(store, files, question);
}

Result<std::string> ask_for_template(App& app, const std::vector<reply::Proposal>& proposed) {
  if (proposed.empty()) return std::string();
  std::size_t width = 0;
  for (const reply::Proposal& one : proposed) width = std::max(width, count_code_points(one.name));
  for (std::size_t i = 0; i < proposed.size(); ++i)
    app.terminal().err(fmt::format(
        "{}  {}  {}", i + 1, terminal::pad(terminal::defuse_line(proposed[i].name), static_cast<int>(width)),
        proposed[i].why));
  auto answer =
      app.terminal().ask(fmt::format("template (1{}, a name, or nothing for none): ",
                                     proposed.size() > 1 ? fmt::format("-{}", proposed.size()) : ""));
  std::string_view wanted = answer ? trim(std::string_view(*answer)) : std::string_view();
  std::size_t number = 0;
  auto [end, error] = std::from_chars(wanted.data(), wanted.data() + wanted.size(), number);
  if (error != std::errc() || end != wanted.data() + wanted.size()) return std::string(wanted);
  if (number == 0 || number > proposed.size())
    return usage_error(fmt::format("there is no proposal {}", number));
  return proposed[number - 1].name;
}

Result<std::vector<std::string>> asked_in(App& app, store::Reader& store, const model::Ticket& ticket) {
  lint::Context context = TRY(conversation_context(app, store, ticket));
  std::vector<std::string> all;
  for (lint::Asked& asked : lint::asked_by_customer(context)) all.push_back(std::move(asked.text));
  return all;
}

} // namespace helpdesk::app
