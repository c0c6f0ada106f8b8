#include "backend/imap/imap.hpp"
#include "backend/maildir/maildir.hpp"
#include "backend/mbox/mbox.hpp"
#include "backend/table/table.hpp"
#include "subject.hpp"
#include "support/mailbox.hpp"
#include "support/memory_desk.hpp"
#include "support/running_server.hpp"

#include <filesystem>
#include <fstream>

#include <unistd.h>

namespace helpdesk::test {
namespace {

constexpr int k_mails = 7;

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "helpdesk-contract-XXXXXX").string();
    if (!mkdtemp(pattern.data())) std::abort();
    path = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  std::string path;
};

class FileSubject : public Subject {
 public:
  backend::Settings settings() const override { return with_path(place()); }
  backend::Settings broken_settings() const override { return with_path(folder_.path + "/nowhere"); }

 protected:
  TemporaryFolder folder_;
  int count_ = 0;
  virtual std::string place() const = 0;

 private:
  backend::Settings with_path(std::string path) const {
    backend::Settings settings;
    settings.account = "shop";
    settings.kind = kind().name;
    settings.values = {{"path", std::move(path)}, {"page_size", "2"}};
    return settings;
  }
};

class MaildirSubject : public FileSubject {
 public:
  MaildirSubject() {
    for (const char* sub : {"cur", "new", "tmp"}) std::filesystem::create_directories(place() + "/" + sub);
    for (int i = 0; i < k_mails; ++i) add_one();
  }
  const backend::Kind& kind() const override { return backend::k_maildir_kind; }
  void add_one() override {
    ++count_;
    std::ofstream(fmt::format("{}/cur/{}.m{}.test:2,S", place(), 1'767'600'000 + count_, count_))
        << sample_mail(count_);
  }

 protected:
  std::string place() const override { return folder_.path + "/Maildir"; }
};

class MboxSubject : public FileSubject {
 public:
  MboxSubject() {
    for (int i = 0; i < k_mails; ++i) add_one();
  }
  const backend::Kind& kind() const override { return backend::k_mbox_kind; }
  void add_one() override {
    ++count_;
    std::ofstream(place(), std::ios::app) << "From c@example.net Mon Jan  5 10:00:00 2026\n"
                                          << sample_mail(count_) << "\n";
  }

 protected:
  std::string place() const override { return folder_.path + "/inbox.mbox"; }
};

// Tickets in one file, and what was written in another: joined, so that every pull looks at everything.
class TableSubject : public FileSubject {
 public:
  TableSubject() {
    std::filesystem::create_directories(place());
    std::ofstream(place() + "/tickets.csv") << "id,subject,created_at,status\n";
    std::ofstream(place() + "/comments.csv") << "id,ticket_id,created,user_id,public,body\n";
    for (int i = 0; i < k_mails; ++i) add_one();
  }
  const backend::Kind& kind() const override { return backend::k_table_kind; }
  backend::Settings settings() const override { return mapped(FileSubject::settings()); }
  backend::Settings broken_settings() const override { return mapped(FileSubject::broken_settings()); }
  void add_one() override {
    ++count_;
    std::ofstream(place() + "/tickets.csv", std::ios::app)
        << fmt::format("{},Lid {},2026-01-05 10:{:02}:00,open\n", count_, count_, count_);
    std::ofstream(place() + "/comments.csv", std::ios::app) << fmt::format(
        "{},{},2026-01-05 11:{:02}:00,7,TRUE,\"When, \"\"exactly\"\"?\"\n", 900 + count_, count_, count_);
  }

 protected:
  std::string place() const override { return folder_.path + "/export"; }

 private:
  static backend::Settings mapped(backend::Settings settings) {
    settings.values["mapping"] = "zendesk-tables";
    return settings;
  }
};

// One log that grows: only what was added is read.
class GrowingTableSubject : public FileSubject {
 public:
  GrowingTableSubject() {
    std::ofstream(place()) << "case,what,when\n";
    for (int i = 0; i < k_mails; ++i) add_one();
  }
  const backend::Kind& kind() const override { return backend::k_table_kind; }
  backend::Settings settings() const override { return mapped(FileSubject::settings()); }
  backend::Settings broken_settings() const override { return mapped(FileSubject::broken_settings()); }
  void add_one() override {
    ++count_;
    std::ofstream(place(), std::ios::app)
        << fmt::format("Case {},opened,2026-01-05 10:{:02}:00\n", count_, count_)
        << fmt::format("Case 1,called,2026-01-05 11:{:02}:00\n", count_);
  }

 protected:
  std::string place() const override { return folder_.path + "/log.csv"; }

 private:
  static backend::Settings mapped(backend::Settings settings) {
    for (const auto& [key, value] : {std::pair("rows", "event"), std::pair("columns.ticket", "case"),
                                     std::pair("columns.event", "what"), std::pair("columns.time", "when")})
      settings.values[key] = value;
    return settings;
  }
};

class MemoryDeskSubject : public Subject {
 public:
  MemoryDeskSubject() {
    memory_desks()["shop"] = &desk_;
    for (int i = 0; i < k_mails; ++i) add_one();
    desk_.set_status(first_, "pending");
    desk_.add_user("Kari", {"kari@example.net", "kari@work.example"});
  }
  ~MemoryDeskSubject() override { memory_desks().erase("shop"); }
  const backend::Kind& kind() const override { return k_memory_desk_kind; }
  backend::Settings settings() const override { return named("shop"); }
  backend::Settings broken_settings() const override { return named("nowhere"); }
  void add_one() override {
    std::string id = desk_.open_ticket("Lid", "Kari", "kari@example.net", "When?");
    if (first_.empty()) first_ = id;
  }
  std::string a_ticket() const override { return first_; }

 private:
  MemoryDesk desk_;
  std::string first_;
  static backend::Settings named(std::string account) {
    backend::Settings settings;
    settings.account = std::move(account);
    settings.kind = "memory_desk";
    settings.values = {{"page_size", "2"}};
    return settings;
  }
};

class ImapSubject : public Subject {
 public:
  ImapSubject() : dovecot_(RunningServer::start("dovecot")) {
    if (!dovecot_) return;
    other_ = std::make_unique<OtherProgram>(std::stoi(dovecot_->value("IMAP")));
    for (int i = 0; i < k_mails; ++i) add_one();
  }
  std::string why_not() const override { return dovecot_ ? "" : "dovecot or openssl is not installed"; }
  const backend::Kind& kind() const override { return backend::k_imap_kind; }
  backend::Settings settings() const override { return with_port(dovecot_->value("IMAP")); }
  backend::Settings broken_settings() const override { return with_port("1"); }
  void add_one() override { other_->append("INBOX", sample_mail(++count_)); }

 private:
  std::optional<RunningServer> dovecot_;
  std::unique_ptr<OtherProgram> other_;
  int count_ = 0;
  static backend::Settings with_port(std::string port) {
    backend::Settings settings;
    settings.account = "shop";
    settings.kind = "imap";
    settings.values = {{"host", "127.0.0.1"},
                       {"port", std::move(port)},
                       {"tls", "none"},
                       {"user", "desk"},
                       {"timeout", "10s"}};
    return settings;
  }
};

} // namespace

std::unique_ptr<Subject> make_maildir() { return std::make_unique<MaildirSubject>(); }
std::unique_ptr<Subject> make_mbox() { return std::make_unique<MboxSubject>(); }
std::unique_ptr<Subject> make_memory_desk() { return std::make_unique<MemoryDeskSubject>(); }
std::unique_ptr<Subject> make_imap() { return std::make_unique<ImapSubject>(); }
std::unique_ptr<Subject> make_table() { return std::make_unique<TableSubject>(); }
std::unique_ptr<Subject> make_growing_table() { return std::make_unique<GrowingTableSubject>(); }

} // namespace helpdesk::test
