// The allow-list: what is not named here does not come out. The output is written anew from the tree, every
// value escaped, so that no parser can read more into it than was put in.
#include "base/text.hpp"
#include "language/html.hpp"
#include "language/html_tree.hpp"

#include <optional>

namespace helpdesk {
namespace {

using html::attribute;

constexpr std::size_t k_output_limit = 16U << 20;

enum class Treatment : unsigned char { drop, unwrap, keep };

Treatment treatment(GumboTag tag) {
  switch (tag) {
  case GUMBO_TAG_P:
  case GUMBO_TAG_BR:
  case GUMBO_TAG_DIV:
  case GUMBO_TAG_SPAN:
  case GUMBO_TAG_A:
  case GUMBO_TAG_B:
  case GUMBO_TAG_I:
  case GUMBO_TAG_U:
  case GUMBO_TAG_EM:
  case GUMBO_TAG_STRONG:
  case GUMBO_TAG_S:
  case GUMBO_TAG_STRIKE:
  case GUMBO_TAG_DEL:
  case GUMBO_TAG_INS:
  case GUMBO_TAG_SUB:
  case GUMBO_TAG_SUP:
  case GUMBO_TAG_SMALL:
  case GUMBO_TAG_H1:
  case GUMBO_TAG_H2:
  case GUMBO_TAG_H3:
  case GUMBO_TAG_H4:
  case GUMBO_TAG_H5:
  case GUMBO_TAG_H6:
  case GUMBO_TAG_UL:
  case GUMBO_TAG_OL:
  case GUMBO_TAG_LI:
  case GUMBO_TAG_DL:
  case GUMBO_TAG_DT:
  case GUMBO_TAG_DD:
  case GUMBO_TAG_TABLE:
  case GUMBO_TAG_THEAD:
  case GUMBO_TAG_TBODY:
  case GUMBO_TAG_TFOOT:
  case GUMBO_TAG_TR:
  case GUMBO_TAG_TD:
  case GUMBO_TAG_TH:
  case GUMBO_TAG_CAPTION:
  case GUMBO_TAG_BLOCKQUOTE:
  case GUMBO_TAG_PRE:
  case GUMBO_TAG_CODE:
  case GUMBO_TAG_HR:
  case GUMBO_TAG_IMG: return Treatment::keep;
  case GUMBO_TAG_HTML:
  case GUMBO_TAG_BODY:
  case GUMBO_TAG_FONT:
  case GUMBO_TAG_CENTER:
  case GUMBO_TAG_SECTION:
  case GUMBO_TAG_ARTICLE:
  case GUMBO_TAG_ASIDE:
  case GUMBO_TAG_HEADER:
  case GUMBO_TAG_FOOTER:
  case GUMBO_TAG_MAIN:
  case GUMBO_TAG_NAV:
  case GUMBO_TAG_ADDRESS:
  case GUMBO_TAG_FIGURE:
  case GUMBO_TAG_FIGCAPTION:
  case GUMBO_TAG_BIG:
  case GUMBO_TAG_TT:
  case GUMBO_TAG_KBD:
  case GUMBO_TAG_SAMP:
  case GUMBO_TAG_VAR:
  case GUMBO_TAG_CITE:
  case GUMBO_TAG_Q:
  case GUMBO_TAG_ABBR:
  case GUMBO_TAG_ACRONYM:
  case GUMBO_TAG_MARK:
  case GUMBO_TAG_TIME:
  case GUMBO_TAG_NOBR:
  case GUMBO_TAG_BDI:
  case GUMBO_TAG_LABEL:
  case GUMBO_TAG_FORM:
  case GUMBO_TAG_FIELDSET:
  case GUMBO_TAG_UNKNOWN: return Treatment::unwrap; // <o:p> and its like
  default: return Treatment::drop;
  }
}

bool is_void(GumboTag tag) { return tag == GUMBO_TAG_BR || tag == GUMBO_TAG_HR || tag == GUMBO_TAG_IMG; }

// Markup characters as references; control and direction characters are left out.
void escape(std::string& out, std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x80) {
      const std::size_t begin = i;
      const char32_t c = next_code_point(text, i);
      const bool direction =
          (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || (c >= 0x80 && c < 0xA0);
      if (!direction) out += text.substr(begin, i - begin);
      continue;
    }
    ++i;
    switch (byte) {
    case '&': out += "&amp;"; break;
    case '<': out += "&lt;"; break;
    case '>': out += "&gt;"; break;
    case '"': out += "&quot;"; break;
    case '\'': out += "&#39;"; break;
    case '`': out += "&#96;"; break;
    default:
      if ((byte >= 0x20 && byte != 0x7F) || byte == '\n' || byte == '\t') out += static_cast<char>(byte);
    }
  }
}

// As a browser reads an address: control characters and white space at the front and line ends inside do not
// count.
std::string cleaned_url(std::string_view url) {
  std::string out;
  for (const char c : url)
    if (static_cast<unsigned char>(c) > 0x20 && c != 0x7F) out += c;
  return out;
}

std::optional<std::string> safe_link(std::string_view href) {
  std::string url = cleaned_url(href);
  for (const std::string_view scheme : {"http://", "https://", "mailto:"})
    if (starts_with_ignoring_case(url, scheme) && url.size() > scheme.size()) return url;
  return std::nullopt;
}

std::optional<std::string> safe_image(std::string_view src) {
  std::string url = cleaned_url(src);
  if (starts_with_ignoring_case(url, "cid:") && url.size() > 4 && url.size() < 512) return url;
  for (const std::string_view type : {"png", "jpeg", "jpg", "gif", "webp"}) {
    const std::string prefix = "data:image/" + std::string(type) + ";base64,";
    if (!starts_with_ignoring_case(url, prefix)) continue;
    const std::string_view data = std::string_view(url).substr(prefix.size());
    const auto odd =
        data.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");
    if (odd == data.npos && !data.empty()) return url;
  }
  return std::nullopt;
}

class Sanitiser {
 public:
  std::string run(const GumboNode* root) {
    html::walk(
        root, [this](const GumboNode* n) { return enter(n); }, [this](const GumboNode* n) { leave(n); });
    return std::move(out_);
  }

