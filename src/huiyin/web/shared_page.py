"""What somebody who holds a share link sees: one page without scripts, works on any phone."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from huiyin.people.share_links import SharedView

_HEAD = (
    "<!doctype html><html lang=zh-CN><meta charset=utf-8>"
    "<meta name=viewport content='width=device-width,initial-scale=1'>"
    "<meta name=robots content=noindex>{more}<title>{title}</title><style>"
    "body{{margin:0;font:14px/1.6 -apple-system,'PingFang SC','Microsoft YaHei',sans-serif;"
    "color:#1F2329;background:#F6F7F9}}header{{padding:8px 16px;background:#fff;"
    "border-bottom:1px solid #e5e6eb;display:flex;gap:16px;flex-wrap:wrap}}"
    "main{{max-width:24em;margin:15vh auto;padding:32px;background:#fff;border-radius:12px;"
    "box-sizing:border-box}}main h1{{font-size:20px;margin:0 0 16px}}a{{color:#3B5BDB}}"
    "input,button{{font:inherit;padding:8px 12px;border-radius:6px;box-sizing:border-box;"
    "width:100%;min-height:40px}}input{{border:1px solid #8a8f98;margin-top:4px}}"
    "button{{border:0;background:#3B5BDB;color:#fff;cursor:pointer}}"
    "[role=alert]{{color:#b93a31}}.framed{{display:flex;flex-direction:column;height:100vh;"
    "height:100dvh}}iframe{{border:0;width:100%;flex:1;min-height:0;background:#fff}}.soft{{color:#5b616b}}"
    ".mark{{position:fixed;inset:0;pointer-events:none;z-index:9;opacity:.28;"
    "background-repeat:repeat}}</style>"
)
_WAIT = "<meta http-equiv=refresh content=3>"


def frame_page(token: str, title: str, view: SharedView, page: str, files: tuple[str, ...]) -> str:
    """Give the page around the content: whose it is, until when, watermark, downloads.

    A link with a watermark offers no downloads: the mark could not follow.
    """
    place = f"/shared/{quote(token)}"
    links = "".join(f"<a href='{place}/{form}'>{form.upper()}</a>" for form in files)
    mark = _watermark(view.watermark) if view.watermark else ""
    return (
        _head(title)
        + f"<body class=framed><header><b>{escape(title)}</b>"
        + f"<span class=soft>{escape(view.by)}</span>{links}</header>"
        + f"<iframe src='{place}/{page}' title='{escape(title, quote=True)}' "
        + f"sandbox='allow-scripts allow-downloads allow-popups'></iframe>{mark}"
    )


def password_page(token: str, words: str = "") -> str:
    """Give the page that asks for the link's password."""
    said = f"<p role=alert>{escape(words)}</p>" if words else ""
    return (
        _head("回音")
        + f"<main><h1>回音</h1><form method=post action='/shared/{quote(token)}'>{said}"
        + "<p><label>访问密码 <span lang=en>Password</span><br>"
        + "<input name=password type=password autocomplete=off required autofocus></label></p>"
        + "<button>打开 <span lang=en>Open</span></button></form></main>"
    )


def waiting_page() -> str:
    """Give the page that looks again by itself while the content is being made."""
    zh, en = "正在生成，几秒后自动显示。", "Being made, shown in a moment."
    return _head("回音", _WAIT) + f"<main><p>{zh}</p><p lang=en>{en}</p></main>"


def sorry_page(zh: str, en: str) -> str:
    """Give the page that says why there is nothing to see."""
    return _head("回音") + f"<main><p>{escape(zh)}</p><p lang=en>{escape(en)}</p></main>"


def _head(title: str, more: str = "") -> str:
    return _HEAD.format(title=escape(title), more=more)


def _watermark(words: str) -> str:
    svg = (
        "<svg xmlns='http://www.w3.org/2000/svg' width='360' height='200'>"
        "<text x='20' y='150' transform='rotate(-20 20 150)' font-size='18' "
        f"fill='#808080' font-family='sans-serif'>{escape(words, quote=True)}</text></svg>"
    )
    picture = f"background-image:url(data:image/svg+xml,{quote(svg)})"
    return f'<div class=mark aria-hidden=true style="{picture}"></div>'
