#include "mime/idna.hpp"

#include "base/text.hpp"
#include "mime/charset.hpp"

#include <cstdint>
#include <vector>

namespace helpdesk::mime {

namespace {

constexpr std::uint32_t k_base = 36, k_tmin = 1, k_tmax = 26, k_skew = 38, k_damp = 700;

std::uint32_t adapt(std::uint32_t delta, std::uint32_t count, bool first) {
  delta = first ? delta / k_damp : delta / 2;
  delta += delta / count;
  std::uint32_t k = 0;
  while (delta > (k_base - k_tmin) * k_tmax / 2) {
    delta /= k_base - k_tmin;
    k += k_base;
  }
  return k + (k_base - k_tmin + 1) * delta / (delta + k_skew);
}

std::uint32_t threshold(std::uint32_t k, std::uint32_t bias) {
  return k <= bias ? k_tmin : k >= bias + k_tmax ? k_tmax : k - bias;
}

std::optional<std::string> encode_label(const std::vector<char32_t>& points) {
  std::string out;
  for (const char32_t c : points)
    if (c < 0x80) out += static_cast<char>(c);
  const auto basic = static_cast<std::uint32_t>(out.size());
  std::uint32_t handled = basic, n = 0x80, delta = 0, bias = 72;
  if (basic > 0) out += '-';
  while (handled < points.size()) {
    std::uint32_t next = 0x110000;
    for (const char32_t c : points)
      if (c >= n && c < next) next = c;
    delta += (next - n) * (handled + 1);
    n = next;
    for (const char32_t c : points) {
      if (c < n) ++delta;
      if (c != n) continue;
      std::uint32_t q = delta;
      for (std::uint32_t k = k_base;; k += k_base) {
        const std::uint32_t t = threshold(k, bias);
        const std::uint32_t digit = q < t ? q : t + (q - t) % (k_base - t);
        out += static_cast<char>(digit < 26 ? 'a' + digit : '0' + digit - 26);
        if (q < t) break;
        q = (q - t) / (k_base - t);
      }
      bias = adapt(delta, handled + 1, handled == basic);
      delta = 0;
      ++handled;
    }
    ++delta;
    ++n;
  }
  if (out.size() + 4 > 63) return std::nullopt;
  return "xn--" + out;
}

std::optional<std::string> decode_label(std::string_view label) {
  std::vector<char32_t> points;
  std::size_t i = 0;
  if (const std::size_t dash = label.rfind('-'); dash != std::string_view::npos) {
    for (; i < dash; ++i) points.push_back(static_cast<unsigned char>(label[i]));
    ++i;
  }
  std::uint64_t n = 0x80, at = 0, bias = 72;
  while (i < label.size()) {
    const std::uint64_t old = at;
    std::uint64_t weight = 1;
    for (std::uint64_t k = k_base;; k += k_base) {
      if (i >= label.size()) return std::nullopt;
      const char c = label[i++];
      std::uint64_t digit = 0;
      if (c >= 'a' && c <= 'z')
        digit = static_cast<std::uint64_t>(c - 'a');
      else if (c >= '0' && c <= '9')
        digit = static_cast<std::uint64_t>(c - '0' + 26);
      else
        return std::nullopt;
      at += digit * weight;
      if (at > 0xFFFFFFFF) return std::nullopt;
      const std::uint32_t t = threshold(static_cast<std::uint32_t>(k), static_cast<std::uint32_t>(bias));
      if (digit < t) break;
      weight *= k_base - t;
      if (weight > 0xFFFFFFFF) return std::nullopt;
    }
    const auto count = static_cast<std::uint32_t>(points.size() + 1);
    bias = adapt(static_cast<std::uint32_t>(at - old), count, old == 0);
    n += at / count;
    at %= count;
    // No controls, separators or directional marks: a domain is shown to people.
    if (n > 0x10FFFF || n < 0xA1 || (n >= 0xD800 && n < 0xE000) || (n >= 0x2000 && n < 0x2070) || n == 0xAD ||
        n == 0xFEFF)
      return std::nullopt;
    points.insert(points.begin() + static_cast<std::ptrdiff_t>(at), static_cast<char32_t>(n));
    ++at;
  }
  std::string out;
  bool ascii = true;
  for (const char32_t c : points) {
    ascii = ascii && c < 0x80;
    append_utf8(out, c);
  }
  if (ascii) return std::nullopt;
  return out;
}

template <class F> std::string map_labels(std::string_view domain, F&& f) {
  std::string out;
  for (const std::string_view label : split(domain, '.')) {
    if (label.data() != domain.data()) out += '.';
    out += f(label);
  }
  return out;
}

} // namespace

std::optional<std::string> domain_to_ascii(std::string_view domain) {
  bool good = true;
  const std::string lowered =
      replace_all(lower(domain), "\xE3\x80\x82", "."); // the ideographic full stop separates labels too
  std::string out = map_labels(lowered, [&](std::string_view label) -> std::string {
    if (is_ascii(label)) {
      if (label.size() > 63) good = false;
      return std::string(label);
    }
    std::vector<char32_t> points;
    for (std::size_t pos = 0; pos < label.size();) points.push_back(next_code_point(label, pos));
    if (points.size() > 63) {
      good = false;
      return {};
    }
    std::optional<std::string> encoded = encode_label(points);
    if (!encoded) good = false;
    return encoded.value_or("");
  });
  if (!good || out.size() > 253) return std::nullopt;
  return out;
}

std::string domain_to_unicode(std::string_view domain) {
  const std::string lowered = lower(domain);
  if (lowered.find("xn--") == std::string::npos) return lowered;
  return map_labels(lowered, [](std::string_view label) -> std::string {
    if (!label.starts_with("xn--") || label.size() > 63 || !is_ascii(label)) return std::string(label);
    return decode_label(label.substr(4)).value_or(std::string(label));
  });
}

} // namespace helpdesk::mime
