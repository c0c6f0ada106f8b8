// Any bytes as a configuration file: refused with one line that names the place, or taken; a project's file
// never sets more than it may; and what is quoted for a file reads back the same.
#include "base/text.hpp"
#include "config/layers.hpp"
#include "config/toml_file.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace helpdesk;

constexpr config::Key k_extra[] = {
    {"accounts.*.host", config::Type::text, "", "the server"},
    {"accounts.*.folders", config::Type::list, "", "folders"},
    {"accounts.*.values.*.?", config::Type::text, "", "what a raw value means"},
};

void check_refusal(const Error& error) {
  if (error.kind != ErrorKind::usage || error.message.empty() || !is_valid_utf8(error.message)) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto parsed = config::parse_toml(text, "config.toml"); !parsed) {
    check_refusal(parsed.error());
  } else {
    for (const config::Item& item : parsed->items) {
      if (item.path.empty() || item.key.line < 1) std::abort();
      for (const std::string& value : item.value.texts)
        if (!is_valid_utf8(value)) std::abort();
    }
  }
  const config::Schema schema(k_extra);
  for (const config::Layer layer : {config::Layer::user, config::Layer::project}) {
    const auto content = config::check_layer(text, "config.toml", layer, schema);
    if (!content) {
      check_refusal(content.error());
      continue;
    }
    for (const config::Entry& entry : content->entries) {
      const config::Key* key = schema.find(schema.path_of(entry.key));
      if (!key || (layer == config::Layer::project && key->policy != config::Policy::project)) std::abort();
    }
  }
  const std::string plain = clean_utf8(text);
  const auto again = config::parse_toml("key = " + config::quote_toml(plain) + "\n", "again");
  if (!again || again->items.size() != 1 || again->items.front().value.texts.front() != plain) std::abort();
  return 0;
}
