"""page.py FILE pictures|none: the web page as a strict reader sees it: every element closed, every link inside it answered,
nothing that runs or fetches, all pictures whole, not too large."""
import base64
import html.parser
import struct
import sys

VOID = {"meta", "img", "br", "link", "input"}
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.stack, self.ids, self.links, self.pictures, self.tags, self.policy = [], set(), set(), 0, set(), None

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        assert len(a) == len(attrs), f"an attribute twice in <{tag}>: {attrs}"
        self.tags.add(tag)
        if tag not in VOID:
            self.stack.append(tag)
        if "id" in a:
            assert a["id"] not in self.ids, f"id {a['id']} twice"
            self.ids.add(a["id"])
        for name, value in attrs:
            assert not name.startswith("on"), f"{name} in <{tag}>"
            assert name not in ("src", "href") or value.startswith(("data:image/", "#")), f"{name}={value[:80]}"
        if tag == "a":
            self.links.add(a["href"][1:])
        if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy":
            self.policy = a["content"]
        if tag == "img":
            self.picture(a)

    def picture(self, a):
        assert a["alt"].strip(), "a picture without words"
        kind, data = a["src"].split(";base64,")
        data = base64.b64decode(data, validate=True)
        if kind == "data:image/png":
            assert data[:8] == b"\x89PNG\r\n\x1a\n" and data[-8:-4] == b"IEND", "a PNG that is not whole"
            assert struct.unpack(">II", data[16:24]) == (int(a["width"]), int(a["height"]))
        else:
            assert kind == "data:image/jpeg" and data[:2] == b"\xff\xd8" and data[-2:] == b"\xff\xd9", "a JPEG that is not whole"
        self.pictures += 1

    def handle_endtag(self, tag):
        assert self.stack and self.stack[-1] == tag, f"</{tag}> in {self.stack[-3:]}"
        self.stack.pop()

    def handle_data(self, text):
        assert not any(ord(c) < 32 and c != "\n" or c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069" for c in text), repr(text)


text = open(sys.argv[1], encoding="utf-8").read()
page = Page()
page.feed(text)
page.close()
assert not page.stack, f"left open: {page.stack}"
assert page.policy == POLICY, page.policy
assert not page.tags & {"script", "iframe", "object", "embed", "form", "link", "base"}, page.tags
assert page.links <= page.ids, f"links to nothing: {page.links - page.ids}"
assert (page.pictures > 0) == (sys.argv[2] == "pictures"), f"{page.pictures} pictures"
assert len(text.encode()) < 8_000_000
