// What the suite needs of a backend: a small system with things in it, to which more can be added.
#pragma once

#include "backend/backend.hpp"

#include <functional>
#include <memory>
#include <string>

namespace helpdesk::test {

class Subject {
 public:
  virtual ~Subject() = default;
  virtual std::string why_not() const { return ""; } // not empty: the suite is skipped, for this reason
  virtual const backend::Kind& kind() const = 0;
  virtual backend::Settings settings() const = 0;
  virtual backend::Settings broken_settings() const = 0; // leads to nothing that answers
  virtual void add_one() = 0;                            // something new comes in
  virtual std::string a_ticket() const { return ""; }    // remote id, of systems with tickets

  Result<std::unique_ptr<backend::Backend>> open(const backend::Settings& with) const {
    backend::Secrets secrets;
    secrets.password = [] { return Result<std::string>("secret"); };
    return kind().open(with, secrets);
  }
};

struct SubjectRow {
  const char* name;
  std::unique_ptr<Subject> (*make)();
};

std::unique_ptr<Subject> make_maildir();
std::unique_ptr<Subject> make_mbox();
std::unique_ptr<Subject> make_memory_desk();
std::unique_ptr<Subject> make_imap();
std::unique_ptr<Subject> make_table();
std::unique_ptr<Subject> make_growing_table();

} // namespace helpdesk::test
