// The shells' completions ask this for what only the store and the configuration know. Hidden: it has no job.
#include "app/app.hpp"
#include "app/drafting.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "reply/templates.hpp"

#include <set>

namespace helpdesk {
extern const cli::Command complete_command;
namespace {

constexpr int k_most = 50;

constexpr cli::Argument k_arguments[] = {
    {"KIND", cli::ValueKind::choice, "what is completed", cli::Arity::one,
     "account|ticket|agent|tag|template|field|query|key|backend"},
    {"PREFIX", cli::ValueKind::text, "what was typed so far", cli::Arity::optional},
};
constexpr cli::Example k_examples[] = {{"helpdesk complete account ''", "the configured accounts"}};

class Candidates {
 public:
  explicit Candidates(std::string prefix) : prefix_(std::move(prefix)) {}
  // A candidate with white space or control characters would come out of the shell as something else.
  void add(std::string_view word, std::string_view says = "") {
    if (count_ >= k_most || !word.starts_with(prefix_) || word != terminal::defuse_line(word)) return;
    if (word.empty() || word.find_first_of(" \t'\"\\$`") != std::string_view::npos) return;
    if (!seen_.emplace(word).second) return;
    ++count_;
    text_ += std::string(word);
    if (!says.empty()) text_ += "\t" + ellipsize(terminal::defuse_line(says), 60);
    text_ += "\n";
  }
  const std::string& text() const { return text_; }

 private:
  std::string prefix_, text_;
  std::set<std::string, std::less<>> seen_;
  int count_ = 0;
};

Result<void> from_store(app::App& app, std::string_view kind, const std::string& prefix, Candidates& found) {
  if (!exists(join_path(TRY(app.store_directory()), "store.db"))) return {};
  store::Store& store = *TRY(app.store(store::Access::read));
  if (kind != "ticket") {
    for (const auto& [value, count] : TRY(store.facet(kind == "agent" ? "assignee" : "tag", prefix, k_most)))
      found.add(value, std::to_string(count) + (count == 1 ? " ticket" : " tickets"));
    return {};
  }
  store::TicketQuery query;
  query.order = store::Order::waiting;
  query.limit = prefix.empty() ? k_most : 2000;
  query.now = app.now();
  for (const model::Ticket& ticket : TRY(store.tickets(query)))
    found.add(std::to_string(ticket.number), ticket.subject);
  return {};
}

// Blocks are for other templates. The title is that of the desk's own language where there is one.
void templates(const std::string& directory, std::string_view language, Candidates& found) {
  auto files = reply::load_templates(directory);
  if (!files) return;
  for (const reply::TemplateFile& file : *files) {
    if (file.is_block()) continue;
    auto own = reply::choose_template(*files, file.name, language, {});
    found.add(file.name, own ? own->title : file.title);
  }
}

Result<int> run(app::App& app, const cli::Invocation& call) {
  std::string kind = call.argument("KIND"), prefix = call.argument("PREFIX");
  const config::Config& config = *TRY(app.config());
  Candidates found(prefix);
  if (kind == "account") {
    for (const std::string& name : config.names("accounts"))
      found.add(name, config.text("accounts." + name + ".backend"));
  } else if (kind == "query") {
    for (const std::string& name : config.names("queries")) found.add(name, config.text("queries." + name));
    for (const store::QueryField& field : store::query_fields())
      found.add(std::string(field.name) + ":", field.help);
  } else if (kind == "field") {
    for (const store::QueryField& field : store::query_fields()) found.add(field.name, field.help);
  } else if (kind == "key") {
    for (const config::Entry& entry : config.all()) found.add(entry.key, join(entry.values, ", "));
    for (const config::Key& key : config::keys())
      if (key.name.find_first_of("*#") == std::string_view::npos && !config.find(key.name))
        found.add(key.name, key.help);
  } else if (kind == "backend") {
    for (const backend::Kind* one : backend::kinds()) found.add(one->name, one->summary);
  } else if (kind == "template") {
    templates(TRY(app::template_directory(app)), config.text("general.language", "en"), found);
  } else {
    TRY(from_store(app, kind, prefix, found));
  }
  TRY(app.write(found.text()));
  return 0;
}

} // namespace

constinit const cli::Command complete_command{"complete",
                                              "",
                                              "print candidates for a shell's completion",
                                              "",
                                              k_arguments,
                                              {},
                                              k_examples,
                                              cli::Output::none,
                                              {},
                                              &run};

} // namespace helpdesk
