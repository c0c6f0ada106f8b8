#include "liquid/context.hpp"

#include <limits>

namespace helpdesk::liquid {

namespace {

constexpr std::uint64_t k_never = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t k_clock_every = 2048; // steps between two looks at the clock

std::uint64_t limit_of(std::uint64_t limit) { return limit == 0 ? k_never : limit; }

// What the reference counts for an assigned value.
std::uint64_t assign_score_of(const Value& value, int depth) {
  switch (value.kind()) {
  case Kind::string: return value.as_string().size();
  case Kind::array: {
    std::uint64_t sum = 1;
    if (depth > 0)
      for (const auto& item : value.as_array()) sum += assign_score_of(item, depth - 1);
    return sum;
  }
  case Kind::hash: {
    std::uint64_t sum = 1;
    if (depth > 0)
      for (const auto& entry : value.as_hash())
        sum += assign_score_of(entry.key, 0) + assign_score_of(entry.value, depth - 1);
    return sum;
  }
  default: return 1;
  }
}

} // namespace

Run::Run(const RenderOptions& render_options)
    : options(render_options), step_limit_(limit_of(render_options.limits.steps)),
      memory_limit_(limit_of(render_options.limits.memory_bytes)),
      output_limit_(std::min<std::uint64_t>(limit_of(render_options.limits.output_bytes), 0xFFFFFFF0U)),
      start_(std::chrono::steady_clock::now()), now_(render_options.now), zone_(render_options.zone) {
  next_check_ = std::min(k_clock_every, step_limit_);
}

void Run::check() {
  if (steps_ >= step_limit_) out_of("steps", step_limit_, "steps");
  next_check_ = std::min(steps_ + k_clock_every, step_limit_);
  const auto limit = options.limits.time;
  if (limit.count() > 0 && std::chrono::steady_clock::now() - start_ > limit)
    out_of("time", static_cast<std::uint64_t>(limit.count()), "ms");
}

void Run::out_of(const char* what, std::uint64_t limit, const char* unit) {
  const std::string name = what;
  limit_error(name, name + " limit of " + std::to_string(limit) +
                        (name == "steps" ? "" : std::string(" ") + unit) + " exceeded");
}

void Run::score(std::size_t nodes) {
  const auto& limits = options.limits;
  if (limits.render_score == 0 && limits.cumulative_render_score == 0) return;
  render_score_ += nodes;
  if (render_score_ > limit_of(limits.render_score) ||
      render_score_ > limit_of(limits.cumulative_render_score))
    limit_error("score", "Memory limits exceeded");
}

void Run::assigned(const Value& value) {
  const auto& limits = options.limits;
  if (limits.assign_score == 0 && limits.cumulative_assign_score == 0) return;
  assign_score_ += assign_score_of(value, 100);
  if (assign_score_ > limit_of(limits.assign_score) ||
      assign_score_ > limit_of(limits.cumulative_assign_score))
    limit_error("score", "Memory limits exceeded");
}

Instant Run::now() {
  if (!now_) now_ = system_now();
  return *now_;
}

const Zone& Run::zone() {
  if (!zone_) zone_ = Zone::utc();
  return *zone_;
}

std::shared_ptr<const void> Run::take_partials(std::shared_ptr<const Source> source) {
  if (kept_.empty()) return source;
  kept_.push_back(std::move(source));
  return std::make_shared<std::vector<std::shared_ptr<const Source>>>(std::move(kept_));
}

const Source* Run::partial(std::string_view name, const Source& from) {
  if (const auto known = partials_.find(name); known != partials_.end()) return known->second.get();
  auto text = options.partials ? options.partials(name) : std::nullopt;
  if (!text)
    throw Failed{.kind = Problem::Kind::missing_partial,
                 .message = "Could not find asset " + std::string(name),
                 .without_line = true};
  auto parse_options = from.options;
  parse_options.name = std::string(name);
  parse_options.partial = true;
  step(text->size() / 64 + 1);
  auto parsed = Source::parse(std::move(*text), parse_options);
  if (!parsed) throw Failed{.kind = parsed.error().kind, .located = std::move(parsed.error())};
  const auto* source = parsed->get();
  kept_.push_back(*parsed);
  partials_.emplace(std::string(name), std::move(*parsed));
  return source;
}

} // namespace helpdesk::liquid
