// From the words of a log to ours: statuses, priorities, roles, channels, directions, visibilities.
#pragma once

#include "backend/table/mapping.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::backend::table {

// Refuses a word that the field does not know: check_word("status", "opne").
Result<void> check_word(std::string_view field, std::string_view word);

// What a value of the log is in our words: by the mapping's own table, else by the usual names. Empty when
// neither knows it.
std::string_view word_of(const Part& part, std::string_view field, std::string_view value);

std::optional<model::Status> status_of(const Part& part, std::string_view value);
std::optional<model::Priority> priority_of(const Part& part, std::string_view value);
std::optional<model::Role> role_of(const Part& part, std::string_view value);
std::optional<model::Channel> channel_of(const Part& part, std::string_view value);
std::optional<model::Direction> direction_of(const Part& part, std::string_view value);
std::optional<model::Visibility> visibility_of(const Part& part, std::string_view value);

// Seconds: "95", "95.5", "1:35", "00:01:35". nullopt for anything else.
std::optional<Duration> seconds_of(std::string_view value);

// "[a, 'b']", "a;b", "a|b": sorted, each once.
std::vector<std::string> read_tags(std::string_view value);

} // namespace helpdesk::backend::table
