#include "render/output.hpp"
#include "render/render.hpp"
#include "render/row_template.hpp"
#include "render/rows.hpp"
#include "render/table_layout.hpp"

namespace helpdesk::render {
namespace {

class BaseRows : public RowWriter {
 public:
  BaseRows(const std::vector<Column>& columns, const Options& options, Writer writer, Audience audience)
      : columns_(columns), options_(options), selection_(select_columns(columns, options.fields, audience)),
        checked_(check_fields({&columns_}, options_.fields)), output_(std::move(writer)) {}

  Result<void> row(Row&& row) final {
    if (!checked_) return checked_;
    if (!started_) start();
    started_ = true;
    TRY(add(std::move(row)));
    return output_.row_done();
  }
  Result<void> finish() final {
    if (!checked_) return checked_;
    if (!started_) start();
    end();
    return output_.flush();
  }

 protected:
  virtual void start() {}
  virtual Result<void> add(Row&& row) = 0;
  virtual void end() {}
  std::string& text() { return output_.text(); }

  const std::vector<Column> columns_;
  const Options options_;
  const Selection selection_;
  bool started_ = false;

 private:
  Result<void> checked_;
  Output output_;
};

class TableRows final : public BaseRows {
 public:
  TableRows(const std::vector<Column>& columns, const Options& options, Writer writer, std::string empty)
      : BaseRows(columns, options, std::move(writer), Audience::people), empty_(std::move(empty)) {}

 private:
  Result<void> add(Row&& row) override {
    rows_.push_back(std::move(row));
    return {};
  }
  void end() override {
    if (!rows_.empty())
      append_table(text(), columns_, rows_, options_, options_.zone, options_.now);
    else if (!empty_.empty())
      text() += emphasised(terminal_line(empty_), Emphasis::quiet, options_.color) + "\n";
  }
  static std::string terminal_line(const std::string& text) {
    return cell_text(Cell(text), Column{}, Instant{}, Zone::utc());
  }
  std::vector<Row> rows_;
  std::string empty_;
};

class TsvRows final : public BaseRows {
 public:
  TsvRows(const std::vector<Column>& columns, const Options& options, Writer writer)
      : BaseRows(columns, options, std::move(writer), Audience::people) {}

 private:
  Result<void> add(Row&& row) override {
    append_tsv_row(text(), selection_, row, options_, options_.zone);
    return {};
  }
};

class CsvRows final : public BaseRows {
 public:
  CsvRows(const std::vector<Column>& columns, const Options& options, Writer writer)
      : BaseRows(columns, options, std::move(writer), Audience::machines) {}

 private:
  void start() override { append_csv_header(text(), columns_, selection_, options_); }
  Result<void> add(Row&& row) override {
    append_csv_row(text(), selection_, row, options_, options_.zone);
    return {};
  }
};

class JsonRows final : public BaseRows {
 public:
  JsonRows(const std::vector<Column>& columns, const Options& options, Writer writer, bool lines)
      : BaseRows(columns, options, std::move(writer), Audience::machines), lines_(lines) {}

 private:
  Result<void> add(Row&& row) override {
    if (!lines_) text() += any_ ? ",\n " : "[\n ";
    any_ = true;
    append_json_row(text(), columns_, selection_, row, options_, options_.zone);
    if (lines_) text() += '\n';
    return {};
  }
  void end() override {
    if (!lines_) text() += any_ ? "\n]\n" : "[]\n";
  }
  bool lines_;
  bool any_ = false;
};

class MarkdownRows final : public BaseRows {
 public:
  MarkdownRows(const std::vector<Column>& columns, const Options& options, Writer writer, std::string empty)
      : BaseRows(columns, options, std::move(writer), Audience::people), empty_(std::move(empty)) {}

 private:
  Result<void> add(Row&& row) override {
    if (!any_) append_markdown_header(text(), columns_, selection_);
    any_ = true;
    append_markdown_row(text(), columns_, selection_, row, options_.now, options_.zone);
    return {};
  }
  void end() override {
    if (!any_ && !empty_.empty()) text() += markdown_line(empty_) + "\n";
  }
  std::string empty_;
  bool any_ = false;
};

class HtmlRows final : public BaseRows {
 public:
  HtmlRows(const std::vector<Column>& columns, const Options& options, Writer writer, std::string empty)
      : BaseRows(columns, options, std::move(writer), Audience::people), empty_(std::move(empty)) {}

 private:
  void start() override { append_html_start(text(), ""); }
  Result<void> add(Row&& row) override {
    if (!any_) append_html_header(text(), columns_, selection_);
    any_ = true;
    append_html_row(text(), columns_, selection_, row, options_.now, options_.zone);
    return {};
  }
  void end() override {
    if (any_)
      text() += "</tbody>\n</table>\n";
    else if (!empty_.empty())
      text() += "<p class=\"quiet\">" + html_line(empty_) + "</p>\n";
    append_html_end(text());
  }
  std::string empty_;
  bool any_ = false;
};

class TemplateRows final : public BaseRows {
 public:
  TemplateRows(const std::vector<Column>& columns, const Options& options, Writer writer)
      : BaseRows(columns, options, std::move(writer), Audience::machines), template_(options_) {}

 private:
  Result<void> add(Row&& row) override { return template_.append(text(), columns_, row); }
  RowTemplate template_;
};

} // namespace

std::unique_ptr<RowWriter> open_rows(const std::vector<Column>& columns, const Options& options,
                                     Writer writer, std::string empty_text) {
  if (!options.template_text.empty())
    return std::make_unique<TemplateRows>(columns, options, std::move(writer));
  Format format = options.format;
  if (format == Format::automatic) format = options.terminal ? Format::table : Format::tsv;
  switch (format) {
  case Format::automatic:
  case Format::table:
    return std::make_unique<TableRows>(columns, options, std::move(writer), std::move(empty_text));
  case Format::tsv: return std::make_unique<TsvRows>(columns, options, std::move(writer));
  case Format::csv: return std::make_unique<CsvRows>(columns, options, std::move(writer));
  case Format::json: return std::make_unique<JsonRows>(columns, options, std::move(writer), false);
  case Format::ndjson: return std::make_unique<JsonRows>(columns, options, std::move(writer), true);
  case Format::markdown:
    return std::make_unique<MarkdownRows>(columns, options, std::move(writer), std::move(empty_text));
  case Format::html:
    return std::make_unique<HtmlRows>(columns, options, std::move(writer), std::move(empty_text));
  }
  return nullptr;
}

} // namespace helpdesk::render
