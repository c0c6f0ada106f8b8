#include "language/html_text.hpp"

#include "base/text.hpp"
#include "language/html.hpp"
#include "language/text_writer.hpp"

#include <charconv>
#include <vector>

namespace helpdesk::html {
namespace {

constexpr std::size_t k_max_url = 2000;

bool is_dropped(GumboTag tag) {
  switch (tag) {
  case GUMBO_TAG_HEAD:
  case GUMBO_TAG_SCRIPT:
  case GUMBO_TAG_STYLE:
  case GUMBO_TAG_TITLE:
  case GUMBO_TAG_NOSCRIPT:
  case GUMBO_TAG_TEMPLATE:
  case GUMBO_TAG_IFRAME:
  case GUMBO_TAG_OBJECT:
  case GUMBO_TAG_SVG:
  case GUMBO_TAG_MATH:
  case GUMBO_TAG_AUDIO:
  case GUMBO_TAG_VIDEO:
  case GUMBO_TAG_CANVAS:
  case GUMBO_TAG_SELECT:
  case GUMBO_TAG_TEXTAREA:
  case GUMBO_TAG_NOFRAMES: return true;
  default: return false;
  }
}

// Cells that hold running text can stand side by side; cells that hold blocks lay out the page. One <p> or
// <div> a cell is no layout: Outlook wraps every cell so. Looks at no node twice over all rows, since it
// stops at the first inner table.
bool is_data_row(const GumboNode* row) {
  int cells = 0, blocks = 0;
  for (const GumboNode* n = next_node(row, row, false); n; n = next_node(n, row, false)) {
    switch (const GumboTag tag = tag_of(n)) {
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
      ++cells;
      blocks = 0;
      break;
    case GUMBO_TAG_P:
    case GUMBO_TAG_DIV:
      if (++blocks > 2) return false;
      break;
    default:
      if (is_block(tag)) return false;
    }
  }
  return cells > 1;
}

bool is_web_link(std::string_view url) {
  return starts_with_ignoring_case(url, "http://") || starts_with_ignoring_case(url, "https://") ||
         starts_with_ignoring_case(url, "mailto:") || starts_with_ignoring_case(url, "tel:");
}

// What two spellings of one address share.
std::string_view bare_url(std::string_view url) {
  url = trim(url);
  for (const std::string_view scheme : {"http://", "https://", "mailto:", "tel:"})
    if (starts_with_ignoring_case(url, scheme)) url.remove_prefix(scheme.size());
  if (starts_with_ignoring_case(url, "www.")) url.remove_prefix(4);
  while (url.ends_with('/')) url.remove_suffix(1);
  return url;
}

class Converter {
 public:
  explicit Converter(const Omitted& omitted) : omitted_(omitted) {}

  std::string run(const GumboNode* root) {
    walk(root, [this](const GumboNode* n) { return enter(n); }, [this](const GumboNode* n) { leave(n); });
    return writer_.take();
  }

 private:
  struct List {
    const GumboNode* node;
    long next;
  };
  struct Link {
    const GumboNode* node;
    std::size_t mark;
  };

  bool enter(const GumboNode* n) {
    if (stopped_ || writer_.full()) return false;
    if (n == omitted_.stop_at) {
      stopped_ = true;
      return false;
    }
    switch (n->type) {
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_CDATA:
    case GUMBO_NODE_WHITESPACE:
      if (pre_ > 0)
        writer_.add_verbatim(n->v.text.text);
      else
        writer_.add(n->v.text.text);
      return false;
    case GUMBO_NODE_ELEMENT: break;
    default: return false;
    }
    const GumboTag tag = n->v.element.tag;
    if (is_dropped(tag)) return false;
    if (!omitted_.subtrees.empty() && omitted_.subtrees.contains(n)) {
      writer_.block_break(1);
      return false;
    }
    if (n->v.element.attributes.length > 0 && is_hidden(n)) return false;
    open(n, tag);
    return true;
  }

