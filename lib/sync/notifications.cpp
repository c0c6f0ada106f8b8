#include "sync/notifications.hpp"

#include "base/fold.hpp"
#include "base/text.hpp"
#include "language/subject.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace helpdesk::sync {
namespace {

// Folded beginnings of subjects that machines write and people do not. Kept narrow: a customer's question
// lost is worse than noise kept.
constexpr std::array<std::string_view, 39> k_beginnings{"your receipt from",
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

                                                        "order confirmation",
                                                        "delivery notification",
                                                        "shipping confirmation",

                                                        "your verification code",
                                                        "verify your email",
                                                        "confirm your email",
                                                        "security alert",
                                                        "new sign-in",

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

// Addresses that stand for an office or a program rather than for a person.
constexpr std::array<std::string_view, 35> k_offices{
    "info",     "sales",    "order",    "orders",   "billing",    "service",     "services",
    "support",  "receipt",  "receipts", "invoice",  "invoices",   "invoicing",   "shop",
    "store",    "hello",    "team",     "news",     "mail",       "account",     "accounts",
    "security", "payments", "payment",  "shipping", "delivery",   "tracking",    "alerts",
    "alert",    "updates",  "root",     "faktura",  "newsletter", "newsletters", "marketing"};

} // namespace

bool is_office(std::string_view address) {
  std::string part = ascii_lower(address.substr(0, address.find('@')));
  part = part.substr(0, part.find_first_of("+="));
  return std::find(k_offices.begin(), k_offices.end(), part) != k_offices.end();
}

std::string_view notification_phrase(std::string_view subject) {
  if (helpdesk::is_reply_subject(subject) || helpdesk::is_forward_subject(subject)) return {};
  std::string folded = fold_word(subject);
  for (std::string_view beginning : k_beginnings)
    if (folded.starts_with(beginning)) return beginning;
  return {};
}

} // namespace helpdesk::sync
