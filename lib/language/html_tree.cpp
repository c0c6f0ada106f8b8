#include "language/html_tree.hpp"

#include "base/text.hpp"
#include "language/html.hpp"

#include <csetjmp>
#include <cstdlib>
#include <new>
#include <utility>

namespace helpdesk::html {
namespace {

constexpr std::size_t k_chunk = 256U << 10;

struct ParseState {
  Arena* arena;
  std::jmp_buf* out_of_budget;
};

void* allocate(void* userdata, std::size_t size) {
  auto* state = static_cast<ParseState*>(userdata);
  if (void* p = state->arena->allocate(size)) return p;
  // gumbo does not test for nullptr. Only its C frames are left behind, and the arena owns all it allocated.
  std::longjmp(*state->out_of_budget, 1);
}
void release(void*, void*) {}

// Apart from the rest, so that no object with a destructor lives between setjmp and longjmp.
const GumboNode* parse_into(Arena& arena, std::string_view source) {
  std::jmp_buf out_of_budget;
  ParseState state{&arena, &out_of_budget};
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = allocate;
  options.deallocator = release;
  options.userdata = &state;
  options.max_errors = 0;
  if (setjmp(out_of_budget) != 0) return nullptr;
  const GumboOutput* output = gumbo_parse_with_options(&options, source.data(), source.size());
  return output ? output->root : nullptr;
}

bool contains(std::string_view s, std::string_view part) { return s.find(part) != std::string_view::npos; }

// "max-height:0", "max-height:0px": the value is zero, not "0.5em".
bool is_zero(std::string_view style, std::string_view property) {
  for (std::size_t at = style.find(property); at != std::string_view::npos;
       at = style.find(property, at + 1)) {
    if (at > 0 && style[at - 1] != ';') continue; // line-height is not height
    std::string_view value = style.substr(at + property.size());
    value = value.substr(0, value.find(';'));
    if (value.starts_with('0') && value.find_first_not_of("0.") != 0 &&
        value.find_first_of("123456789") == value.npos)
      return true;
  }
  return false;
}

} // namespace

// One chunk stays with its thread: chunks are above malloc's threshold for mmap, and fresh pages cost more
// than a parse.
struct Arena::Spare {
  Chunk* chunk = nullptr;
  ~Spare() { std::free(chunk); }
};

Arena::Spare& Arena::spare() {
  thread_local Spare kept;
  return kept;
}

Arena::~Arena() {
  while (chunks_) {
    Chunk* next = chunks_->next;
    if (chunks_->size == k_chunk && !spare().chunk)
      spare().chunk = chunks_;
    else
      std::free(chunks_);
    chunks_ = next;
  }
}

void* Arena::allocate(std::size_t size) {
  size = (size + 15) & ~std::size_t{15};
  if (size > left_) {
    const std::size_t want = size + sizeof(Chunk) + 16 > k_chunk ? size + sizeof(Chunk) + 16 : k_chunk;
    if (want > budget_) return nullptr;
    Chunk* chunk = want == k_chunk ? std::exchange(spare().chunk, nullptr) : nullptr;
    if (!chunk) chunk = static_cast<Chunk*>(std::malloc(want));
    if (!chunk) {
      out_of_memory_ = true;
      return nullptr;
    }
    chunk->size = want;
    budget_ -= want;
    chunk->next = chunks_;
    chunks_ = chunk;
    at_ = reinterpret_cast<char*>(chunk) + 16;
    left_ = want - 16;
  }
  void* p = at_;
  at_ += size;
  left_ -= size;
  return p;
}

Tree::Tree(std::string_view html) {
  source_ = html.substr(0, k_html_limit);
  while (source_.size() < html.size() && !source_.empty() && (source_.back() & 0x80))
    source_.remove_suffix(1);
  if (!is_valid_utf8(source_) || source_.find('\0') != source_.npos) {
    cleaned_ = clean_utf8(source_);
    source_ = cleaned_;
  }
  if (!is_reasonable(source_)) return;
  arena_ = std::make_unique<Arena>((16U << 20) + 24 * source_.size());
  root_ = parse_into(*arena_, source_);
  if (arena_->out_of_memory()) throw std::bad_alloc();
}

std::string_view attribute(const GumboNode* n, const char* name) {
  if (!is_element(n)) return {};
  const GumboAttribute* a = gumbo_get_attribute(&n->v.element.attributes, name);
  return a && a->value ? std::string_view(a->value) : std::string_view();
}

bool has_attribute(const GumboNode* n, const char* name) {
  return is_element(n) && gumbo_get_attribute(&n->v.element.attributes, name);
}

std::string compact_style(const GumboNode* n) {
  std::string out;
  for (const char c : attribute(n, "style"))
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  return out;
}

bool is_hidden(const GumboNode* n) {
  if (has_attribute(n, "hidden")) return true;
  if (contains_ignoring_case(attribute(n, "class"), "preheader") ||
      contains_ignoring_case(attribute(n, "id"), "preheader"))
    return true;
  const std::string style = compact_style(n);
  if (style.empty()) return false;
  return contains(style, "display:none") || contains(style, "visibility:hidden") ||
         is_zero(style, "opacity:") || is_zero(style, "max-height:") ||
         (is_zero(style, "font-size:") && is_zero(style, "line-height:"));
}

bool is_block(GumboTag tag) {
  switch (tag) {
  case GUMBO_TAG_P:
  case GUMBO_TAG_DIV:
  case GUMBO_TAG_UL:
  case GUMBO_TAG_OL:
  case GUMBO_TAG_LI:
  case GUMBO_TAG_DL:
  case GUMBO_TAG_DT:
  case GUMBO_TAG_DD:
  case GUMBO_TAG_TABLE:
  case GUMBO_TAG_TR:
  case GUMBO_TAG_BLOCKQUOTE:
  case GUMBO_TAG_PRE:
  case GUMBO_TAG_HR:
  case GUMBO_TAG_H1:
  case GUMBO_TAG_H2:
  case GUMBO_TAG_H3:
  case GUMBO_TAG_H4:
  case GUMBO_TAG_H5:
  case GUMBO_TAG_H6:
  case GUMBO_TAG_SECTION:
  case GUMBO_TAG_ARTICLE:
  case GUMBO_TAG_ASIDE:
  case GUMBO_TAG_HEADER:
  case GUMBO_TAG_FOOTER:
  case GUMBO_TAG_NAV:
  case GUMBO_TAG_MAIN:
  case GUMBO_TAG_FIGURE:
  case GUMBO_TAG_FIGCAPTION:
  case GUMBO_TAG_ADDRESS:
  case GUMBO_TAG_CENTER:
  case GUMBO_TAG_FIELDSET:
  case GUMBO_TAG_FORM:
  case GUMBO_TAG_CAPTION:
  case GUMBO_TAG_BODY: return true;
  default: return false;
  }
}

const GumboNode* first_child(const GumboNode* n) {
  if (!is_element(n) || n->v.element.children.length == 0) return nullptr;
  return static_cast<const GumboNode*>(n->v.element.children.data[0]);
}

const GumboNode* next_node(const GumboNode* n, const GumboNode* top, bool skip_children) {
  if (!skip_children)
    if (const GumboNode* child = first_child(n)) return child;
  while (n != top) {
    const GumboNode* parent = n->parent;
    const GumboVector& siblings = parent->v.element.children;
    if (n->index_within_parent + 1 < siblings.length)
      return static_cast<const GumboNode*>(siblings.data[n->index_within_parent + 1]);
    n = parent;
  }
  return nullptr;
}

} // namespace helpdesk::html
