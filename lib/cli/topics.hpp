// Help topics that are no commands: flags, config, exit-codes, environment, metrics, templates.
#pragma once

#include "cli/help.hpp"
#include "config/config.hpp"

namespace helpdesk::cli {

const std::vector<std::string_view>& topic_names();
// Empty when there is no such topic. extra: the keys of the backends.
std::string topic_help(std::string_view topic, std::span<const config::Key> extra, const HelpStyle& style);

// "text", "duration such as "4h"; one of a, b; default: c": how a key's value is described.
std::string key_facts(const config::Key& key);
std::string key_name(const config::Key& key); // "accounts.NAME.host", "rules[].when"

} // namespace helpdesk::cli
