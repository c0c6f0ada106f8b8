#include "backend/mbox/mbox.hpp"

#include "backend/mbox/pull.hpp"

#include <array>

#include <fmt/format.h>

namespace helpdesk::backend {

namespace {

constexpr std::array<SettingKey, 1> k_keys{{{.name = "path",
                                             .type = "path",
                                             .fallback = "",
                                             .help = "the mbox file, or a directory of them",
                                             .required = true}}};
constexpr Capabilities k_capabilities{.incremental = true, .attachments = true};

class MboxBackend : public ReadOnlyBackend {
 public:
  MboxBackend(std::string account, std::string path) : account_(std::move(account)), path_(std::move(path)) {}

  const Capabilities& capabilities() const override { return k_capabilities; }

  Result<CheckReport> check() override {
    CheckReport report{.identity = path_};
    for (const mbox::Box& box : TRY(mbox::find_boxes(path_)))
      report.facts.push_back(
          fmt::format("{} ({}): {} messages", box.name, box.role, TRY(mbox::count_messages(box))));
    return report;
  }

  Result<void> pull(const PullOptions& options, Sink& sink) override {
    for (const mbox::Box& box : TRY(mbox::find_boxes(path_)))
      TRY(mbox::Puller(account_, box, options, sink).run());
    return {};
  }

 private:
  std::string account_, path_;
};

Result<std::unique_ptr<Backend>> open(const Settings& settings, Secrets) {
  const std::string path = settings.get("path");
  if (path.empty())
    return usage_error(fmt::format("accounts.{}.path: is missing: name the mbox file", settings.account));
  return std::unique_ptr<Backend>(std::make_unique<MboxBackend>(settings.account, expand_home(path)));
}

} // namespace

const Kind k_mbox_kind{.name = "mbox",
                       .summary = "mail in mbox files on this machine, read only",
                       .keys = k_keys,
                       .capabilities = k_capabilities,
                       .open = open,
                       .decode = decode_mail};

} // namespace helpdesk::backend
