#include "backend/imap/folders.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace helpdesk::backend::imap {
namespace {

struct NamedRole {
  std::string_view role;
  std::string_view names; // lower case, separated by '|'
};

// What mail programs and providers call these folders where the server tells no SPECIAL-USE.
constexpr std::array<NamedRole, 5> k_names{{
    {"sent",
     "sent|sent items|sent mail|sent messages|sent-mail|outbox|sendt|sendte elementer|sendte "
     "meldinger|sende|skickat|"
     "skickade objekt|sendte|sendt post|lähetetyt|gesendet|gesendete elemente|gesendete objekte|gesendete "
     "nachrichten|"
     "envoyés|éléments envoyés|messages envoyés|enviados|elementos enviados|mensajes enviados|itens enviados|"
     "mensagens enviadas|inviata|posta inviata|messaggi inviati|verzonden|verzonden items|verzonden "
     "berichten|"
     "отправленные|исходящие|wysłane|odeslané|elküldött|gönderilmiş|senditaj|senditujo|已发送|送信済み"},
    {"archive", "archive|archives|archived|arkiv|arkivert|archiv|archivo|archivos|arquivo|archivio|archief|"
                "arkisto|архив|"
                "archiwum|arĥivo|归档|アーカイブ"},
    {"junk",
     "junk|junk mail|junk e-mail|junk email|spam|bulk mail|søppelpost|skräppost|uønsket|uønsket "
     "e-post|roskaposti|"
     "spamverdacht|junk-e-mail|unerwünscht|indésirables|courrier indésirable|pourriel|correo no deseado|"
     "correo basura|lixo eletrônico|posta indesiderata|ongewenste e-mail|ongewenst|спам|нежелательная почта|"
     "wiadomości-śmieci|nevyžádaná pošta|spamo|trudmesaĝoj|垃圾邮件|迷惑メール"},
    {"trash", "trash|bin|deleted|deleted items|deleted messages|deleted "
              "mail|papirkurv|søppel|slettet|slettede elementer|"
              "papperskorgen|borttagna objekt|papirkurven|roskakori|papierkorb|gelöscht|gelöschte elemente|"
              "gelöschte objekte|corbeille|éléments supprimés|messages supprimés|papelera|elementos "
              "eliminados|lixeira|"
              "itens excluídos|cestino|posta eliminata|prullenbak|verwijderde "
              "items|корзина|удаленные|удалённые|kosz|koš|"
              "rubujo|forĵetitaj|已删除|ゴミ箱"},
    {"drafts",
     "drafts|draft|utkast|kladder|kladde|luonnokset|entwürfe|entwurf|brouillons|borradores|rascunhos|bozze|"
     "concepten|черновики|szkice|koncepty|malnetoj|草稿|下書き"},
}};

bool in_list(std::string_view list, std::string_view name) {
  for (const std::string_view item : split(list, '|'))
    if (item == name) return true;
  return false;
}

std::string_view role_of_attributes(const net::ImapFolder& folder) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> k_attributes{
      {{"\\sent", "sent"},
       {"\\archive", "archive"},
       {"\\junk", "junk"},
       {"\\trash", "trash"},
       {"\\drafts", "drafts"},
       {"\\all", "all"}}};
  for (const auto& [attribute, role] : k_attributes)
    if (folder.has(attribute)) return role;
  return "";
}

} // namespace

std::string_view role_of_name(std::string_view folder_name) {
  // The last component: "INBOX.Sent", "[Gmail]/Papierkorb", "Mail/Sent".
  std::string_view last = folder_name;
  if (const std::size_t cut = last.find_last_of("/."); cut != std::string_view::npos)
    last.remove_prefix(cut + 1);
  const std::string name = lower(trim(last));
  for (const NamedRole& named : k_names)
    if (in_list(named.names, name)) return named.role;
  return "";
}

std::vector<Folder> with_roles(std::vector<net::ImapFolder> listed, const ImapSettings& s) {
  std::vector<Folder> folders;
  for (net::ImapFolder& f : listed)
    if (!f.has("\\noselect") && !f.has("\\nonexistent")) folders.push_back({std::move(f), ""});
  std::set<std::string_view> taken;
  const auto give = [&](Folder& folder, std::string_view role) {
    if (!folder.role.empty() || role.empty() || !taken.insert(role).second) return;
    folder.role = role;
  };
  const std::array<std::pair<const std::string*, std::string_view>, 5> by_setting{{{&s.sent, "sent"},
                                                                                   {&s.archive, "archive"},
                                                                                   {&s.junk, "junk"},
                                                                                   {&s.trash, "trash"},
                                                                                   {&s.drafts, "drafts"}}};
  for (const auto& [name, role] : by_setting)
    for (Folder& f : folders)
      if (!name->empty() && f.name() == *name) give(f, role);
  for (Folder& f : folders)
    if (f.name() == "INBOX") give(f, "inbox");
  for (Folder& f : folders) give(f, role_of_attributes(f.on_server));
  for (Folder& f : folders) give(f, role_of_name(f.name()));
  for (Folder& f : folders)
    if (f.role.empty()) f.role = "other";
  return folders;
}

std::vector<Folder> to_pull(const std::vector<Folder>& folders, const ImapSettings& s, bool is_gmail) {
  std::vector<Folder> chosen;
  const bool by_all = is_gmail && find_role(folders, "all");
  const auto add_role = [&](std::string_view role) {
    if (const Folder* f = find_role(folders, role)) chosen.push_back(*f);
  };
  if (by_all) {
    add_role("all");
  } else {
    add_role("inbox");
    add_role("sent");
    add_role("archive");
    const bool everything =
        std::find(s.more_folders.begin(), s.more_folders.end(), "*") != s.more_folders.end();
    for (const Folder& f : folders)
      if (f.role == "other" && (everything || std::find(s.more_folders.begin(), s.more_folders.end(),
                                                        f.name()) != s.more_folders.end()))
        chosen.push_back(f);
  }
  // Last: what went there is recognised by what the others brought.
  add_role("junk");
  add_role("trash");
  return chosen;
}

const Folder* find_role(const std::vector<Folder>& folders, std::string_view role) {
  const auto it =
      std::find_if(folders.begin(), folders.end(), [&](const Folder& f) { return f.role == role; });
  return it == folders.end() ? nullptr : &*it;
}

} // namespace helpdesk::backend::imap
