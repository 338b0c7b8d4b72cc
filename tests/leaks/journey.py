"""One person goes through the product, over the raw websocket and over HTTP."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileUploaderState, UploadedFileInfo

from chb.services.exports.products import ExportKind
from chb.ui.server.sessions import COOKIE
from chb.ui.shell.registry import PAGES
from tests.browser.app_server import AppServer
from tests.leaks.offers import Offer, offers_on
from tests.leaks.record import Record
from tests.leaks.ws_client import Line, Screen, line

PATHS: Final = tuple(rule.path for rule in PAGES)
PRODUCTS: Final = frozenset(kind.name for kind in ExportKind)
LAYERS: Final = ("/cells/", "/classes/", "/context/", "/points/")
_DIGEST: Final = re.compile(rb"(?<![0-9a-f])[0-9a-f]{20}(?![0-9a-f])")
_ADDRESS: Final = re.compile(rb"/(?:media|component)/[A-Za-z0-9_./-]+")
EXPORTS: Final = "/exports/"
_OWN: Final = (EXPORTS, "/media/")
_XSRF: Final = "_streamlit_xsrf"
_AROUND: Final = ("/", "/session", "/_stcore/health", "/_stcore/host-config", "/_stcore/metrics")


@dataclass(frozen=True)
class Choice:
    """One thing to choose on a page: a tab, an option."""

    id: str
    value: Any
    words: str
    is_usual: bool
    """Made on every journey: a tab, and the first other option of a list."""
    is_tab: bool = False


@dataclass
class Journey:
    """Everything one person opens.

    Args:
        wanted: choices whose words hold one of these are made, and made first.
        thorough: make every choice, not the usual ones only.
        most: choices made on a page.
        deepest: choices made one after another.
        takes: names of the products that are taken out wherever a page offers them.
        most_formats: formats in which each is taken out.
    """

    server: AppServer
    secret: str
    record: Record
    wanted: tuple[str, ...] = ()
    thorough: bool = False
    most: int = 40
    deepest: int = 2
    takes: frozenset[str] = PRODUCTS
    most_formats: int = 1
    offered: dict[str, Offer] = field(default_factory=dict, init=False)
    """By product: where it was first offered."""
    taken: set[tuple[str, str]] = field(default_factory=set, init=False)
    """Products and formats that were prepared and fetched."""
    _line: Line = field(init=False)
    _xsrf: str = field(default="", init=False)
    _has_opened_first: bool = field(default=False, init=False)
    """A person's first page goes by no path, and is what any closed one shows instead."""

    def through(self, paths: tuple[str, ...] = PATHS) -> None:
        """Every page with what can be chosen on it, and the files that it offers."""
        self.around()
        for path in paths:  # each on a line of its own: what was chosen before is left behind
            with line(self.server.url, self.cookie) as self._line:
                self.visit(path)
                self._take_out()

    def look_at(self, path: str, states: Mapping[str, Any] | None = None) -> Screen:
        """One page on a line of its own."""
        with line(self.server.url, self.cookie) as self._line:
            return self._run(path, states)

    @property
    def cookie(self) -> str:
        return f"{COOKIE}={self.secret}"

    def visit(self, path: str) -> None:
        """A page as it opens, then with each choice that it offers."""
        screen = self._run(path)
        if path not in screen.paths and self._has_opened_first:
            return
        self._has_opened_first = True
        assert screen.is_marked, f"{path or 'The first page'} carries no marking"
        made: set[tuple[str, str]] = set()
        opened = {each.id for each in self._choices(screen)}
        left = self.most
        waiting: list[tuple[dict[str, Any], Choice, int]] = [
            ({}, each, 1) for each in self._choices(screen) if self.deepest
        ]
        while waiting and left > 0:
            before, choice, depth = waiting.pop(0)
            key = (choice.id, choice.words)
            if key in made:
                continue
            made.add(key)
            left -= 1
            states = {**before, choice.id: choice.value}
            after = self._run(path, states, words=choice.words)
            if depth < self.deepest:
                further = [
                    (states, each, depth + 1)
                    for each in self._choices(after)
                    if each.id != choice.id and (each.id, each.words) not in made
                ]
                waiting[:0] = [each for each in further if not self._can_wait(each[1], opened)]
                waiting += [each for each in further if self._can_wait(each[1], opened)]

    def _take_out(self) -> None:
        """Prepare and fetch what was offered and is not had yet."""
        for product in sorted(self.offered.keys() & self.takes - {name for name, _ in self.taken}):
            for form in self.offered[product].formats[: self.most_formats]:
                address = self._prepared(self.offered[product], form)
                if address and self.fetch(address) == 200:
                    self.taken.add((product, form))

    def _prepared(self, offer: Offer, form: str) -> str:
        """The address of a file that is made now; empty where it is refused."""
        after = self._run(offer.path, offer.sent(form), words="file prepared")
        ways = [each.url for each in after.kind("link_button")]
        return next((each for each in ways if each.startswith(EXPORTS)), "")

    def upload(self, path: str, name: str, content: bytes) -> None:
        """Give a file to the page's first uploader, and take out what is offered for it."""
        with line(self.server.url, self.cookie) as self._line:
            uploader = self._run(path).kind("file_uploader")[0]
            asked = BackMsg()
            asked.file_urls_request.request_id = "1"
            asked.file_urls_request.file_names.append(name)
            asked.file_urls_request.session_id = self._line.session_id
            self._line.send(asked)
            urls = self._line.hear("file_urls_response").file_urls_response.file_urls[0]
            put = self._put(urls.upload_url, name, content)
            assert put in (200, 204), f"the upload was answered with {put}"
            info = UploadedFileInfo(name=name, size=len(content), file_id=urls.file_id)
            info.file_urls.CopyFrom(urls)
            self._run(
                path, {uploader.id: FileUploaderState(uploaded_file_info=[info])}, words="uploaded"
            )
            self._take_out()

    def around(self) -> None:
        """Addresses beside the pages' own frames."""
        for address in (*_AROUND, *(f"/{path}" for path in PATHS)):
            self.fetch(address)

    def fetch_all(self) -> set[str]:
        """What frames named; what of it was answered."""
        return {each for each in sorted(self.record.addresses) if self.fetch(each) == 200}

    def leave_waiting(self, product: str) -> str:
        """Prepare a file that was offered and do not fetch it; its address."""
        with line(self.server.url, self.cookie) as self._line:
            offer = self.offered[product]
            self._run(offer.path)
            return self._prepared(offer, offer.formats[0])

    def fetch(self, address: str) -> int:
        """One address; its status. The body and headers are searched."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        try:
            connection.request("GET", address, headers={"Cookie": self.cookie})
            answer = connection.getresponse()
            self._keep_xsrf(answer.getheader("Set-Cookie") or "")
            headers = "\n".join(f"{name}: {value}" for name, value in answer.getheaders())
            body = answer.read()
            self.record.body(headers.encode(), f"headers of {address}")
            self.record.body(body, address)
            return answer.status
        finally:
            connection.close()

    def _keep_xsrf(self, cookies: str) -> None:
        """What Streamlit asks back with an upload."""
        found = re.search(rf"{_XSRF}=\"?([^;\"]+)", cookies)
        self._xsrf = found[1] if found else self._xsrf

    def _put(self, address: str, name: str, content: bytes) -> int:
        edge = "edge-of-a-part"
        head = (
            f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: text/csv\r\n\r\n"
        )
        body = head.encode() + content + f"\r\n--{edge}--\r\n".encode()
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        try:
            connection.request(
                "PUT",
                f"/{address.lstrip('/')}",
                body=body,
                headers={
                    "Cookie": f"{self.cookie}; {_XSRF}={self._xsrf}",
                    "X-Xsrftoken": self._xsrf,
                    "Origin": self.server.url,
                    "Content-Type": f"multipart/form-data; boundary={edge}",
                },
            )
            answer = connection.getresponse()
            self.record.body(answer.read(), f"answer to an upload to {address}")
            return answer.status
        finally:
            connection.close()

    def _run(
        self, path: str, states: Mapping[str, Any] | None = None, *, words: str = ""
    ) -> Screen:
        screen = self._line.run(path, states)
        whole = b"".join(screen.frames)
        self.record.frames(screen.frames, f"/{path} {words}".strip())
        for digest in _DIGEST.findall(whole):
            self.record.addresses |= {f"{layer}{digest.decode()}.json" for layer in LAYERS}
        for product, offer in offers_on(screen, path, states or {}).items():
            self.offered.setdefault(product, offer)
        links = [*screen.kind("link_button"), *screen.kind("download_button")]
        self.record.addresses |= {each.url for each in links if each.url.startswith(_OWN)}
        found = {each.decode() for each in _ADDRESS.findall(whole)}
        self.record.addresses |= {
            each for each in found if not each.endswith((".js", ".css", ".svg"))
        }
        return screen

    def _choices(self, screen: Screen) -> list[Choice]:
        found = [
            each
            for each in _offered(screen)
            if self.thorough or each.is_usual or self._is_wanted(each)
        ]
        return sorted(found, key=lambda each: not self._is_wanted(each))

    def _can_wait(self, choice: Choice, opened: set[str]) -> bool:
        """Whether it leads away from what the page opened on, and the page stays there after."""
        return choice.id in opened and not choice.is_tab and not self._is_wanted(choice)

    def _is_wanted(self, choice: Choice) -> bool:
        return any(word in choice.words for word in self.wanted)


def _offered(screen: Screen) -> Iterator[Choice]:
    for row in screen.tabs:
        for label in row.labels[1:]:
            yield Choice(row.id, label, label, is_usual=True, is_tab=True)
    for group in screen.kind("button_group"):
        options = [option.content for option in group.options]
        yield from _others(group, options, set(group.default), as_list=True)
    for box in screen.kind("selectbox"):
        usual = {box.default} if box.HasField("default") else set()
        yield from _others(box, list(box.options), usual, as_list=False)


def _others(widget: Any, options: list[str], usual: set[int], *, as_list: bool) -> Iterator[Choice]:
    """The options that are not chosen when a page opens; those of a form wait for it."""
    if widget.form_id:
        return
    others = [option for index, option in enumerate(options) if index not in usual]
    for number, option in enumerate(others):
        yield Choice(widget.id, [option] if as_list else option, option, is_usual=number == 0)
