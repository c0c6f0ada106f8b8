#include "render/table_layout.hpp"

#include "render/selection.hpp"
#include "terminal/terminal.hpp"

#include <algorithm>
#include <numeric>

namespace helpdesk::render {
namespace {

constexpr int k_gap = 2;
constexpr int k_smallest_flexible = 12;
constexpr int k_smallest_cut = 4; // the last resort for columns that are never dropped

int sum(const std::vector<int>& widths) {
  int total = 0;
  for (int width : widths)
    if (width > 0) total += width + (total > 0 ? k_gap : 0);
  return total;
}

// Cuts the widest of the columns that may still shrink, down to their floors, until the sum fits.
void shrink(std::vector<int>& widths, const std::vector<int>& floors, int total) {
  for (int excess = sum(widths) - total; excess > 0; excess = sum(widths) - total) {
    int widest = 0;
    int next = 0;
    for (std::size_t i = 0; i < widths.size(); ++i)
      if (widths[i] > floors[i]) widest = std::max(widest, widths[i]);
    if (widest == 0) return;
    std::vector<std::size_t> at;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      if (widths[i] == widest && widths[i] > floors[i])
        at.push_back(i);
      else if (widths[i] > floors[i])
        next = std::max(next, widths[i]);
    }
    for (std::size_t i : at) next = std::max(next, floors[i]);
    int each = std::max(1, std::min(widest - next, excess / static_cast<int>(at.size())));
    for (std::size_t i : at) {
      if (excess <= 0) break;
      int cut = std::min({each, widths[i] - floors[i], excess});
      widths[i] -= cut;
      excess -= cut;
    }
  }
}

} // namespace

std::vector<int> lay_out(const std::vector<LayoutColumn>& columns, int total) {
  std::vector<int> widths;
  for (const LayoutColumn& c : columns) widths.push_back(std::max(1, c.natural));
  if (total <= 0 || sum(widths) <= total) return widths;
  std::vector<int> floors;
  for (std::size_t i = 0; i < columns.size(); ++i)
    floors.push_back(columns[i].flexible ? std::clamp(columns[i].smallest, 1, widths[i]) : widths[i]);

  auto least = [&] {
    std::vector<int> smallest = floors;
    for (std::size_t i = 0; i < widths.size(); ++i)
      if (widths[i] == 0) smallest[i] = 0;
    return sum(smallest);
  };
  while (least() > total) {
    std::size_t drop = columns.size();
    std::size_t left = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (widths[i] == 0) continue;
      ++left;
      if (columns[i].keep < 9 && (drop == columns.size() || columns[i].keep <= columns[drop].keep)) drop = i;
    }
    if (drop == columns.size() || left <= 1) break;
    widths[drop] = 0;
  }
  shrink(widths, floors, total);
  if (sum(widths) > total) {
    for (std::size_t i = 0; i < floors.size(); ++i) floors[i] = std::min(widths[i], k_smallest_cut);
    shrink(widths, floors, total);
  }
  return widths;
}

std::string cell_text(const Cell& cell, const Column& column, Instant now, const Zone& zone) {
  return terminal::defuse_line(cell.shown.empty() ? to_shown(cell.value, column, now, zone) : cell.shown);
}

std::string emphasised(std::string_view text, Emphasis emphasis, bool color) {
  using terminal::Color;
  switch (emphasis) {
  case Emphasis::plain: return std::string(text);
  case Emphasis::strong: return terminal::paint(text, Color::bold, color);
  case Emphasis::quiet: return terminal::paint(text, Color::dim, color);
  case Emphasis::good: return terminal::paint(text, Color::green, color);
  case Emphasis::warn: return terminal::paint(text, Color::yellow, color);
  case Emphasis::bad: return terminal::paint(text, Color::red, color);
  }
  return std::string(text);
}

void append_table(std::string& out, const std::vector<Column>& columns, const std::vector<Row>& rows,
                  const Options& options, const Zone& zone, Instant now) {
  Selection selection = select_columns(columns, options.fields, Audience::people);
  std::vector<std::vector<std::string>> texts(rows.size());
  std::vector<LayoutColumn> layout;
  for (std::size_t c = 0; c < selection.size(); ++c) {
    const Column& column = columns[selection[c]];
    int title = terminal::width(terminal::defuse_line(column.title));
    int natural = title;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      texts[r].push_back(cell_text(cell_at(rows[r], selection[c]), column, now, zone));
      natural = std::max(natural, terminal::width(texts[r].back()));
    }
    layout.push_back({natural, std::max(title, k_smallest_flexible), column.keep, column.flexible});
  }
  std::vector<int> widths = lay_out(layout, options.width);
  std::size_t last = widths.size();
  for (std::size_t c = 0; c < widths.size(); ++c)
    if (widths[c] > 0) last = c;

  auto line = [&](auto&& text_of, auto&& emphasis_of) {
    bool first = true;
    for (std::size_t c = 0; c < widths.size(); ++c) {
      if (widths[c] == 0) continue;
      if (!first) out.append(k_gap, ' ');
      first = false;
      std::string text = terminal::fit(text_of(c), widths[c]);
      bool right = columns[selection[c]].align == Align::right;
      auto spaces = static_cast<std::size_t>(std::max(0, widths[c] - terminal::width(text)));
      if (right) out.append(spaces, ' ');
      out += emphasised(text, emphasis_of(c), options.color);
      if (!right && c != last) out.append(spaces, ' ');
    }
    out += '\n';
  };
  bool any_title = std::any_of(selection.begin(), selection.end(),
                               [&](std::size_t i) { return !columns[i].title.empty(); });
  if (any_title)
    line([&](std::size_t c) { return terminal::defuse_line(columns[selection[c]].title); },
         [](std::size_t) { return Emphasis::strong; });
  for (std::size_t r = 0; r < rows.size(); ++r)
    line([&](std::size_t c) { return texts[r][c]; },
         [&](std::size_t c) { return cell_at(rows[r], selection[c]).emphasis; });
}

} // namespace helpdesk::render
