#include "mime/body.hpp"

#include "base/text.hpp"
#include "mime/charset.hpp"
#include "mime/header_block.hpp"
#include "mime/text_flow.hpp"
#include "mime/tnef.hpp"
#include "mime/transfer.hpp"

#include <algorithm>

namespace helpdesk::mime {

namespace {

using Leaves = std::vector<const Node*>;

std::string_view part_name(const Node& node) {
  std::string_view name = node.disposition.get("filename");
  if (name.empty()) name = node.type.get("name");
  return name;
}

// The algorithm of RFC 8621 section 4.1.4 over text leaves; what is in neither list is a file.
class Chooser {
 public:
  Leaves text, html;

  void choose(const std::vector<const Node*>& parts, std::string_view multipart, bool in_alternative,
              Leaves* html_to, Leaves* text_to) {
    const std::size_t text_before = text_to ? text_to->size() : 0,
                      html_before = html_to ? html_to->size() : 0;
    const bool had_text = text_to != nullptr, had_html = html_to != nullptr;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const Node& part = *parts[i];
      if (part.is_multipart) {
        const std::string_view kind = std::string_view(part.type.value).substr(10);
        std::vector<const Node*> children;
        for (const Node& child : part.children) children.push_back(&child);
        choose(children, kind, in_alternative || kind == "alternative", html_to, text_to);
        continue;
      }
      const std::string_view type = part.type.value;
      const bool is_plain = type == "text/plain", is_html = type == "text/html";
      const bool shown = part.disposition.value != "attachment" && (is_plain || is_html) &&
                         (i == 0 || (multipart != "related" && part_name(part).empty()));
      if (!shown) continue;
      if (multipart == "alternative") {
        if (is_plain && text_to) text_to->push_back(&part);
        if (is_html && html_to) html_to->push_back(&part);
        continue;
      }
      if (in_alternative) {
        if (is_plain) html_to = nullptr;
        if (is_html) text_to = nullptr;
      }
      if (text_to) text_to->push_back(&part);
      if (html_to) html_to->push_back(&part);
    }
    if (multipart != "alternative" || !had_text || !had_html || !text_to || !html_to) return;
    const bool new_text = text_to->size() > text_before, new_html = html_to->size() > html_before;
    if (!new_text && new_html)
      for (std::size_t i = html_before; i < html_to->size(); ++i) text_to->push_back((*html_to)[i]);
    if (new_text && !new_html)
      for (std::size_t i = text_before; i < text_to->size(); ++i) html_to->push_back((*text_to)[i]);
  }
};

std::string escape_html(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '&')
      out += "&amp;";
    else
      out += c;
  }
  return out;
}

// The charset that an HTML part names itself, for parts whose header names none.
std::string html_charset(std::string_view html) {
  const std::string head = ascii_lower(html.substr(0, 2048));
  std::size_t pos = head.find("charset=");
  if (pos == std::string::npos) return {};
  pos += 8;
  while (pos < head.size() && (head[pos] == '"' || head[pos] == '\'' || head[pos] == ' ')) ++pos;
  const std::size_t end = std::min(head.find_first_of("\"' ;/>\r\n", pos), head.size());
  return head.substr(pos, end - pos);
}

class Filler {
 public:
  Filler(const Limits& limits, Contents contents, Deadline deadline, Mail& mail)
      : limits_(limits), contents_(contents), deadline_(deadline), mail_(mail) {}

  void fill(const Node& root) {
    Chooser chooser;
    chooser.choose({&root}, "mixed", false, &chooser.html, &chooser.text);
    // One list a part, so that each is decoded once.
    for (const Leaves* leaves : {&chooser.text, &chooser.html})
      for (const Node* node : *leaves)
        if (std::find(shown_.begin(), shown_.end(), node) == shown_.end()) shown_.push_back(node);
    texts_.resize(shown_.size());
    visit(root);
    for (const Node* node : chooser.text) append_text(*node);
    assemble_html(chooser);
    find_inline_crypto();
  }

 private:
  static std::string default_name(const Node& node) {
    if (node.type.value == "message/rfc822" || node.type.value == "message/global") {
      const HeaderBlock block = split_headers(node.content, {});
      const RawHeader* subject = block.find("subject");
      std::string name = subject ? std::string(trim(decode_header(subject->value))) : std::string();
      return (name.empty() ? std::string("message") : ellipsize(name, 80)) + ".eml";
    }
    if (node.type.value == "text/calendar") return "invitation.ics";
    return {};
  }

