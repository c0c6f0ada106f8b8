#include "sync/notifications.hpp"

#include "base/fold.hpp"
#include "language/classify.hpp"

#include <array>
#include <string>

namespace helpdesk::sync {
namespace {

// Folded beginnings of subjects that machines write and people do not. Kept narrow: a customer's question
// lost is worse than noise kept.
constexpr std::array<std::string_view, 44> k_beginnings{"your receipt from",
                                                        "receipt for your payment",
                                                        "payment receipt",
                                                        "payment received",
                                                        "your payment to",
                                                        "your payment was",
                                                        "you sent a payment",
                                                        "you received a payment",
                                                        "you've received a payment",
                                                        "your invoice from",
                                                        "your invoice is available",
                                                        "invoice available",
                                                        "your order has shipped",
                                                        "your order has been",
                                                        "your package",
                                                        "your parcel",
                                                        "order confirmation",
                                                        "delivery notification",
                                                        "shipping confirmation",
                                                        "your subscription",
                                                        "your verification code",
                                                        "verify your email",
                                                        "confirm your email",
                                                        "security alert",
                                                        "new sign-in",
                                                        "new login",
                                                        "password reset",
                                                        "reset your password",
                                                        "your statement is",
                                                        "your bill is ready",
                                                        "report domain:",
                                                        "[backup]",
                                                        "cron <",
                                                        "kvittering for",
                                                        "ordrebekreftelse",
                                                        "din faktura",
                                                        "zahlungsbestatigung",
                                                        "ihre rechnung",
                                                        "bestellbestatigung",
                                                        "votre recu",
                                                        "votre facture",
                                                        "confirmation de commande",
                                                        "tu recibo",
                                                        "confirmacion de pedido"};

} // namespace

std::string_view notification_phrase(std::string_view subject) {
  if (language::is_reply_subject(subject) || language::is_forward_subject(subject)) return {};
  std::string folded = fold_word(subject);
  for (std::string_view beginning : k_beginnings)
    if (folded.starts_with(beginning)) return beginning;
  return {};
}

} // namespace helpdesk::sync
