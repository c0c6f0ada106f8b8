// Contacts in the journal's JSON.
#pragma once

#include "json/json.hpp"
#include "model/values.hpp"

#include <vector>

namespace helpdesk::reply {

inline json::Value contacts_value(const std::vector<model::Contact>& contacts) {
  json::Value list = json::Value::array();
  for (const model::Contact& contact : contacts)
    list.push(json::Value::object({{"name", contact.name}, {"address", contact.address}}));
  return list;
}

inline std::vector<model::Contact> contacts_of(const json::Value& value) {
  std::vector<model::Contact> contacts;
  for (const json::Value& item : value.items())
    contacts.push_back({item["name"].as_string(), item["address"].as_string()});
  return contacts;
}

} // namespace helpdesk::reply
