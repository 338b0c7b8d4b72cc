"""One module a page: title, filters, one service call, empty case, result."""