  bool late() {
    if (mail_.capped || std::chrono::steady_clock::now() <= deadline_) return mail_.capped;
    mail_.capped = true;
    add_defect(&mail_.defects,
               "deadline of " + std::to_string(limits_.deadline_ms) + " ms reached: kept raw");
    return true;
  }

  std::string decoded(const Node& node) {
    bool damaged = false;
    std::string bytes = decode_transfer(node.content, node.encoding, damaged);
    if (damaged)
      add_defect(&mail_.defects,
                 "part " + node.type.value + ": content is not " + node.encoding + ", kept as it is");
    return bytes;
  }

  void visit(const Node& node) {
    if (late()) return;
    const std::string_view type = node.type.value;
    note_kind(node, type);
    if (node.is_multipart) {
      for (const Node& child : node.children) visit(child);
      return;
    }
    const auto shown = std::find(shown_.begin(), shown_.end(), &node);
    if (shown != shown_.end()) {
      texts_[static_cast<std::size_t>(shown - shown_.begin())] = read_text(node);
      return;
    }
    std::string bytes = decoded(node);
    if (type == "application/ms-tnef" || type == "application/vnd.ms-tnef" ||
        (equal_ignoring_case(part_name(node), "winmail.dat") && is_tnef(bytes))) {
      if (add_tnef(bytes)) return;
    }
    if (type == "text/calendar") note_calendar(bytes, node);
    Part part;
    part.info.name = std::string(part_name(node));
    if (part.info.name.empty() && !node.description.empty() && node.disposition.value == "attachment")
      part.info.name = node.description;
    if (part.info.name.empty()) part.info.name = default_name(node);
    part.info.type = type;
    part.info.content_id = node.content_id;
    part.info.inline_part =
        node.disposition.value == "inline" || (node.disposition.value.empty() && !node.content_id.empty());
    if (!node.listed.empty() && node.listed.size() < 19 &&
        std::all_of(node.listed.begin(), node.listed.end(), [](char c) { return c >= '0' && c <= '9'; }))
      part.listed_size = std::stoull(node.listed);
    add_part(std::move(part), std::move(bytes));
  }

  void add_part(Part part, std::string bytes) {
    part.info.number = static_cast<int>(mail_.parts.size()) + 1;
    part.info.name = clean_utf8(part.info.name);
    part.info.type = clean_utf8(part.info.type);
    part.info.size = bytes.size();
    part.info.sha256 = sha256_hex(bytes);
    if (contents_ == Contents::keep) part.content = std::move(bytes);
    mail_.parts.push_back(std::move(part));
  }

  bool add_tnef(std::string_view bytes) {
    std::optional<Tnef> tnef = read_tnef(bytes);
    if (!tnef) {
      add_defect(&mail_.defects, "winmail.dat cannot be read: kept as a file");
      return false;
    }
    for (TnefFile& file : tnef->files) {
      Part part;
      part.info.name = std::move(file.name);
      part.info.type = file.type.empty() ? "application/octet-stream" : std::move(file.type);
      part.info.content_id = std::move(file.content_id);
      part.info.inline_part = !part.info.content_id.empty();
      add_part(std::move(part), std::move(file.content));
    }
    tnef_text_ = std::move(tnef->text);
    tnef_html_ = std::move(tnef->html);
    return true;
  }

  void note_kind(const Node& node, std::string_view type) {
    const std::string_view protocol = node.type.get("protocol");
    if (type == "multipart/encrypted") {
      encrypted(contains_ignoring_case(protocol, "pgp") || protocol.empty() ? "PGP/MIME"
                                                                            : std::string(protocol));
    } else if (type == "multipart/signed") {
      mail_.is_signed = true;
    } else if (type == "application/pkcs7-mime" || type == "application/x-pkcs7-mime") {
      const std::string kind = ascii_lower(node.type.get("smime-type"));
      if (kind == "signed-data" || kind == "certs-only") {
        mail_.is_signed = true;
        if (kind == "signed-data")
          add_defect(&mail_.defects, "signed (S/MIME): the text is inside the signature and not shown");
      } else {
        encrypted("S/MIME");
      }
    } else if (type == "message/disposition-notification") {
      mail_.is_disposition_notification = true;
    } else if (type == "message/feedback-report") {
      mail_.is_feedback_report = true;
    } else if (type == "message/rfc822" &&
               contains_ignoring_case(node.content.substr(0, 4096), "x-hmxmroriginalrecipient:")) {
      mail_.is_feedback_report = true; // Hotmail's complaints name themselves nowhere else
    } else if (type == "application/tlsrpt+gzip" || type == "application/tlsrpt+json") {
      mail_.is_feedback_report = true;
    } else if (type == "multipart/report") {
      const std::string kind = ascii_lower(node.type.get("report-type"));
      if (kind == "disposition-notification") mail_.is_disposition_notification = true;
      if (kind == "feedback-report" || kind == "tlsrpt") mail_.is_feedback_report = true;
    }
  }

