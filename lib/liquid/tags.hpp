// One function a tag: reads its markup and, if it is a block, its body.
#pragma once

#include "liquid/context.hpp"
#include "liquid/parser.hpp"

namespace helpdesk::liquid::tags {

Node* assign(Parser& parser, std::string_view markup);
Node* capture(Parser& parser, std::string_view markup);
Node* increment(Parser& parser, std::string_view markup);
Node* decrement(Parser& parser, std::string_view markup);
Node* echo(Parser& parser, std::string_view markup);
Node* cycle(Parser& parser, std::string_view markup);
Node* ifchanged(Parser& parser, std::string_view markup);

Node* if_(Parser& parser, std::string_view markup);
Node* unless(Parser& parser, std::string_view markup);
Node* case_(Parser& parser, std::string_view markup);

Node* for_(Parser& parser, std::string_view markup);
Node* tablerow(Parser& parser, std::string_view markup);
Node* break_(Parser& parser, std::string_view markup);
Node* continue_(Parser& parser, std::string_view markup);

Node* comment(Parser& parser, std::string_view markup);
Node* inline_comment(Parser& parser, std::string_view markup);
Node* doc(Parser& parser, std::string_view markup);
Node* raw(Parser& parser, std::string_view markup);

Node* include(Parser& parser, std::string_view markup);
Node* render(Parser& parser, std::string_view markup);

} // namespace helpdesk::liquid::tags
