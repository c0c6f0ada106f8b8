// Outlook's winmail.dat (MS-OXTNEF): the files and the text inside.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::mime {

struct TnefFile {
  std::string name, type, content_id, content;
};
struct Tnef {
  std::string text, html;
  std::vector<TnefFile> files;
};

bool is_tnef(std::string_view bytes);
// nullopt when it is no TNEF, or breaks off before anything could be read.
std::optional<Tnef> read_tnef(std::string_view bytes);

} // namespace helpdesk::mime
