// Takes macros and saved replies of other systems into the template directory. What was imported is known by
// the source in its front matter, so that a second import changes nothing and never writes over what was
// edited here.
#pragma once

#include "reply/foreign/foreign.hpp"
#include "reply/templates.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::reply {

struct ImportOptions {
  std::string directory;
  std::string language; // of replies whose system does not say theirs; empty: found out from the text
  std::string fallback_language = "en"; // when that cannot be found out
  bool overwrite = false;               // also what was edited here
  bool dry_run = false;
};

struct ImportNote {
  int line = 0; // of the file; 0: of the whole reply
  std::string text;
};

struct ImportedTemplate {
  // "new", "unchanged", "updated", "kept" (changed there and edited here: the one here stays)
  std::string state;
  std::string name, language, title, source, path;
  std::vector<ImportNote> notes;
};

// file: what the system exported, as JSON. name: of it, for errors. One row a reply, in the file's order.
Result<std::vector<ImportedTemplate>> import_templates(const foreign::System& system, std::string_view file,
                                                       std::string_view name, const ImportOptions& options);

} // namespace helpdesk::reply
