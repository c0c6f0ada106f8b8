// A parsed template: its text, its syntax, and where its lines begin. Internal to the engine.
#pragma once

#include "liquid/syntax.hpp"
#include "liquid/template.hpp"

namespace helpdesk::liquid {

struct Source {
  std::string text;
  std::string name;
  ParseOptions options;
  Arena arena;
  Body body;
  std::vector<Problem> warnings;
  std::vector<std::uint32_t> line_starts;
  std::vector<std::string_view> declared;
  std::vector<const Expression*> lookups;
  std::vector<std::string_view> unknown_filters, partials;

  // Never throws: syntax failures become a Problem.
  static std::expected<std::shared_ptr<const Source>, Problem> parse(std::string text,
                                                                     const ParseOptions& options);
  Position position(std::uint32_t offset) const;
};

} // namespace helpdesk::liquid
