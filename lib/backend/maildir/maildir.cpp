#include "backend/maildir/maildir.hpp"

#include "backend/maildir/folders.hpp"
#include "backend/maildir/listing.hpp"
#include "backend/maildir/pull.hpp"
#include "base/file.hpp"

#include <array>
#include <charconv>

#include <fmt/format.h>

namespace helpdesk::backend {

namespace {

constexpr std::array<SettingKey, 2> k_keys{{{.name = "path",
                                             .type = "path",
                                             .fallback = "",
                                             .help = "the Maildir, or a directory of Maildirs",
                                             .required = true},
                                            {.name = "page_size",
                                             .type = "integer",
                                             .fallback = "2000",
                                             .help = "mails stored in one step (1 to 10000)"}}};
constexpr Capabilities k_capabilities{.incremental = true, .attachments = true};

class MaildirBackend : public ReadOnlyBackend {
 public:
  MaildirBackend(std::string account, std::string path, std::size_t page_size)
      : account_(std::move(account)), path_(std::move(path)), page_size_(page_size) {}

  const Capabilities& capabilities() const override { return k_capabilities; }

  Result<CheckReport> check() override {
    CheckReport report{.identity = path_};
    for (const maildir::Folder& folder : TRY(maildir::find_folders(path_))) {
      const maildir::Listing listing = TRY(maildir::list(folder));
      report.facts.push_back(fmt::format("{} ({}): {} message{}", folder.name, folder.role,
                                         listing.entries.size(), listing.entries.size() == 1 ? "" : "s"));
    }
    return report;
  }

  Result<void> pull(const PullOptions& options, Sink& sink) override {
    return maildir::Puller(account_, options, sink, page_size_).run(path_);
  }

 private:
  std::string account_, path_;
  std::size_t page_size_;
};

Result<std::unique_ptr<Backend>> open(const Settings& settings, Secrets) {
  const std::string path = settings.get("path");
  if (path.empty())
    return usage_error(fmt::format("accounts.{}.path: is missing: name the Maildir", settings.account));
  std::size_t page_size = maildir::k_page;
  if (const std::string text = settings.get("page_size"); !text.empty()) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), page_size);
    if (error != std::errc{} || end != text.data() + text.size() || page_size < 1 || page_size > 10'000)
      return usage_error(fmt::format("accounts.{}.page_size: \"{}\" is not a number from 1 to 10000",
                                     settings.account, text));
  }
  return std::unique_ptr<Backend>(
      std::make_unique<MaildirBackend>(settings.account, expand_home(path), page_size));
}

} // namespace

const Kind k_maildir_kind{.name = "maildir",
                          .summary = "mail in a Maildir on this machine, read only",
                          .keys = k_keys,
                          .capabilities = k_capabilities,
                          .open = open,
                          .decode = decode_mail};

} // namespace helpdesk::backend
