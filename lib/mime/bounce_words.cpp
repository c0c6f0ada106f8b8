#include "mime/bounce_words.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace helpdesk::mime {

namespace {

constexpr std::string_view k_subjects[] = {
    "delivery status notification",
    "undelivered mail returned",
    "undelivered mail",
    "undeliverable",
    "undelivered",
    "returned mail",
    "mail delivery failed",
    "mail delivery failure",
    "mail delivery problem",
    "delivery failure",
    "delivery failed",
    "delivery has failed",
    "delivery notification: delivery has failed",
    "failure notice",
    "failure delivery",
    "delivery error",
    "delivery report",
    "delivery problem",
    "delivery not possible",
    "could not be delivered",
    "message could not be delivered",
    "message undeliverable",
    "message delivery failure",
    "mail failure",
    "mail error",
    "mail system error",
    "mail could not be delivered",
    "non-delivery",
    "nondelivery",
    "nondeliverable",
    "non delivery",
    "returned to sender",
    "return to sender",
    "returned message",
    "rejected:",
    "rejected mail",
    "message rejected",
    "your message could not be delivered",
    "your mail could not be delivered",
    "postmaster notify",
    "email bounce",
    "bounce notification",
    "bounced mail",
    "unable to deliver",
    "user unknown",
    "unknown user",
    "address not found",
    "message not delivered",
    "mail not delivered",
    "email delivery failure",
    "error sending",
    "failed mail",
    "failed delivery",
    "unzustellbar",
    "nicht zustellbar",
    "zustellung fehlgeschlagen",
    "fehler bei der zustellung",
    "zustellfehler",
    "nachricht konnte nicht zugestellt",
    "echec de la remise",
    "échec de la remise",
    "échec de remise",
    "non remis",
    "non remise",
    "non distribuable",
    "message non délivré",
    "no se puede entregar",
    "no entregado",
    "no entregable",
    "error de entrega",
    "error en la entrega",
    "correo no entregado",
    "mensaje no entregado",
    "kan ikke leveres",
    "kunne ikke leveres",
    "ikke levert",
    "kunne ikke levere",
    "uleverbar",
    "kan inte leverera",
    "kunde inte levereras",
    "onbestelbaar",
    "niet bezorgd",
    "non recapitabile",
    "mancato recapito",
    "mancata consegna",
    "não entregue",
    "niedostarczona",
    "nie można dostarczyć",
    "недоставленное",
    "не доставлено",
    "сообщение не доставлено",
    "не удалось доставить",
    "neliverebla",
    "配信不能",
    "配送不能",
    "邮件无法",
    "退信",
};

constexpr std::string_view k_delay_subjects[] = {
    "delivery status notification (delay",
    "delivery status notification (mail delivery delayed",
    "warning: could not send",
    "warning: message",
    "warning: delayed",
    "delayed mail",
    "delivery delayed",
    "mail delivery delayed",
    "message delayed",
    "delivery notification: delayed",
    "verzögert",
    "verzögerung",
    "delivery incomplete",
    "delivery is delayed",
    "still being retried",
};

constexpr std::string_view k_texts[] = {
    "could not be delivered",
    "couldn't be delivered",
    "can not be delivered",
    "cannot be delivered",
    "can't be delivered",
    "was not delivered",
    "wasn't able to deliver",
    "was unable to deliver",
    "were unable to deliver",
    "unable to deliver",
    "not able to deliver",
    "could not deliver",
    "failed to deliver",
    "delivery to the following",
    "delivery has failed",
    "delivery failed",
    "delivery failure",
    "following address(es) failed",
    "did not reach",
    "could not be reached",
    "permanent error",
    "permanent fatal errors",
    "permanent failure",
    "fatal errors",
    "user unknown",
    "unknown user",
    "no such user",
    "unknown address",
    "unknown recipient",
    "invalid recipient",
    "recipient not found",
    "address not found",
    "recipient address rejected",
    "address rejected",
    "mailbox full",
    "mailbox unavailable",
    "mailbox is full",
    "quota exceeded",
    "over quota",
    "does not exist",
    "not listed in public name",
    "invalid final delivery userid",
    "no valid recipients",
    "message non-deliverable",
    "undeliverable",
    "undelivered",
    "was rejected",
    "been rejected",
    "has been returned",
    "returned to sender",
    "automatic bounce",
    "bounced e-mail",
    "bounced message",
    "retry timeout exceeded",
    "host unknown",
    "host not found",
    "message was created automatically by mail",
    "mail system at host",
    "account has been disabled",
    "account is disabled",
    "nicht zugestellt",
    "konnte nicht",
    "unzustellbar",
    "n'a pas pu être",
    "non remis",
    "n'a pas été remis",
    "no se pudo entregar",
    "no se ha podido entregar",
    "no ha podido ser entregado",
    "kunne ikke leveres",
    "kunne ikke levere",
    "kan ikke leveres",
    "kunde inte levereras",
    "niet worden bezorgd",
    "niet afgeleverd",
    "impossibile recapitare",
    "não pôde ser entregue",
    "nie mogła zostać dostarczona",
    "не может быть доставлено",
    "не удалось доставить",
    "не доставлено",
    "ne povis esti liverita",
    "送信できません",
    "配信できません",
    "配送できません",
    "送信に失敗",
    "エラー",
    "无法投递",
    "退回",
};

constexpr std::string_view k_delay_texts[] = {
    "delivery is delayed",
    "has been delayed",
    "still trying",
    "will keep trying",
    "will continue trying",
    "will be retried",
    "no action is required",
    "do not need to resend",
    "not need to resend",
    "delivery attempts will continue",
    "warning message only",
    "not yet been delivered",
    "could not be delivered within the last",
    "temporary problem",
    "will retry for",
};

constexpr std::string_view k_daemons[] = {
    "mailer-daemon",
    "mailerdaemon",
    "mailer_daemon",
    "mail-daemon",
    "maildaemon",
    "postmaster",
    "poostmaster",
    "mdaemon",
    "double-bounce",
    "bounce-daemon",
    "mailsystem",
    "mail-system",
    "microsoftexchange329e71ec88ae4615bbc36ab6ce41109e",
};

constexpr std::string_view k_names[] = {
    "mail delivery", "mailer-daemon",          "mailer daemon",
    "postmaster",    "system administrator",   "mail administrator",
    "mail system",   "ndr administrator",      "delivery subsystem",
    "bounce",        "internet mail delivery", "delivery service",
};

constexpr std::string_view k_returned[] = {
    "this is a copy of the message",
    "this is a copy of your message",
    "below this line is a copy",
    "original message follows",
    "original message ---",
    "--original message",
    "-original message",
    "returned message",
    "original message headers",
    "enclosed is a copy of the message",
    "undelivered message",
    "message header follows",
    "unsent message below",
    "the header of the original message",
    "original message:",
    "message headers follow",
    "bounced e-mail:",
    "rejected message",
    "message is attached",
    "----- transcript of session",
    "copy of the original message",
};

template <std::size_t n> bool contains_any(std::string_view lowered, const std::string_view (&phrases)[n]) {
  return std::any_of(std::begin(phrases), std::end(phrases),
                     [&](std::string_view p) { return lowered.find(p) != std::string_view::npos; });
}

std::string prepared(std::string_view text, std::size_t most) {
  return lower(collapse_spaces(text.substr(0, most)));
}

bool is_reply_or_forward(std::string_view subject) {
  for (const std::string_view prefix :
       {"re:", "fwd:", "fw:", "aw:", "wg:", "sv:", "vs:", "tr:", "rv:", "antw:", "odp:", "vb:"})
    if (subject.starts_with(prefix)) return true;
  return false;
}

} // namespace

