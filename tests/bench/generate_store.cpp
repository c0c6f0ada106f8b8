// generate_store DIR COUNT [SEED]: a store with COUNT tickets and about six events each over a year, in five
// channels, the same for the same seed. What stats costs can be measured on it without a pull.
#include "store/store.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

using namespace helpdesk;
using model::TimelineEntry;

class Random { // splitmix64: the same numbers on every machine
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::int64_t below(std::int64_t n) {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return static_cast<std::int64_t>((z ^ (z >> 31)) % static_cast<std::uint64_t>(n));
  }
  // Skewed, as waits are: most are short.
  std::int64_t wait(std::int64_t longest) { return 60 + below(1 + below(1 + below(longest))); }

 private:
  std::uint64_t state_;
};

TimelineEntry message(std::int64_t t, bool ours, model::Term who, std::int64_t number) {
  TimelineEntry e;
  e.time = instant_of_seconds(t);
  e.direction = ours ? model::Direction::out : model::Direction::in;
  e.author_role = ours ? model::Role::agent : model::Role::customer;
  e.actor = who;
  e.number = number;
  return e;
}

TimelineEntry status(std::int64_t t, model::Status from, model::Status to, model::Term who) {
  TimelineEntry e;
  e.time = instant_of_seconds(t);
  e.entry = model::EntryKind::event;
  e.kind = model::EventKind::status;
  e.from = static_cast<model::Term>(from) + 1;
  e.to = static_cast<model::Term>(to) + 1;
  e.actor = who;
  return e;
}

void fill(model::Timeline& line, Random& random, std::int64_t start, const model::Term* agents) {
  line.channel = static_cast<model::Channel>(random.below(5));
  line.priority = static_cast<model::Priority>(random.below(5));
  line.assignee = agents[random.below(40)];
  line.status = model::Status::open;
  line.entries.clear();
  std::int64_t t = start;
  std::int64_t number = 1;
  line.entries.push_back({.time = instant_of_seconds(t), .entry = model::EntryKind::event});
  line.entries.push_back(message(t, false, 0, number++));
  if (random.below(25) == 0) return; // nobody answered
  for (std::int64_t turns = 1 + random.below(3); turns > 0; --turns) {
    line.entries.push_back(message(t += random.wait(200'000), true, line.assignee, number++));
    if (turns > 1) line.entries.push_back(message(t += random.wait(400'000), false, 0, number++));
  }
  if (random.below(12) == 0) return;
  line.entries.push_back(
      status(t += random.wait(500'000), model::Status::fresh, model::Status::solved, line.assignee));
  line.status = model::Status::solved;
}

Result<void> generate(const std::string& directory, std::int64_t count, std::uint64_t seed) {
  auto store = TRY(store::open_sqlite_store(directory, store::Access::write));
  Random random(seed);
  constexpr std::int64_t k_year = 365 * 86'400;
  for (std::int64_t done = 0; done < count;) {
    auto tx = TRY(store->begin(store::Durability::refetchable));
    model::Term agents[40];
    for (int i = 0; i < 40; ++i) agents[i] = TRY(tx->term("agent" + std::to_string(i)));
    model::Timeline line;
    line.account = TRY(tx->term("bench"));
    for (std::int64_t end = std::min(count, done + 100'000); done < end; ++done) {
      std::int64_t start = 1'735'689'600 + k_year * done / count;
      fill(line, random, start, agents);
      model::Ticket ticket;
      ticket.key = "bench:ticket:" + std::to_string(done);
      ticket.account = "bench";
      ticket.created = ticket.updated = instant_of_seconds(start);
      ticket.status = line.status;
      ticket.channel = line.channel;
      line.ticket = TRY(tx->put_ticket(ticket));
      TRY(tx->put_timeline(ticket.key, line));
    }
    if (done == count) {
      store::AccountState state;
      state.account = "bench";
      state.last_success = instant_of_seconds(1'735'689'600 + k_year);
      TRY(tx->put_account_state(state));
    }
    TRY(tx->commit());
  }
  return store->compact_timelines();
}

} // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: generate_store DIR COUNT [SEED]\n");
    return 2;
  }
  auto done = generate(argv[1], std::atoll(argv[2]), argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 1);
  if (!done) {
    std::fprintf(stderr, "generate_store: %s\n", done.error().message.c_str());
    return 3;
  }
  return 0;
}
