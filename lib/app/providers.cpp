#include "app/providers.hpp"

#include "base/text.hpp"

namespace helpdesk::app {
namespace {

constexpr std::string_view k_implicit = "implicit", k_starttls = "starttls";

constexpr MailServer imap(std::string_view host) { return {host, 993, k_implicit}; }
constexpr MailServer smtps(std::string_view host) { return {host, 465, k_implicit}; }
constexpr MailServer submission(std::string_view host) { return {host, 587, k_starttls}; }

constexpr std::string_view k_google_page = "https://myaccount.google.com/apppasswords";
constexpr std::string_view k_google_hint =
    "two-step verification must be on; Google allows about 2.5 GB of IMAP a day";
// Below Google's limit, so that other programs of the mailbox still work.
constexpr std::string_view k_google_limit = "2GB";
constexpr std::string_view k_microsoft_hint =
    "passwords are refused: register an app at https://entra.microsoft.com and set "
    "accounts.NAME.oauth.client_id";

constexpr Provider k_providers[] = {
    {"gmail", "Gmail", "gmail.com googlemail.com", imap("imap.gmail.com"), smtps("smtp.gmail.com"),
     Access::app_password, k_google_page, k_google_hint, "", true, k_google_limit},
    {"google-workspace", "Google Workspace", "", imap("imap.gmail.com"), smtps("smtp.gmail.com"),
     Access::app_password, k_google_page, k_google_hint, "", true, k_google_limit},
    {"fastmail", "Fastmail",
     "fastmail.com fastmail.fm fastmail.net fastmail.org fastmail.co.uk fastmail.de fastmail.jp "
     "messagingengine.com sent.com eml.cc ml1.net",
     imap("imap.fastmail.com"), smtps("smtp.fastmail.com"), Access::app_password,
     "https://app.fastmail.com/settings/security/devicekeys",
     "make an app password with access to IMAP and SMTP"},
    {"icloud", "iCloud", "icloud.com me.com mac.com", imap("imap.mail.me.com"),
     submission("smtp.mail.me.com"), Access::app_password, "https://account.apple.com/account/manage",
     "make an app-specific password under sign-in and security", "", false, "", LoginName::local_part},
    {"outlook", "Outlook.com",
     "outlook.com outlook.de outlook.fr outlook.es outlook.it outlook.dk outlook.jp hotmail.com "
     "hotmail.co.uk hotmail.de hotmail.fr hotmail.es hotmail.it "
     "hotmail.no hotmail.se hotmail.nl live.com live.co.uk live.de live.fr live.it live.nl live.no live.se "
     "live.dk msn.com",
     imap("outlook.office365.com"), submission("smtp-mail.outlook.com"), Access::oauth,
     "https://entra.microsoft.com", k_microsoft_hint, "microsoft", true},
    {"microsoft365", "Microsoft 365", "onmicrosoft.com", imap("outlook.office365.com"),
     submission("smtp.office365.com"), Access::oauth, "https://entra.microsoft.com", k_microsoft_hint,
     "microsoft", true},
    {"yahoo", "Yahoo",
     "yahoo.com yahoo.co.uk yahoo.fr yahoo.de yahoo.es yahoo.it yahoo.no yahoo.se yahoo.ca yahoo.com.br "
     "ymail.com rocketmail.com",
     imap("imap.mail.yahoo.com"), smtps("smtp.mail.yahoo.com"), Access::app_password,
     "https://login.yahoo.com/account/security", "make an app password there", "", true},
    {"aol", "AOL", "aol.com aim.com", imap("imap.aol.com"), smtps("smtp.aol.com"), Access::app_password,
     "https://login.aol.com/account/security", "make an app password there", "", true},
    {"gmx", "GMX", "gmx.net gmx.de gmx.at gmx.ch gmx.li gmx.eu", imap("imap.gmx.net"), smtps("mail.gmx.net"),
     Access::password, "https://www.gmx.net", "switch on access by IMAP in the settings of the mailbox"},
    {"gmx-international", "GMX (international)", "gmx.com gmx.us gmx.co.uk gmx.fr gmx.es",
     imap("imap.gmx.com"), smtps("mail.gmx.com"), Access::password, "https://www.gmx.com",
     "switch on access by IMAP in the settings of the mailbox"},
    {"web.de", "WEB.DE", "web.de email.de", imap("imap.web.de"), submission("smtp.web.de"), Access::password,
     "https://web.de", "switch on access by IMAP in the settings of the mailbox"},
    {"mail.ru", "Mail.ru", "mail.ru inbox.ru list.ru bk.ru internet.ru", imap("imap.mail.ru"),
     smtps("smtp.mail.ru"), Access::app_password, "https://account.mail.ru/user/2-step-auth/passwords",
     "make a password for external applications", "", true},
    {"yandex", "Yandex", "yandex.ru yandex.com yandex.by yandex.kz ya.ru", imap("imap.yandex.com"),
     smtps("smtp.yandex.com"), Access::app_password, "https://id.yandex.com/security/app-passwords",
     "allow mail programs in the settings and make an app password for mail", "", true},
    {"zoho", "Zoho Mail", "zoho.com zohomail.com", imap("imap.zoho.com"), smtps("smtp.zoho.com"),
     Access::app_password, "https://accounts.zoho.com/home#security/app_password",
     "switch on IMAP in the settings of the mailbox", "", true},
    {"zoho-eu", "Zoho Mail (Europe)", "zoho.eu zohomail.eu", imap("imap.zoho.eu"), smtps("smtp.zoho.eu"),
     Access::app_password, "https://accounts.zoho.eu/home#security/app_password",
     "switch on IMAP in the settings of the mailbox", "", true},
    {"proton",
     "Proton Mail Bridge",
     "proton.me protonmail.com protonmail.ch pm.me",
     {"127.0.0.1", 1143, k_starttls},
     {"127.0.0.1", 1025, k_starttls},
     Access::app_password,
     "https://proton.me/mail/bridge",
     "run Proton Mail Bridge on this machine, take the password that it shows, and give its exported "
     "certificate with --ca-file",
     "",
     true},
    {"posteo", "Posteo", "posteo.de posteo.net posteo.org posteo.eu posteo.at posteo.ch posteo.no",
     imap("posteo.de"), smtps("posteo.de")},
    {"mailbox.org", "mailbox.org", "mailbox.org", imap("imap.mailbox.org"), smtps("smtp.mailbox.org")},
    {"domeneshop", "Domeneshop", "", imap("imap.domeneshop.no"), smtps("smtp.domeneshop.no"),
     Access::password, "https://domene.shop/login",
     "the login name is that of the mailbox in the control panel, not the address", "", false, "",
     LoginName::other},
    {"one.com", "one.com", "", imap("imap.one.com"), smtps("send.one.com")},
    {"ionos", "IONOS", "", imap("imap.ionos.com"), smtps("smtp.ionos.com")},
    {"ionos-de", "IONOS (Deutschland)", "online.de onlinehome.de", imap("imap.ionos.de"),
     smtps("smtp.ionos.de")},
    {"ovh", "OVHcloud", "", imap("ssl0.ovh.net"), smtps("ssl0.ovh.net")},
    {"infomaniak", "Infomaniak", "ik.me etik.com ikmail.com", imap("mail.infomaniak.com"),
     smtps("mail.infomaniak.com"), Access::app_password, "https://manager.infomaniak.com",
     "make a password for a device in the settings of the mailbox"},
    {"migadu", "Migadu", "", imap("imap.migadu.com"), smtps("smtp.migadu.com")},
    {"runbox", "Runbox", "runbox.com runbox.no runbox.eu runbox.us mailhost.work", imap("mail.runbox.com"),
     smtps("mail.runbox.com")},
    {"gandi", "Gandi", "", imap("mail.gandi.net"), smtps("mail.gandi.net")},
    {"t-online", "Telekom", "t-online.de magenta.de", imap("secureimap.t-online.de"),
     smtps("securesmtp.t-online.de"), Access::app_password, "https://www.telekom.de/kundencenter",
     "make a password for mail programs"},
    {"tuta",
     "Tuta",
     "tuta.com tutanota.com tutanota.de tuta.io tutamail.com keemail.me",
     {"", 0, ""},
     {"", 0, ""},
     Access::password,
     "",
     "Tuta offers no IMAP"},
};

} // namespace

std::span<const Provider> providers() { return k_providers; }

const Provider* provider_named(std::string_view name) {
  for (const Provider& provider : k_providers)
    if (equal_ignoring_case(provider.name, name)) return &provider;
  return nullptr;
}

const Provider* provider_of(std::string_view address) {
  std::size_t at = address.rfind('@');
  if (at == std::string_view::npos) return nullptr;
  std::string domain = ascii_lower(address.substr(at + 1));
  // A tenant of Microsoft 365 is a name below onmicrosoft.com.
  if (domain.ends_with(".onmicrosoft.com")) domain = "onmicrosoft.com";
  for (const Provider& provider : k_providers)
    for (std::string_view one : split(provider.domains, ' '))
      if (!one.empty() && one == domain) return &provider;
  return nullptr;
}

std::string login_name(const Provider& provider, std::string_view address) {
  if (provider.login == LoginName::other) return {};
  if (provider.login == LoginName::local_part) return std::string(address.substr(0, address.rfind('@')));
  return std::string(address);
}

} // namespace helpdesk::app