bool subject_tells_of_failure(std::string_view subject) {
  const std::string s = prepared(subject, 1000);
  return !is_reply_or_forward(s) && contains_any(s, k_subjects);
}

bool subject_tells_of_delay(std::string_view subject) {
  const std::string s = prepared(subject, 1000);
  return !is_reply_or_forward(s) && contains_any(s, k_delay_subjects);
}

bool text_tells_of_failure(std::string_view text) { return contains_any(prepared(text, 4000), k_texts); }
bool text_tells_of_delay(std::string_view text) { return contains_any(prepared(text, 4000), k_delay_texts); }

bool is_daemon_address(std::string_view address) {
  const std::string local = ascii_lower(address.substr(0, address.find('@')));
  return std::any_of(std::begin(k_daemons), std::end(k_daemons),
                     [&](std::string_view d) { return local == d; });
}

bool is_daemon_name(std::string_view display_name) {
  return contains_any(prepared(display_name, 200), k_names);
}

std::size_t start_of_returned_mail(std::string_view text) {
  const std::string lowered =
      ascii_lower(text.substr(0, 65536)); // keeps offsets, which Unicode case would not
  std::size_t first = std::string_view::npos;
  for (const std::string_view phrase : k_returned) first = std::min(first, lowered.find(phrase));
  return first;
}

} // namespace helpdesk::mime
