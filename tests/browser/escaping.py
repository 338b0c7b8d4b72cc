"""Ways out of a frame, and listeners on this machine that hear whatever gets out."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final
from urllib.request import urlopen

from playwright.sync_api import Frame

from tests.browser.screen import eventually

_ANSWER: Final = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 15\r\n"
    b"Access-Control-Allow-Origin: *\r\nConnection: close\r\n\r\n<!DOCTYPE html>"
)
_ADDED: Final = """const add = (tag, given) =>
  document.body.append(Object.assign(document.createElement(tag), given));
const form = (target) => {
  add("form", { method: "post", action: at, target });
  document.body.lastChild.submit();
};
const link = (rel, more = {}) => add("link", { rel, href: at, ...more });
const nested = (script) => add("iframe", { srcdoc: `<body><script>${script}</` + "script>" });
"""

REQUESTS: Final[Mapping[str, str]] = {
    "fetch": "fetch(at, { mode: 'no-cors' });",
    "kept-alive": "fetch(at, { mode: 'no-cors', keepalive: true });",
    "request": "const r = new XMLHttpRequest(); r.open('POST', at); r.send('x');",
    "beacon": "navigator.sendBeacon(at, 'x');",
    "socket": "new WebSocket(at.replace('http', 'ws'));",
    "events": "new EventSource(at);",
    "image": "new Image().src = at;",
    "media": "new Audio(at).load();",
    "script": "add('script', { src: at });",
    "module": "import(at);",
    "style": "link('stylesheet');",
    "background": "add('div', { style: `background: url('${at}')` , textContent: 'x' });",
    "font": "new FontFace('x', `url(${at})`).load();",
    "prefetch": "link('prefetch');",
    "frame": "add('iframe', { src: at });",
    "object": "add('object', { data: at });",
    "worker": "new Worker(URL.createObjectURL(new Blob([`fetch('${at}', {mode: 'no-cors'})`])));",
    "nested-fetch": "nested(`fetch('${at}', { mode: 'no-cors' })`);",
    "nested-image": "nested(`new Image().src = '${at}'`);",
    "window": "window.open(at);",
    "ping": "add('a', { href: '#', ping: at }); document.body.lastChild.click();",
}
"""Script that asks for ``at`` and leaves the document where it is."""

DEPARTURES: Final[Mapping[str, str]] = {
    "form": "form('_self');",
    "form-on-top": "form('_top');",
    "form-in-a-window": "form('_blank');",
    "top": "window.top.location = at;",
    "link-on-top": "add('a', { href: at, target: '_top' }); document.body.lastChild.click();",
    "itself": "setTimeout(() => { window.location = at; });",
}
"""Script that goes to ``at``; the last may take the document with it."""

_CALL: Final = """const call = new RTCPeerConnection({ iceServers: [
  { urls: `stun:${host}` },
  { urls: `turn:${host}?transport=udp`, username: "x", credential: "x" },
  { urls: `turn:${host}?transport=tcp`, username: "x", credential: "x" },
] });
call.createDataChannel("x");
call.createOffer().then((offer) => call.setLocalDescription(offer));
"""
CALLS: Final[Mapping[str, str]] = {
    "call": "const host = new URL(at).host;" + _CALL,
    "nested-call": f"nested(`const host = '${{new URL(at).host}}';` + {_CALL!r});",
}
"""WebRTC with ``at`` as a STUN server and a TURN server, over UDP and TCP.

The second does it in a frame within the frame, where whatever was taken away is back.
"""
HEARD_OF_A_CALL: Final = frozenset({"STUN over UDP", "TURN over UDP", "TURN over TCP"})
_ASKS_FOR: Final = {b"\0\1": "STUN", b"\0\3": "TURN"}


@dataclass
class Ears:
    """A port of this machine, over TCP and over UDP; ``heard`` is what came."""

    port: int
    heard: list[str] = field(default_factory=list)

    def address(self, way: str) -> str:
        return f"http://127.0.0.1:{self.port}/{way}"

    def note(self, received: bytes, *, over: str) -> None:
        """The path of a request, or the kind of packet."""
        words = received.split(b" ")
        if len(words) > 2 and words[1].startswith(b"/"):
            self.heard.append(words[1][1:].decode())
        else:
            self.heard.append(f"{_ASKS_FOR.get(received[:2], 'something')} over {over}")


@contextmanager
def listening() -> Iterator[Ears]:
    """Listen until the end, and answer every request with an empty page."""
    ears = Ears(port=0)

    class OverTcp(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.settimeout(0.5)
            with suppress(OSError):
                ears.note(self.request.recv(65_536), over="TCP")
                self.request.sendall(_ANSWER)

    class OverUdp(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            ears.note(self.request[0], over="UDP")

    class Tcp(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Tcp(("127.0.0.1", 0), OverTcp) as tcp:
        ears.port = tcp.server_address[1]
        with socketserver.UDPServer(("127.0.0.1", ears.port), OverUdp) as udp:
            servers = (tcp, udp)
            for each in servers:
                threading.Thread(target=each.serve_forever, args=(0.05,), daemon=True).start()
            yield ears
            for each in servers:
                each.shutdown()


def still_hears(ears: Ears) -> bool:
    """Whether both ports hear the test itself."""
    ears.heard.clear()
    with urlopen(ears.address("here")) as answer:
        answer.read()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"here", ("127.0.0.1", ears.port))
    eventually(lambda: len(ears.heard) == 2, "the test's own voice")
    return set(ears.heard) == {"here", "something over UDP"}


def attempt(frame: Frame, ears: Ears, way: str, script: str) -> None:
    """Try one way in a frame; what the browser says to it there does not matter."""
    frame.evaluate(
        f"(at) => {{ {_ADDED} try {{ {script} }} catch (fault) {{ return fault.name; }} }}",
        ears.address(way),
    )
