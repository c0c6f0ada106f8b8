#include "base/text.hpp"
#include "mime/body.hpp"
#include "mime/bounce.hpp"
#include "mime/charset.hpp"
#include "mime/mail_headers.hpp"
#include "mime/scan.hpp"
#include "mime/tree.hpp"

#include <exception>

namespace helpdesk::mime {

namespace {

// GMime gets the content headers only: it has no use for the others, and no limits for them either.
std::string content_head(const HeaderBlock& block) {
  std::string head;
  for (const RawHeader& field : block.fields) {
    if (!starts_with_ignoring_case(field.name, "content-") &&
        !equal_ignoring_case(field.name, "x-helpdesk-listed"))
      continue;
    head += field.name;
    head += ':';
    head += field.value;
    head += '\n';
  }
  head += '\n';
  return head;
}

Result<void> read_body(std::string_view head, std::string_view body, const Limits& limits, Contents contents,
                       Deadline deadline, Mail& mail) {
  const Tree tree = TRY(build_tree(head, body, limits, deadline));
  if (!tree.defect.empty()) {
    mail.capped = true;
    add_defect(&mail.defects, tree.defect);
    return {};
  }
  fill_body(tree, limits, contents, deadline, mail);
  mail.bounce = find_bounce(mail, tree);
  return {};
}

} // namespace

Result<Mail> parse_mail(std::string_view raw, const Limits& limits, Contents contents) {
  const Deadline deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(limits.deadline_ms);
  std::string storage;
  const bool oversized = raw.size() > limits.bytes;
  const std::string_view bytes = oversized ? raw : with_line_feeds(raw, storage);
  const HeaderBlock block = split_headers(bytes, limits);
  Mail mail = mail_of_block(block, limits);
  const auto keep_raw = [&](const std::string& why) {
    mail.capped = true;
    add_defect(&mail.defects, why + ": kept raw");
  };
  if (oversized) keep_raw("size cap of " + std::to_string(limits.bytes) + " bytes reached");
  if (mail.capped) return mail;

  const std::string head = content_head(block);
  const std::string_view body = bytes.substr(block.body);
  if (const std::string reason = scan_structure(head, body, limits, deadline); !reason.empty()) {
    keep_raw(reason);
    return mail;
  }
  // Another copy goes through the body: whatever it throws (memory, most likely), the headers are there.
  try {
    Mail whole = mail;
    TRY(read_body(head, body, limits, contents, deadline, whole));
    return whole;
  } catch (const std::exception& error) {
    keep_raw(std::string("unreadable: ") + error.what());
  }
  return mail;
}

} // namespace helpdesk::mime
