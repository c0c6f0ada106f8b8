// Subjects that machines write in a person's name. Headers decide first (Auto-Submitted and its relatives);
// this is for the mail that has none of them.
#pragma once

#include <string_view>

namespace helpdesk {

enum class AutomaticSubject : unsigned char {
  none,
  auto_reply,    // "Automatic reply: …", "Автоответ: …": an answer nobody typed
  out_of_office, // "Out of office", "Abwesenheitsnotiz", "Fravær"
  receipt,       // "Read: …", "Gelesen: …", "Lest: …": read and delivery receipts
  bounce,        // "Undelivered Mail Returned to Sender", "Delivery Status Notification (Failure)"
};

// Looks at how the subject begins, reply prefixes aside. "Re: out of office hours?" is a question, not an
// absence.
AutomaticSubject automatic_subject(std::string_view subject);

} // namespace helpdesk
