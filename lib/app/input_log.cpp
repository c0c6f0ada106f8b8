#include "app/input_log.hpp"

#include "app/desk.hpp"
#include "app/reporting.hpp"
#include "backend/table/propose.hpp"
#include "base/nameless_file.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

namespace helpdesk::app {
namespace {

constexpr std::string_view k_account = "input", k_stdin_name = "standard input";
constexpr std::uint64_t k_most_stdin = 1ULL << 30;

// Read twice, so it is kept in a file without a name.
Result<FileDescriptor> copy_of_stdin(App& app) {
  std::string bytes = TRY(app.terminal().read_in(k_most_stdin));
  FileDescriptor file = TRY(nameless_file());
  for (std::string_view rest = bytes; !rest.empty();) {
    ssize_t written = ::write(file.get(), rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return failed(std::string("a copy of standard input: ") + std::strerror(errno));
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  return file;
}

std::string absolute(const std::string& path) {
  if (path.starts_with('/') || path.starts_with('~')) return path;
  std::error_code error;
  return join_path(std::filesystem::current_path(error).string(), path);
}

bool is_account(const config::Config& config, std::string_view name) {
  std::vector<std::string> known = config.names("accounts");
  return std::find(known.begin(), known.end(), name) != known.end();
}

struct Plan {
  backend::Settings settings;
  sync::Policy policy;
};

// An account's own settings, with the file in the place of its files.
Result<Plan> of_account(App& app, const std::string& name, const std::string& path) {
  sync::PullAccount account = TRY(desk_account(app, name));
  if (account.settings.kind != "table")
    return usage_error(fmt::format("--mapping: account {} reads no files: it is of backend {}", name,
                                   account.settings.kind));
  for (const auto& [key, value] : account.settings.values)
    if (key.starts_with("files."))
      return usage_error(
          fmt::format("--mapping: account {} joins several files: pull it instead of --input", name));
  account.settings.values.erase("paths");
  account.settings.values.insert_or_assign("path", path);
  return Plan{std::move(account.settings), std::move(account.policy)};
}

Result<Plan> proposed(App& app, const std::string& mapping, const std::string& path) {
  backend::table::Wish wish;
  wish.path = path;
  wish.mapping = mapping;
  wish.zone = app.zone().name();
  auto proposal = TRY(backend::table::propose(wish));
  Plan plan;
  plan.settings.account = plan.policy.account = k_account;
  plan.settings.kind = plan.policy.kind = "table";
  for (auto& [key, values] : proposal.settings)
    plan.settings.values.insert_or_assign(key, join(values, "\n"));
  if (proposal.mapping.empty()) {
    std::string meaning;
    for (const auto& [key, values] : proposal.settings)
      if (key.starts_with("columns.") || key.starts_with("times."))
        meaning += fmt::format("{}{} {}", meaning.empty() ? "" : ", ", key.substr(key.find('.') + 1),
                               values.front());
    app.note("taken for: " + meaning + " (helpdesk account add --from says more and can be corrected)");
  }
  const backend::Kind* kind = backend::find_kind("table");
  plan.policy.backend_sends_status = kind->sends_status && kind->sends_status(plan.settings);
  return plan;
}

void tell(App& app, const sync::LogReader& reader, std::string_view name, bool from_stdin) {
  for (const backend::Remark& remark : reader.remarks())
    if (remark.is_warning && remark.check != "quarantine") app.note(fmt::format("{}: {}", name, remark.text));
  if (reader.bad_rows() == 0) return;
  std::string text = fmt::format("{}: {} {} cannot be used", name, reader.bad_rows(),
                                 reader.bad_rows() == 1 ? "row" : "rows");
  char separator = ':';
  for (std::string_view why : reader.first_bad()) {
    if (from_stdin && why.find(':') != std::string_view::npos) // its copy has no name worth telling
      why = why.substr(why.find(':') + 1);
    text += fmt::format("{} {}", std::exchange(separator, ';'), why);
  }
  if (reader.bad_rows() > reader.first_bad().size()) text += "; …";
  app.warn(text);
}

} // namespace

Result<std::optional<InputLog>> input_log(App& app, const cli::Invocation& call, const InputNeeds& needs) {
  auto file = call.get("input");
  if (!file) {
    if (call.has("mapping")) return usage_error("--mapping says how to read --input: give both");
    return std::optional<InputLog>();
  }
  if (call.has("account")) return usage_error("--account is about the store: it does not go with --input");
  InputLog log;
  bool from_stdin = *file == "-";
  std::string path;
  if (from_stdin) {
    log.held = TRY(copy_of_stdin(app));
    path = fmt::format("/proc/self/fd/{}", log.held.get());
  } else {
    path = absolute(*file);
  }
  std::string mapping = call.get("mapping").value_or("");
  const config::Config& config = *TRY(app.config());
  auto made = is_account(config, mapping) ? of_account(app, mapping, path) : proposed(app, mapping, path);
  if (!made) {
    Error error = made.error();
    if (from_stdin) error.message = replace_all(error.message, path, k_stdin_name);
    // What account add can be told by --set is told here by an account.
    if (std::size_t hint = error.message.find(": name it with --set"); hint != std::string::npos)
      error.message.replace(hint, std::string::npos,
                            ": say what its columns mean with --mapping, a ready mapping or an account's");
    return Failure(std::move(error));
  }
  Plan plan = TRY(std::move(made));
  sync::LogOptions options;
  options.now = app.now();
  options.keep_subjects = needs.subjects;
  options.keep_names = needs.names;
  options.threads = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 8);
  auto read = sync::LogReader::read(plan.settings, plan.policy, options);
  if (!read) {
    Error error = read.error();
    if (from_stdin) error.message = replace_all(error.message, path, k_stdin_name);
    return Failure(std::move(error));
  }
  log.reader = std::move(*read);
  tell(app, *log.reader, from_stdin ? k_stdin_name : std::string_view(*file), from_stdin);
  return std::optional<InputLog>(std::move(log));
}

Result<report::Desk> desk_of(App& app, const cli::Invocation& call, const std::optional<InputLog>& input) {
  if (!input) return open_desk(app, call);
  return report::Desk::open(*input->reader, app.now(), app.zone(), {}, {});
}

} // namespace helpdesk::app
