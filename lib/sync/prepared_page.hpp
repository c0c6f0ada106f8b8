// A backend's page while its records are decoded: on other threads, so that the page before it can be
// committed meanwhile.
#pragma once

#include "backend/backend.hpp"
#include "store/packed.hpp"
#include "sync/policy.hpp"

#include <atomic>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace helpdesk::sync {

struct PreparedRecord {
  store::RawRecord record;
  backend::Decoded decoded;
  bool erased = false;
  bool is_new = false; // the store did not have it
  std::string failure; // why it could not be decoded
  std::string frame;   // of the record's bytes, as the store keeps them; empty with Frames::stored
  std::optional<store::PackedText> text; // of a mail's message, which then has no texts itself
};

class PreparedPage {
 public:
  enum class Frames : unsigned char { made, stored }; // stored: the records come from the store
  // Takes the records out of the page and begins to decode them. settings and policy must outlive it.
  PreparedPage(backend::Page&& page, const backend::Settings& settings, const Policy& policy, Frames frames);
  PreparedPage(const PreparedPage&) = delete;
  PreparedPage& operator=(const PreparedPage&) = delete;
  ~PreparedPage(); // stops what goes on

  // Helps with what is left and returns when all records are decoded. Throws std::bad_alloc when memory ran
  // out on any thread.
  void finish();

  const backend::Page& page() const { return page_; } // without its records
  std::vector<PreparedRecord>& records() { return records_; }

 private:
  backend::Page page_;
  const backend::Settings& settings_;
  const Policy& policy_;
  Frames frames_;
  std::vector<PreparedRecord> records_;
  std::vector<std::vector<std::string>> roles_; // of the folders each record was seen in
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> out_of_memory_{false};
  std::vector<std::jthread> threads_;

  void work();
  void decode(std::size_t i, store::Compressor& compressor);
};

} // namespace helpdesk::sync
