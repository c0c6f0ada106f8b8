// generate_log FILE COUNT [SEED] [MORE-FILE MORE-COUNT]: the event log of COUNT tickets over a year as CSV, a
// row an event, in the order of time; the same for the same seed. About 6.3 events a ticket: questions,
// replies, notes, priorities, solved. MORE-FILE gets the events of MORE-COUNT tickets that come later.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

namespace {

class Random { // splitmix64: the same numbers on every machine
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint32_t below(std::uint32_t n) {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return static_cast<std::uint32_t>((z ^ (z >> 31)) % n);
  }
  // Skewed, as waits are: most are short.
  std::uint32_t wait(std::uint32_t longest) { return 60 + below(1 + below(1 + below(longest))); }

 private:
  std::uint64_t state_;
};

enum Kind : std::uint8_t { created, question, reply, note, priority, solved };
constexpr std::string_view k_kinds[] = {"created", "question", "reply", "note", "priority", "solved"};
constexpr std::string_view k_channels[] = {"email", "chat", "phone", "web", "social"};
constexpr std::string_view k_priorities[] = {"low", "normal", "high", "urgent"};
constexpr std::uint32_t k_start = 1'735'689'600, k_year = 365 * 86'400, k_agents = 400, k_customers = 200'000;

struct Event {
  std::uint32_t time, ticket, order; // order: among those of its ticket
  std::uint32_t actor;
  Kind kind;
  std::uint8_t channel, priority;
};

void add_ticket(std::vector<Event>& events, Random& random, std::uint32_t ticket, std::uint32_t start) {
  const auto channel = static_cast<std::uint8_t>(random.below(5));
  auto urgency = static_cast<std::uint8_t>(1 + random.below(2));
  const std::uint32_t customer = k_agents + random.below(k_customers), agent = random.below(k_agents);
  std::uint32_t t = start, order = 0;
  auto add = [&](Kind kind, std::uint32_t actor) {
    events.push_back({t, ticket, order++, actor, kind, channel, urgency});
  };
  add(created, customer);
  add(question, customer);
  if (random.below(25) == 0) return; // nobody answered
  for (std::uint32_t turns = 1 + random.below(3); turns > 0; --turns) {
    if (random.below(3) == 0) {
      t += random.wait(20'000);
      if (random.below(2) == 0) {
        urgency = static_cast<std::uint8_t>(random.below(4));
        add(priority, agent);
      } else {
        add(note, agent);
      }
    }
    t += random.wait(200'000);
    add(reply, agent);
    if (turns > 1) {
      t += random.wait(400'000);
      add(question, customer);
    }
  }
  if (random.below(12) == 0) return;
  t += random.wait(500'000);
  add(solved, agent);
}

void append(std::string& out, std::uint32_t number, int digits) {
  char text[12];
  std::snprintf(text, sizeof text, "%0*u", digits, number);
  out += text;
}

bool write(const char* path, std::vector<Event>& events, std::uint32_t first_id) {
  std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) {
    if (a.time != b.time) return a.time < b.time;
    return a.ticket != b.ticket ? a.ticket < b.ticket : a.order < b.order;
  });
  std::FILE* file = std::fopen(path, "wb");
  if (!file) return false;
  std::string out = "event,ticket,time,kind,channel,priority,actor,role\n", now;
  std::uint32_t last = 0;
  for (const Event& e : events) {
    if (e.time != last) {
      const std::time_t time = last = e.time;
      std::tm parts{};
      gmtime_r(&time, &parts);
      char text[32];
      std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
      now = text;
    }
    append(out, first_id++, 8);
    out += ",T";
    append(out, e.ticket, 7);
    out += ',' + now + ',';
    out += k_kinds[e.kind];
    out += ',';
    out += k_channels[e.channel];
    out += ',';
    out += k_priorities[e.priority];
    const bool ours = e.actor < k_agents;
    out += ours ? ",agent" : ",customer";
    append(out, ours ? e.actor : e.actor - k_agents, ours ? 3 : 6);
    out += ours ? ",agent\n" : ",customer\n";
    if (out.size() > 1U << 20) {
      if (std::fwrite(out.data(), 1, out.size(), file) != out.size()) break;
      out.clear();
    }
  }
  const bool whole = std::fwrite(out.data(), 1, out.size(), file) == out.size();
  return (std::fclose(file) == 0) && whole;
}

} // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: generate_log FILE COUNT [SEED] [MORE-FILE MORE-COUNT]\n");
    return 2;
  }
  const auto count = static_cast<std::uint32_t>(std::strtoul(argv[2], nullptr, 10));
  Random random(argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 1);
  std::vector<Event> events;
  for (std::uint32_t i = 0; i < count; ++i)
    add_ticket(events, random, i,
               k_start + static_cast<std::uint32_t>(std::uint64_t{k_year} * i / std::max(count, 1U)));
  std::size_t written = events.size();
  bool good = write(argv[1], events, 1);
  if (argc > 5) {
    events.clear();
    const auto more = static_cast<std::uint32_t>(std::strtoul(argv[5], nullptr, 10));
    for (std::uint32_t i = 0; i < more; ++i) add_ticket(events, random, count + i, k_start + k_year + 20 * i);
    good = write(argv[4], events, static_cast<std::uint32_t>(written) + 1) && good;
  }
  if (!good) std::perror("generate_log");
  return good ? 0 : 3;
}
