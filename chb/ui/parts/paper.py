"""The rules of printing: what is read goes on paper, what is pressed does not."""

from __future__ import annotations

from typing import Final

from chb.ui import theme

_PRESSED: Final = (
    "stSidebar",
    "stHeader",
    "stToolbar",
    "stExpandSidebarButton",
    "stButton",
    "stButtonGroup",
    "stCheckbox",
    "stDateInput",
    "stDownloadButton",
    "stFileUploader",
    "stForm",
    "stFormSubmitButton",
    "stMultiSelect",
    "stNumberInput",
    "stPageLink",
    "stPagination",
    "stPopover",
    "stPopoverBody",
    "stRadio",
    "stSelectbox",
    "stSlider",
    "stTextArea",
    "stTextInput",
    "stTimeInput",
    "stToast",
)
"""Streamlit's names of what has no meaning on paper."""
_READ: Final = (
    '[class*="st-key-open-home-place-"]',
    '[class*="st-key-tour-"]',
    ".st-key-home-news",
)
"""Where a button or a link of a page is the heading of what follows, and is printed as words."""
_HEADINGS: Final = ",".join(
    f'{place} [data-testid="{name}"]' for place in _READ for name in ("stButton", "stPageLink")
)
_SELECTOR: Final = ",".join(f'[data-testid="{name}"]' for name in _PRESSED)

PAPER_RULES: Final = f"""
<style>
@page {{ size: A4; margin: 17mm 13mm; }}
@media print {{
  :root, .stApp {{ color-scheme: light !important; }}
  {_SELECTOR}, .hf-screen, [role="tab"][aria-selected="false"] {{ display: none !important; }}
  :is({_HEADINGS}) {{ display: block !important; }}
  :is({_HEADINGS}) span:has(> [data-testid="stIconMaterial"]):not(:has(p)) {{
    display: none !important;
  }}
  :is({_HEADINGS}) * {{
    gap: 0 !important;
    margin: 0 !important;
    padding: 0 !important;
    font-weight: 650 !important;
  }}
  html, body, #root, .stApp, [data-testid="stAppViewContainer"], [data-testid="stMain"],
  [data-testid="stMainBlockContainer"] {{
    position: static !important;
    display: block !important;
    width: 100% !important;
    max-width: none !important;
    height: auto !important;
    padding: 0 !important;
    overflow: visible !important;
    background: none !important;
  }}
  /* Letters of nine points, and a map as wide as on the screen. */
  [data-testid="stMainBlockContainer"] {{ zoom: .72; }}
  .hf-marking {{ margin: 0 !important; }}
  /* What is in a frame does not shrink with it: it gets its size back, and is drawn smaller. */
  iframe {{ zoom: 1.38889; transform: scale(.72); transform-origin: top left; }}
  .stApp, .stApp :is(h1, h2, h3, h4, p, li, label, summary):not([style]),
  [data-testid="stHtml"] {{
    color: {theme.INK} !important;
  }}
  [data-testid="stDataFrame"], [data-testid="stDataFrame"] * {{ max-width: 100% !important; }}
  canvas {{ height: auto !important; }}
  details, summary {{ background: none !important; border-color: {theme.HAIRLINE} !important; }}
  [data-testid="stLayoutWrapper"], [data-testid="stVerticalBlock"] {{
    position: static !important;
    max-height: none !important;
    overflow: visible !important;
  }}
  [data-testid="stHorizontalBlock"] {{ display: block !important; }}
  [data-testid="stColumn"] {{ width: 100% !important; margin-bottom: 1rem; }}
  * {{ print-color-adjust: exact; }}
  thead {{ display: table-header-group; }}
  tr, iframe, .hf-card, .hf-entry, .hf-item, .hf-gate, [data-testid="stVegaLiteChart"],
  [data-testid="stAlert"], [class*="st-key-home-place-"] {{ break-inside: avoid; }}
  h1, h2, h3, h4 {{ break-after: avoid; }}
}}
</style>
"""

DARK_ON_PAPER: Final = (
    "@media print{[data-testid=stVegaLiteChart] svg{background:none!important}"
    f"[data-testid=stVegaLiteChart] svg text{{fill:{theme.DARK_WORDS}!important}}"
    "[data-testid=stDataFrame] canvas{filter:invert(1) hue-rotate(180deg)}}"
)
"""What is drawn for a dark screen: charts get dark words, the pictures of tables change places."""
