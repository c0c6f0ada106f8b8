// A backend's page while its records are decoded: on other threads, so that the page before it can be
// committed meanwhile.
#pragma once

#include "backend/backend.hpp"
#include "store/packed.hpp"
#include "sync/policy.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
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
  // Takes the records out of the page. settings and policy must outlive it.
  PreparedPage(backend::Page&& page, const backend::Settings& settings, const Policy& policy, Frames frames);
  PreparedPage(const PreparedPage&) = delete;
  PreparedPage& operator=(const PreparedPage&) = delete;

  // Decodes one record that nobody has begun; false when there is none. From any thread.
  bool decode_next(store::Compressor& compressor);
  // Decodes what is left and returns when all records are. Throws std::bad_alloc when memory ran out on any
  // thread.
  void finish();

  std::size_t size() const { return records_.size(); }
  const backend::Page& page() const { return page_; } // without its records
  std::vector<PreparedRecord>& records() { return records_; }

 private:
  backend::Page page_;
  const backend::Settings& settings_;
  const Policy& policy_;
  Frames frames_;
  std::vector<PreparedRecord> records_;
  std::vector<std::vector<std::string>> roles_; // of the folders each record was seen in
  std::atomic<std::size_t> next_{0}, done_{0};
  std::atomic<bool> out_of_memory_{false};

  void decode(std::size_t i, store::Compressor& compressor);
};

// Threads that decode pages before they are asked for, one after the other: one less than there are cores,
// since whoever commits is one more.
class Decoders {
 public:
  Decoders() = default;
  Decoders(const Decoders&) = delete;
  Decoders& operator=(const Decoders&) = delete;
  ~Decoders() = default; // what was begun is finished, the rest left

  void add(std::shared_ptr<PreparedPage> page);

 private:
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<std::shared_ptr<PreparedPage>> pages_;
  bool started_ = false;
  std::vector<std::jthread> threads_; // last: they end before the rest goes

  void start();
  void run(const std::stop_token& stop);
};

} // namespace helpdesk::sync
