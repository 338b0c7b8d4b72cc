"""A page of HTML, read by a parser that knows nothing of us."""

from collections import Counter
from html.parser import HTMLParser


class Page(HTMLParser):
    """How often each element is there, named ``meta`` values, the text, and what would run."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.meta: dict[str, str] = {}
        self.text = ""
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        given = {name: value or "" for name, value in attrs}
        self.handlers += [name for name in given if name.startswith("on")]
        if tag == "meta" and "name" in given:
            self.meta[given["name"]] = given["content"]

    def handle_data(self, data: str) -> None:
        self.text += data


def read_page(document: str) -> Page:
    """The document, read to its end."""
    page = Page()
    page.feed(document)
    page.close()
    return page
