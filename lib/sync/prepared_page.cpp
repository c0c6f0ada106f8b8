#include "sync/prepared_page.hpp"

#include "sync/ingest.hpp"

#include <algorithm>
#include <new>
#include <string_view>
#include <system_error>
#include <unordered_map>

namespace helpdesk::sync {
namespace {

constexpr std::size_t k_few = 8; // not worth a thread
constexpr std::size_t k_most_threads = 4;

} // namespace

PreparedPage::PreparedPage(backend::Page&& page, const backend::Settings& settings, const Policy& policy,
                           Frames frames)
    : page_(std::move(page)), settings_(settings), policy_(policy), frames_(frames),
      records_(page_.records.size()), roles_(page_.records.size()) {
  for (store::Placement& placement : page_.placements) {
    placement.account = policy_.account;
    if (placement.stream.empty()) placement.stream = page_.stream;
  }
  std::unordered_map<std::string_view, std::vector<std::string>> seen_in;
  for (const store::Placement& placement : page_.placements)
    seen_in[placement.record].push_back(placement.role.empty() ? "other" : placement.role);
  for (std::size_t i = 0; i < records_.size(); ++i) {
    records_[i].record = std::move(page_.records[i]);
    records_[i].record.account = policy_.account;
    if (const auto it = seen_in.find(records_[i].record.key); it != seen_in.end()) {
      roles_[i] = it->second;
      std::sort(roles_[i].begin(), roles_[i].end());
    }
  }
  page_.records.clear();
}

bool PreparedPage::decode_next(store::Compressor& compressor) {
  const std::size_t i = next_++;
  if (i >= records_.size()) return false;
  decode(i, compressor);
  if (++done_ == records_.size()) done_.notify_all();
  return true;
}

void PreparedPage::finish() {
  store::Compressor compressor;
  while (decode_next(compressor)) {
  }
  for (std::size_t done = done_; done < records_.size(); done = done_) done_.wait(done);
  if (out_of_memory_) throw std::bad_alloc();
}

void PreparedPage::decode(std::size_t i, store::Compressor& compressor) {
  PreparedRecord& item = records_[i];
  try {
    if (frames_ == Frames::made && item.record.version.empty() && item.record.format != "mail")
      item.record.version = store::version_of(item.record.bytes);
    auto decoded = decode_record(settings_, policy_, item.record, roles_[i]);
    if (decoded)
      item.decoded = std::move(*decoded);
    else
      item.failure = decoded.error().message;
    if (frames_ == Frames::made && !store::shares_frame(item.record))
      item.frame = store::pack_record(compressor, item.record.bytes);
    // Systems with tickets put their messages together from several records first.
    if (item.decoded.messages.size() != 1 || !item.decoded.messages.front().mail) return;
    model::Message& message = item.decoded.messages.front().message;
    item.text = store::pack_text(compressor, message);
    for (std::string* text : {&message.text, &message.html, &message.stripped}) std::string().swap(*text);
  } catch (const std::bad_alloc&) {
    out_of_memory_ = true; // says nothing about the record
  }
}

void Decoders::start() {
  started_ = true;
  const std::size_t cores = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, k_most_threads);
  try {
    for (std::size_t t = 1; t < cores; ++t)
      threads_.emplace_back([this](const std::stop_token& stop) { run(stop); });
  } catch (const std::system_error&) { // NOLINT(bugprone-empty-catch): finish() does it alone
  }
}

void Decoders::add(std::shared_ptr<PreparedPage> page) {
  if (page->size() < k_few) return;
  if (!started_) start();
  if (threads_.empty()) return;
  {
    const std::lock_guard lock(mutex_);
    pages_.push_back(std::move(page));
  }
  changed_.notify_all();
}

void Decoders::run(const std::stop_token& stop) {
  store::Compressor compressor;
  for (;;) {
    std::shared_ptr<PreparedPage> page;
    {
      std::unique_lock lock(mutex_);
      if (!changed_.wait(lock, stop, [this] { return !pages_.empty(); })) return;
      page = pages_.front();
    }
    while (page->decode_next(compressor))
      if (stop.stop_requested()) return;
    const std::lock_guard lock(mutex_);
    if (!pages_.empty() && pages_.front() == page) pages_.pop_front();
  }
}

} // namespace helpdesk::sync