 private:
  bool enter(const GumboNode* n) {
    if (n->type == GUMBO_NODE_TEXT || n->type == GUMBO_NODE_WHITESPACE || n->type == GUMBO_NODE_CDATA) {
      if (out_.size() < k_output_limit) escape(out_, n->v.text.text);
      return false;
    }
    if (n->type != GUMBO_NODE_ELEMENT || out_.size() >= k_output_limit) return false;
    const GumboElement& element = n->v.element;
    if (element.tag_namespace != GUMBO_NAMESPACE_HTML) return false;
    switch (treatment(element.tag)) {
    case Treatment::drop: return false;
    case Treatment::unwrap: return true;
    case Treatment::keep: break;
    }
    if (element.tag == GUMBO_TAG_IMG) {
      image(n);
      return true;
    }
    out_ += '<';
    out_ += gumbo_normalized_tagname(element.tag);
    attributes(n, element.tag);
    out_ += '>';
    return true;
  }

  void leave(const GumboNode* n) {
    const GumboTag tag = html::tag_of(n);
    if (treatment(tag) != Treatment::keep || is_void(tag)) return;
    out_ += "</";
    out_ += gumbo_normalized_tagname(tag);
    out_ += '>';
  }

  void put(std::string_view name, std::string_view value) {
    out_ += ' ';
    out_ += name;
    out_ += "=\"";
    escape(out_, value);
    out_ += '"';
  }

  void number(const GumboNode* n, const char* name, std::size_t max_digits) {
    const std::string_view value = trim(attribute(n, name));
    if (!value.empty() && value.size() <= max_digits && value.find_first_not_of("0123456789") == value.npos)
      put(name, value);
  }

  void attributes(const GumboNode* n, GumboTag tag) {
    if (const std::string dir = ascii_lower(attribute(n, "dir"));
        dir == "ltr" || dir == "rtl" || dir == "auto")
      put("dir", dir);
    if (tag == GUMBO_TAG_A) {
      if (const auto url = safe_link(attribute(n, "href"))) {
        put("href", *url);
        put("rel", "noopener noreferrer nofollow");
      }
    }
    if (tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH) {
      number(n, "colspan", 3);
      number(n, "rowspan", 3);
    }
    if (tag == GUMBO_TAG_OL) number(n, "start", 6);
  }

  void image(const GumboNode* n) {
    const std::string_view alt = attribute(n, "alt");
    const auto url = safe_image(attribute(n, "src"));
    if (!url) {
      if (!trim(alt).empty()) {
        out_ += '[';
        escape(out_, alt);
        out_ += ']';
      }
      return;
    }
    out_ += "<img";
    put("src", *url);
    put("alt", alt);
    number(n, "width", 4);
    number(n, "height", 4);
    out_ += '>';
  }

  std::string out_;
};

} // namespace

std::string sanitise_html(std::string_view html) {
  const html::Tree tree(html);
  if (tree.root()) return Sanitiser().run(tree.root());
  std::string out = "<pre>";
  escape(out, html::linear_text(tree.source()));
  return out + "</pre>";
}

} // namespace helpdesk
