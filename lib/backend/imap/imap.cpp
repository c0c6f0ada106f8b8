#include "backend/imap/imap.hpp"

#include "backend/imap/pull.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

namespace helpdesk::backend {
namespace imap {
namespace {

constexpr Capabilities k_capabilities{
    .incremental = true, .attachments = true, .server_search = true, .drafts = true};

std::string yes_no(bool b) { return b ? "yes" : "no"; }

class ImapBackend : public ReadOnlyBackend {
 public:
  ImapBackend(ImapSettings settings, Secrets secrets)
      : settings_(std::move(settings)), secrets_(std::move(secrets)) {}
  ~ImapBackend() override {
    if (client_) client_->logout();
  }
  ImapBackend(const ImapBackend&) = delete;
  ImapBackend& operator=(const ImapBackend&) = delete;

  const Capabilities& capabilities() const override { return k_capabilities; }

  Result<CheckReport> check() override {
    TRY(ready());
    CheckReport report;
    report.identity = settings_.user;
    if (std::string name = client_->server_name(); !name.empty()) report.facts.push_back("server: " + name);
    report.facts.push_back("CONDSTORE: " + yes_no(client_->has("CONDSTORE")));
    report.facts.push_back("QRESYNC: " + yes_no(client_->has("QRESYNC")));
    if (client_->has("X-GM-EXT-1"))
      report.facts.push_back("Gmail: yes, one copy of each message is read from All Mail");
    for (const Folder& f : folders_)
      if (f.role != "other") report.facts.push_back(fmt::format("{}: {}", f.role, f.name()));
    if (!find_role(folders_, "sent"))
      report.facts.push_back(
          "no folder of sent mail found: name it in sent_folder, else every conversation looks unanswered");
    return report; // IMAP tells no time of its own: no clock skew
  }

  Result<void> pull(const PullOptions& options, Sink& sink) override {
    return run(options, sink, Reach::everything);
  }
  Result<void> refresh(const PullOptions& options, Sink& sink) override {
    return run(options, sink, Reach::news_only);
  }

  Result<std::string> fetch_whole(std::string_view stream, std::string_view uid) override {
    const auto uids = net::parse_uid_set(uid);
    if (!uids || uids->size() != 1 || uids->front().first != uids->front().second)
      return failed(fmt::format("\"{}\" is no UID of a message", uid));
    TRY(ready());
    const Folder& folder = *TRY(folder_named(stream));
    TRY(client_->open(folder.on_server, net::OpenMode::examine));
    std::string whole;
    TRY(client_->fetch(uid, "UID BODY.PEEK[]", [&](net::ImapMessage&& m) -> Result<void> {
      if (net::ImapValue* v = m.response.item("BODY[]"); v && v->is_text()) whole = std::move(v->text);
      return {};
    }));
    if (whole.empty())
      return not_found(fmt::format("{}: message {} is no longer in {}", client_->peer(), uid, stream));
    return whole;
  }

  Result<bool> find_sent(std::string_view message_id) override {
    TRY(ready());
    // Where a copy of a sent mail may lie, the likeliest first: a copy to ourselves proves the sending as
    // well.
    for (const std::string_view role : {"sent", "all", "inbox", "archive"})
      if (const Folder* f = find_role(folders_, role))
        if (!TRY(search_in(*f, net::OpenMode::examine, message_id)).empty()) return true;
    return false;
  }

  Result<void> append(std::string_view folder_role, std::string_view mail) override {
    TRY(ready());
    const Folder* f = find_role(folders_, folder_role);
    if (!f)
      return failed(fmt::format("{}: no folder for {} mail found: name it in {}_folder", client_->peer(),
                                folder_role, folder_role));
    return client_->append(f->on_server, folder_role == "drafts" ? "(\\Draft \\Seen)" : "(\\Seen)", mail);
  }

  Result<void> mark_answered(std::string_view message_id) override {
    TRY(ready());
    bool found = false;
    for (const Folder& f : folders_) {
      if (f.role == "sent" || f.role == "drafts" || f.only_placements()) continue;
      const auto uids = TRY(search_in(f, net::OpenMode::examine, message_id));
      if (uids.empty()) continue;
      // Opened for writing only where there is something to write: SELECT takes \Recent away from other
      // programs.
      TRY(client_->open(f.on_server, net::OpenMode::select));
      TRY(client_->add_flags(net::uid_set(uids), "(\\Answered)"));
      found = true;
    }
    if (!found) return not_found(fmt::format("{}: the message is in no folder any more", client_->peer()));
    return {};
  }

 private:
  Result<net::Login> login(bool refresh) const {
    net::Login login{.user = settings_.user, .secret = "", .mechanism = settings_.mechanism};
    if (settings_.uses_token()) {
      if (!secrets_.access_token)
        return fail(ErrorKind::credentials, fmt::format("account {}: no OAuth login yet", settings_.account));
      login.secret = TRY(secrets_.access_token(refresh));
    } else {
      if (!secrets_.password)
        return fail(ErrorKind::credentials, fmt::format("account {}: no password", settings_.account));
      login.secret = TRY(secrets_.password());
    }
    return login;
  }

  // Connected, logged in, folders known. A connection that broke in an earlier call is made again.
  Result<void> ready() {
    if (client_ && client_->usable()) return {};
    client_.reset();
    auto client = net::ImapClient::connect(settings_.endpoint, TRY(login(false)));
    // An access token may have died before its time: one fresh one is tried.
    if (!client && client.error().kind == ErrorKind::credentials && settings_.uses_token())
      client = net::ImapClient::connect(settings_.endpoint, TRY(login(true)));
    if (!client) return Failure(std::move(client).error());
    client_ = std::make_unique<net::ImapClient>(*std::move(client));
    if (client_->has("X-GM-EXT-1") && !settings_.limit_is_set)
      settings_.max_bytes_per_day = k_gmail_bytes_per_day;
    folders_ = with_roles(TRY(client_->list()), settings_);
    return {};
  }

  Result<void> run(const PullOptions& options, Sink& sink, Reach reach) {
    TRY(ready());
    auto pulled = Puller(*client_, settings_, options, sink).run(folders_, reach);
    if (!pulled) client_.reset(); // whatever state it is in, the next call starts clean
    return pulled;
  }

  Result<const Folder*> folder_named(std::string_view name) const {
    for (const Folder& f : folders_)
      if (f.name() == name) return &f;
    return not_found(fmt::format("{}: there is no folder {}", settings_.endpoint.host, name));
  }

  Result<std::vector<std::uint32_t>> search_in(const Folder& f, net::OpenMode mode,
                                               std::string_view message_id) {
    TRY(client_->open(f.on_server, mode));
    const net::ImapCriterion criteria[] = {{"HEADER Message-ID", fmt::format("<{}>", trim(message_id))}};
    return client_->search(criteria);
  }

  ImapSettings settings_;
  Secrets secrets_;
  std::unique_ptr<net::ImapClient> client_;
  std::vector<Folder> folders_;
};

Result<std::unique_ptr<Backend>> open(const Settings& settings, Secrets secrets) {
  ImapSettings read = TRY(read_settings(settings));
  return std::unique_ptr<Backend>(std::make_unique<ImapBackend>(std::move(read), std::move(secrets)));
}

} // namespace
} // namespace imap

const Kind k_imap_kind{.name = "imap",
                       .summary = "a mailbox on an IMAP server",
                       .keys = imap::setting_keys(),
                       .capabilities = imap::k_capabilities,
                       .open = imap::open,
                       .decode = decode_mail};

} // namespace helpdesk::backend
