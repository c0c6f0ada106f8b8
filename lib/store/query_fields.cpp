#include "store/query.hpp"

namespace helpdesk::store {

// One row a field. What a field means on a message and on a ticket alone stands in query_match.cpp.
const std::vector<QueryField>& query_fields() {
  static const std::vector<QueryField> fields{
      {"from", "name or address of who wrote"},
      {"to", "name or address of a recipient, copies included"},
      {"subject", "words of the subject"},
      {"tag", "tag of the ticket"},
      {"status", "new, open, pending, hold, solved or closed"},
      {"channel", "email, chat, phone, web …"},
      {"account", "name of the account"},
      {"assignee", "who works on it; none for nobody"},
      {"queue", "queue or group; none for no queue"},
      {"priority", "none, low, normal, high or urgent; priority:>=high compares"},
      {"person", "name, address or key of the customer"},
      {"before", "messages before this time; tickets created before it"},
      {"after", "messages at or after this time; tickets updated since"},
      {"waiting", "how long the customer has waited for us: waiting:>4h"},
      {"silent", "how long nobody has written: silent:>7d"},
      {"has", "has:attachment, has:html, has:defect"},
      {"is", "waiting, unread (the customer wrote last), spam, deleted, merged, snoozed, open, done, "
             "history, automatic, private, gone"},
      {"needs_reply", "yes, no or unsure"},
      {"lang", "language of the text, two letters: lang:nb"},
      {"id", "number of the ticket: id:12"},
  };
  return fields;
}

} // namespace helpdesk::store
