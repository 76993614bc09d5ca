"""A browser stand-in that audits every page it opens: title, language, headings, labels, ids, policy, nothing inline."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from flask.testing import FlaskClient

_NEEDS_LABEL = {"input", "select", "textarea"}


class Page(HTMLParser):
    """What the audit needs to know of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.labels: set[str] = set()
        self.fields: list[dict[str, str]] = []
        self.inline: list[str] = []
        self.tokens: list[str] = []
        self.once: list[str] = []
        self.title = ""
        self.language = ""
        self._tag = ""
        self._in_label = 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        named = {name: value or "" for name, value in attrs}
        self._tag = tag
        if "id" in named:
            self.ids.append(named["id"])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "html":
            self.language = named.get("lang", "")
        if tag == "label":
            self._in_label += 1
            self.labels.add(named.get("for", ""))
        if tag in _NEEDS_LABEL and named.get("type") != "hidden":
            self.fields.append(named | {"_in_label": "1" if self._in_label else ""})
        if named.get("name") == "csrf_token":
            self.tokens.append(named["value"])
        if named.get("name") == "once":
            self.once.append(named["value"])
        if tag == "script" and "src" not in named:
            self.inline.append("script")
        if tag == "style" or "style" in named:
            self.inline.append("style")
        self.inline += [name for name in named if name.startswith("on")]

    @property
    def hidden(self) -> dict[str, str]:
        """What the first form of its kind on the page sends along unseen."""
        return {"csrf_token": self.tokens[0]} | ({"once": self.once[0]} if self.once else {})

    def handle_endtag(self, tag):
        if tag == "label":
            self._in_label -= 1
        self._tag = ""

    def handle_data(self, data):
        if self._tag == "title":
            self.title += data


def audit_page(answer) -> None:
    """Assert what must hold of every page of the house."""
    page = Page(answer.text)
    assert page.title.strip(), "a page has a title"
    assert page.language, "a page names its language"
    assert page.headings.count(1) == 1, f"a page has one h1, not {page.headings.count(1)}"
    steps = [later - earlier for earlier, later in zip(page.headings, page.headings[1:], strict=False)]
    assert all(step <= 1 for step in steps), f"headings skip a level: {page.headings}"
    assert len(page.ids) == len(set(page.ids)), "ids are unique"
    assert not page.inline, f"nothing inline: {page.inline}"
    for field in page.fields:
        assert field.get("id") in page.labels or field["_in_label"] or field.get("aria-label"), f"no label: {field}"
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


class AuditingClient(FlaskClient):
    """A test client that audits each HTML page it is shown and fills in the form token by itself."""

    def open(self, *args, **kwargs):
        answer = super().open(*args, **kwargs)
        if answer.mimetype == "text/html" and answer.status_code not in {301, 302, 303, 307, 308}:
            audit_page(answer)
        return answer

    def submit(self, path: str, data: dict, **kwargs):
        """Open the page at `path`, then post `data` there with the page's token and the name of its form."""
        return self.post(path, data=Page(self.get(path).text).hidden | data, **kwargs)
