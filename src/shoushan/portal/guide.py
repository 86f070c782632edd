"""The user guide inside the product: the pages of docs/, as they are in the checkout that runs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from shoushan.directory.enums import Role

FOLDERS: Final = ("how-to", "explanation", "reference")
NAME: Final = re.compile(r"[a-z][a-z0-9-]*")
PICTURE: Final = re.compile(r"[a-z][a-z0-9-]*\.webp")
CHINESE: Final = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
STREET: Final = {Role.STREET_ADMIN, Role.STREET_USER, Role.COMMUNITY_USER, Role.DEPT_USER, Role.WG_MEMBER}
FOR_ROLES: Final = {
    "leader": {Role.DISTRICT_LEADER, Role.WG_LEAD},
    "office": {Role.HQ_OFFICE},
    "department": {Role.DEPT_USER},
    "street-clerk": STREET,
    "enterprise-contact": {Role.ENTERPRISE_CONTACT},
    "administrator": {Role.SYS_ADMIN, Role.SECURITY_ADMIN},
    "auditor": {Role.AUDITOR},
}
"""Which page of docs/how-to is written for whom; everybody may read all."""


@dataclass(frozen=True, slots=True)
class GuidePage:
    """One page in the reader's language, or in the one that there is."""

    folder: str
    name: str
    title: str
    language: str
    content: str = ""

    @property
    def address(self) -> str:
        """Where it is read."""
        return reverse("portal:guide-page", args=[self.folder, self.name])


def pages(folder: str, *, is_english: bool) -> list[GuidePage]:
    """The pages of a folder by name, with their titles; none where the product runs without its documents."""
    names = sorted({path.name.split(".")[0] for path in _root(folder).glob("*.md")} - {"README"})
    found = [_read(folder, name, is_english=is_english) for name in names if NAME.fullmatch(name)]
    return [page for page, _text in filter(None, found)]


def page(folder: str, name: str, *, is_english: bool) -> GuidePage | None:
    """One page, rendered; None when there is none of that name."""
    if folder not in FOLDERS or not NAME.fullmatch(name):
        return None
    found = _read(folder, name, is_english=is_english)
    if found is None:
        return None
    head, text = found
    content = rendered(text, folder, head.language)
    return GuidePage(head.folder, head.name, head.title, head.language, content)


def picture(name: str) -> Path | None:
    """The file of a picture of the guide."""
    path = _root("images") / name
    return path if PICTURE.fullmatch(name) and path.is_file() else None


def _root(folder: str) -> Path:
    return Path(settings.DOCUMENTS) / folder


def _read(folder: str, name: str, *, is_english: bool) -> tuple[GuidePage, str] | None:
    chinese, english = _root(folder) / f"{name}.zh-CN.md", _root(folder) / f"{name}.md"
    path = english if is_english or not chinese.is_file() else chinese
    if not path.is_file():
        return None
    text = path.read_text(encoding="utf-8")
    title, _newline, rest = text.partition("\n")
    return GuidePage(folder, name, title.lstrip("# "), "en" if path == english else "zh-Hans"), rest


# ---- from Markdown to the page -----------------------------------------------------------------------------
class _Renderer(RendererHTML):
    """HTML in which Chinese words on an English page say that they are Chinese, and links lead to pages of the guide."""

    def text(self, tokens: Any, idx: int, _options: Any, env: Any) -> str:
        """Plain words."""
        return _marked(tokens[idx].content, env)

    def code_inline(self, tokens: Any, idx: int, _options: Any, env: Any) -> str:
        """Words of the program."""
        return f"<code>{_marked(tokens[idx].content, env)}</code>"

    def fence(self, tokens: Any, idx: int, _options: Any, env: Any) -> str:
        """A command, which may be wider than the page."""
        return f'<pre tabindex="0"><code>{_marked(tokens[idx].content, env)}</code></pre>\n'

    def table_open(self, _tokens: Any, _idx: int, _options: Any, _env: Any) -> str:
        """A table, which may be wider than the page."""
        return '<div class="guide-table" tabindex="0"><table>\n'

    def table_close(self, _tokens: Any, _idx: int, _options: Any, _env: Any) -> str:
        """Its end."""
        return "</table></div>\n"


def rendered(text: str, folder: str, language: str) -> SafeString:
    """The HTML of a page. Markup inside the document is shown as text."""
    reader = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}, renderer_cls=_Renderer).enable("table")
    env = {"is_english": language == "en"}
    tokens = reader.parse(text, env)
    for token in _all(tokens):
        _lead(token, folder)
    for opened, words, closed in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opened.type == "th_open" and not words.content:  # a head without words heads nothing
            opened.tag = closed.tag = "td"
    return SafeString(reader.renderer.render(tokens, reader.options, env))


def _all(tokens: list[Token]) -> list[Token]:
    return [each for token in tokens for each in (token, *(token.children or ()))]


def _lead(token: Token, folder: str) -> None:
    """Links between documents become addresses of the guide; to what the guide does not hold they lead nowhere."""
    token.attrs.pop("style", None)
    if token.type == "image":
        token.attrs["src"] = reverse("portal:guide-picture", args=[str(token.attrs["src"]).rpartition("/")[2]])
        token.attrs["loading"] = "lazy"
    if token.type != "link_open":
        return
    target = urlsplit(str(token.attrs["href"]))
    path = target.path.removesuffix(".zh-CN.md").removesuffix(".md")
    other, _slash, name = path.removeprefix("../").rpartition("/")
    if target.scheme or not target.path:  # another site, or a place on this page
        return
    is_page = target.path.endswith(".md") and (other or folder) in FOLDERS and NAME.fullmatch(name)
    address = reverse("portal:guide-page", args=[other or folder, name]) if is_page else reverse("portal:guide")
    token.attrs["href"] = address


def _marked(text: str, env: Any) -> str:
    """Escaped; on an English page with its Chinese marked as such."""
    if not env.get("is_english"):
        return str(format_html("{}", text))
    parts, last = [], 0
    for found in CHINESE.finditer(text):
        parts.append(format_html('{}<span lang="zh-Hans">{}</span>', text[last : found.start()], found.group()))
        last = found.end()
    return "".join([*parts, format_html("{}", text[last:])])
