#include "sync/policy.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace helpdesk::sync {

bool is_ours(const Policy& policy, std::string_view address) {
  if (address.empty()) return false;
  std::string wanted = ascii_lower(address);
  // user+tag@ is the mailbox user@.
  std::size_t at = wanted.rfind('@');
  std::size_t plus = wanted.find('+');
  std::string plain = wanted;
  if (plus != std::string::npos && at != std::string::npos && plus < at && plus > 0)
    plain.erase(plus, at - plus);
  auto listed = [&](const std::string& ours) { return ours == wanted || ours == plain; };
  if (std::any_of(policy.us_addresses.begin(), policy.us_addresses.end(), listed)) return true;
  if (at == std::string::npos) return false;
  std::string_view domain = std::string_view(wanted).substr(at + 1);
  return std::any_of(policy.us_domains.begin(), policy.us_domains.end(),
                     [&](const std::string& ours) { return ours == domain; });
}

} // namespace helpdesk::sync