  void encrypted(std::string_view how) {
    mail_.is_encrypted = true;
    add_defect(&mail_.defects, "encrypted (" + std::string(how) + "): the text cannot be read here");
  }

  void note_calendar(std::string_view bytes, const Node& node) {
    std::string method = ascii_lower(node.type.get("method"));
    if (method.empty()) {
      const std::string head = ascii_lower(bytes.substr(0, 4096));
      if (const std::size_t pos = head.find("\nmethod:"); pos != std::string::npos)
        method = std::string(
            trim(std::string_view(head).substr(pos + 8, head.find_first_of("\r\n", pos + 8) - pos - 8)));
    }
    if (method.empty()) return; // an exported calendar as a file asks nobody anything
    mail_.has_calendar = true;
    std::transform(method.begin(), method.end(), method.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    mail_.calendar_method = clean_utf8(method);
  }

  std::string read_text(const Node& node) {
    std::string bytes = decoded(node);
    std::string_view charset = node.type.get("charset");
    std::string own;
    if (charset.empty() && node.type.value == "text/html" && !is_valid_utf8(bytes))
      charset = own = html_charset(bytes);
    std::string text = with_plain_line_ends(to_utf8(bytes, charset, &mail_.defects));
    if (node.type.value != "text/plain") return text;
    take_uuencoded(text);
    if (equal_ignoring_case(node.type.get("format"), "flowed")) {
      mail_.text_is_flowed = true;
      text = unwrap_flowed(text, equal_ignoring_case(node.type.get("delsp"), "yes"));
    }
    return text;
  }

  void take_uuencoded(std::string& text) {
    if (text.find("begin ") == std::string::npos) return;
    std::vector<UuFile> files = find_uuencoded(text);
    for (std::size_t i = files.size(); i-- > 0;) text.erase(files[i].begin, files[i].end - files[i].begin);
    for (UuFile& file : files) {
      Part part;
      part.info.name = std::move(file.name);
      part.info.type = "application/octet-stream";
      add_part(std::move(part), std::move(file.content));
    }
  }

  const std::string& text_of(const Node& node) const {
    return texts_[static_cast<std::size_t>(std::find(shown_.begin(), shown_.end(), &node) - shown_.begin())];
  }

  void append_text(const Node& node) {
    if (node.type.value != "text/plain") return;
    const std::string& text = text_of(node);
    if (!mail_.text.empty() && !mail_.text.ends_with('\n') && !text.empty()) mail_.text += '\n';
    mail_.text += text;
  }

  void assemble_html(const Chooser& chooser) {
    const auto is_html = [](const Node* node) { return node->type.value == "text/html"; };
    // HTML that has no plain counterpart stands among plain parts: only the HTML list then holds all of it,
    // in order.
    const bool mixed = std::any_of(chooser.text.begin(), chooser.text.end(), is_html);
    if (std::any_of(chooser.html.begin(), chooser.html.end(), is_html)) {
      for (const Node* node : chooser.html) {
        const std::string& text = text_of(*node);
        if (is_html(node))
          mail_.html += text;
        else if (!trim(text).empty())
          mail_.html += "<pre>" + escape_html(text) + "</pre>\n";
      }
      if (mixed) mail_.text.clear();
    }
    if (trim(mail_.text).empty() && trim(mail_.html).empty()) {
      if (!tnef_text_.empty()) mail_.text = with_plain_line_ends(std::move(tnef_text_));
      mail_.html = std::move(tnef_html_);
    }
  }

  void find_inline_crypto() {
    if (mail_.text.find("-----BEGIN PGP ") == std::string::npos) return;
    if (mail_.text.find("-----BEGIN PGP MESSAGE-----") != std::string::npos) encrypted("PGP");
    if (mail_.text.find("-----BEGIN PGP SIGNED MESSAGE-----") != std::string::npos) mail_.is_signed = true;
  }

  const Limits& limits_;
  Contents contents_;
  Deadline deadline_;
  Mail& mail_;
  std::vector<const Node*> shown_;
  std::vector<std::string> texts_;
  std::string tnef_text_, tnef_html_;
};

} // namespace

void fill_body(const Tree& tree, const Limits& limits, Contents contents, Deadline deadline, Mail& mail) {
  Filler(limits, contents, deadline, mail).fill(tree.root);
}

} // namespace helpdesk::mime