  void open(const GumboNode* n, GumboTag tag) {
    switch (tag) {
    case GUMBO_TAG_BR: writer_.line_break(); break;
    case GUMBO_TAG_HR:
      writer_.block_break(1);
      writer_.add("--------------------");
      writer_.block_break(1);
      break;
    case GUMBO_TAG_P:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6: writer_.block_break(paragraph_break(n)); break;
    case GUMBO_TAG_BLOCKQUOTE:
      writer_.block_break(1);
      writer_.push_quote();
      break;
    case GUMBO_TAG_PRE:
      writer_.block_break(2);
      ++pre_;
      break;
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL: {
      writer_.block_break(lists_.empty() ? 2 : 1);
      long start = 1;
      const std::string_view value = attribute(n, "start");
      std::from_chars(value.data(), value.data() + value.size(), start);
      lists_.push_back({n, tag == GUMBO_TAG_OL ? start : -1});
      break;
    }
    case GUMBO_TAG_LI:
      writer_.block_break(1);
      writer_.push_indent();
      if (!lists_.empty() && lists_.back().next >= 0)
        writer_.set_marker(std::to_string(lists_.back().next++) + ". ");
      else
        writer_.set_marker("- ");
      break;
    case GUMBO_TAG_DD:
      writer_.block_break(1);
      writer_.push_indent();
      break;
    case GUMBO_TAG_TR:
      writer_.block_break(1);
      if (!writer_.is_inline() && is_data_row(n)) {
        row_ = n;
        cells_ = 0;
        separator_ = writer_.mark();
      }
      break;
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
      if (row_ && n->parent == row_) {
        if (cells_++ > 0) writer_.add(" |");
        writer_.set_inline(true);
        writer_.add(" ");
      } else {
        writer_.block_break(1);
      }
      break;
    case GUMBO_TAG_IMG: image(n); break;
    case GUMBO_TAG_A:
      if (links_.size() < 8 && is_web_link(trim(attribute(n, "href")))) links_.push_back({n, writer_.mark()});
      break;
    default:
      if (is_block(tag)) writer_.block_break(1);
    }
  }

  void leave(const GumboNode* n) {
    const GumboTag tag = tag_of(n);
    switch (tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6: writer_.block_break(paragraph_break(n)); break;
    case GUMBO_TAG_BLOCKQUOTE:
      writer_.block_break(1);
      writer_.pop_quote();
      break;
    case GUMBO_TAG_PRE:
      --pre_;
      writer_.block_break(2);
      break;
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
      if (!lists_.empty() && lists_.back().node == n) lists_.pop_back();
      writer_.block_break(lists_.empty() ? 2 : 1);
      break;
    case GUMBO_TAG_LI:
      writer_.clear_marker();
      writer_.pop_indent();
      writer_.block_break(1);
      break;
    case GUMBO_TAG_DD:
      writer_.pop_indent();
      writer_.block_break(1);
      break;
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
      if (row_ && n->parent == row_)
        writer_.set_inline(false);
      else
        writer_.block_break(1);
      break;
    case GUMBO_TAG_TR:
      if (row_ == n) {
        row_ = nullptr;
        // A row of nothing but separators says nothing.
        if (writer_.since(separator_).find_first_not_of("| \n>") == std::string_view::npos)
          writer_.drop_since(separator_);
      }
      writer_.block_break(1);
      break;
    case GUMBO_TAG_A: close_link(n); break;
    default:
      if (is_block(tag)) writer_.block_break(1);
    }
  }

  // Outlook writes every line as <p class=MsoNormal> with no margin.
  static int paragraph_break(const GumboNode* n) {
    const std::string_view name = attribute(n, "class");
    if (name.starts_with("Mso") || name.starts_with("x_Mso")) return 1;
    const std::string style = compact_style(n);
    return style.starts_with("margin:0") || style.find(";margin:0") != style.npos ? 1 : 2;
  }

  void image(const GumboNode* n) {
    const std::string_view alt = trim(attribute(n, "alt"));
    const std::string_view width = attribute(n, "width"), height = attribute(n, "height");
    if (alt.empty() || alt.size() > 300 || width == "1" || height == "1" || width == "0" || height == "0")
      return;
    writer_.add("[");
    writer_.add(alt);
    writer_.add("]");
  }

  void close_link(const GumboNode* n) {
    if (links_.empty() || links_.back().node != n) return;
    const std::size_t mark = links_.back().mark;
    links_.pop_back();
    const std::string_view url = trim(attribute(n, "href"));
    const std::string_view text = trim(writer_.since(mark));
    if (url.size() > k_max_url || text.empty()) return;
    std::string_view shown = url;
    if (starts_with_ignoring_case(shown, "mailto:")) {
      shown.remove_prefix(7);
      shown = shown.substr(0, shown.find('?'));
    }
    if (shown.empty() || equal_ignoring_case(bare_url(text), bare_url(shown)) ||
        equal_ignoring_case(bare_url(text), bare_url(url)))
      return;
    writer_.add(" <");
    writer_.add(shown);
    writer_.add(">");
  }

  const Omitted& omitted_;
  TextWriter writer_;
  std::vector<List> lists_;
  std::vector<Link> links_;
  const GumboNode* row_ = nullptr;
  int cells_ = 0, pre_ = 0;
  std::size_t separator_ = 0;
  bool stopped_ = false;
};

} // namespace

std::string tree_to_text(const GumboNode* root, const Omitted& omitted) {
  return Converter(omitted).run(root);
}

} // namespace helpdesk::html

namespace helpdesk {

std::string html_to_text(std::string_view html) {
  const html::Tree tree(html);
  if (!tree.root()) return html::linear_text(tree.source());
  return html::tree_to_text(tree.root(), {});
}

} // namespace helpdesk
