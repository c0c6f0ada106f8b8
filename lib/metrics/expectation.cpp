#include "metrics/expectation.hpp"

#include "metrics/survival.hpp"

#include <algorithm>

namespace helpdesk::metrics {
namespace {

constexpr Grain k_grains[] = {Grain::hour_of_week, Grain::weekday, Grain::channel, Grain::everything};

std::vector<std::int64_t>& lengths(Sample& sample, Outcome outcome) {
  if (outcome == Outcome::happened) return sample.happened;
  return outcome == Outcome::competing ? sample.competing : sample.waiting;
}

Survival estimate(const Sample& sample) {
  std::vector<Observation> observations;
  auto add = [&](const std::vector<std::int64_t>& values, bool event) {
    for (std::int64_t us : values) observations.push_back({static_cast<double>(us) / 1e6, event, -1});
  };
  add(sample.happened, true);
  add(sample.competing, false); // closed without a reply: how long they would have waited is not known
  add(sample.waiting, false);
  return Survival::estimate(std::move(observations));
}

} // namespace

std::string_view text(Grain grain) {
  switch (grain) {
  case Grain::hour_of_week: return "channel and hour of the week";
  case Grain::weekday: return "channel and weekday";
  case Grain::channel: return "channel";
  case Grain::everything: return "all channels";
  }
  return "";
}

Expectations::Key Expectations::key(Grain grain, model::Channel channel, Instant asked) const {
  Key key{grain, grain == Grain::everything ? 0 : static_cast<int>(channel), 0};
  if (grain != Grain::hour_of_week && grain != Grain::weekday) return key;
  Civil civil = zone_.civil(asked);
  key.slot = grain == Grain::weekday ? civil.weekday : civil.weekday * 24 + civil.hour;
  return key;
}

void Expectations::add(const model::Timeline& timeline, Instant known_until, const ImportSeconds* imports) {
  read_history(timeline, known_until, history_);
  MeasureOptions measuring;
  measuring.imports = imports;
  measure(timeline, history_, measuring, measured_);
  if (measured_.left_out) return;
  for (const Measurement& m : measured_.measured) {
    if (m.metric != Metric::first_reply) continue;
    for (Grain grain : k_grains)
      lengths(samples_[key(grain, timeline.channel, m.start)], m.outcome).push_back(m.length.count());
    ++size_;
  }
}

std::optional<Expectation> Expectations::of(model::Channel channel, Instant asked, Instant now) const {
  double elapsed = std::max(0.0, std::chrono::duration<double>(now - asked).count());
  for (Grain grain : k_grains) {
    auto found = samples_.find(key(grain, channel, asked));
    if (found == samples_.end()) continue;
    const Sample& sample = found->second;
    auto waiting = static_cast<std::int64_t>(sample.waiting.size());
    auto n = static_cast<std::int64_t>(sample.happened.size() + sample.competing.size()) + waiting;
    if (n < (grain == Grain::everything ? k_least : k_enough)) continue;
    Survival survival = estimate(sample);
    // Given that the question has waited already: S(t) / S(elapsed) <= 1 - share.
    double left = (1 - k_share) * survival.at(elapsed);
    if (left <= 0) continue; // nobody ever waited that long for an answer
    std::optional<double> quantile = survival.quantile(1 - left).value;
    if (!quantile) continue;
    return Expectation{std::max(0.0, *quantile - elapsed), *quantile, grain, n, waiting};
  }
  return std::nullopt;
}

} // namespace helpdesk::metrics
