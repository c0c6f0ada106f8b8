// The packed form of tickets, messages and people. Each begins with the number of its format; a decoder
// answers false for damaged bytes and for formats it does not know.
#pragma once

#include "model/values.hpp"
#include "store/store.hpp"

#include <string>
#include <string_view>

namespace helpdesk::store {

// All but number.
std::string encode_ticket(const model::Ticket& ticket);
bool decode_ticket(std::string_view bytes, model::Ticket& ticket);

// All but key, ticket, time and the texts, which are kept beside it.
std::string encode_head(const model::Message& message);
bool decode_head(std::string_view bytes, model::Message& message);

// text, html, stripped.
std::string encode_body(const model::Message& message);
bool decode_body(std::string_view bytes, model::Message& message);

std::string encode_person(const model::Person& person);
bool decode_person(std::string_view bytes, model::Person& person);

std::string encode_account_state(const AccountState& state);
bool decode_account_state(std::string_view bytes, AccountState& state);

} // namespace helpdesk::store
