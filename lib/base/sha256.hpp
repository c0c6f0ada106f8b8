// SHA-256 with the processor's own instructions, where it has them. Inside lib/base only.
#pragma once

#include <string_view>

namespace helpdesk::sha256 {

bool is_built_in(); // the processor knows SHA-256; asked once
// Only when is_built_in(). digest: 32 bytes.
void hash(std::string_view bytes, unsigned char* digest);

} // namespace helpdesk::sha256
