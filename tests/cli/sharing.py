"""sharing.py: documents of many pages, written as plain PDFs, for sharing.sh. Whatever goes from page to page is in them: inks
that are named alike, fonts first shown late, pages that look the same or have another size, more pages that cannot be drawn whole
than are told, content that is broken."""
import zlib


class Pdf:
    def __init__(self):
        self.objects = []

    def add(self, body):
        self.objects.append(body if isinstance(body, bytes) else body.encode())
        return len(self.objects)

    def stream(self, text, broken=False):
        data = zlib.compress(text.encode())
        data = data[: len(data) // 2] if broken else data
        return self.add(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(data), data))

    def save(self, path, root, wrong=None):
        out, places = b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n", []
        for number, body in enumerate(self.objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        if wrong:
            places[wrong - 1] += 7  # its place is wrong: found out only when somebody asks for it
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        out += b"".join(b"%010d 00000 n \n" % at for at in places)
        out += b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, root, start)
        with open(path, "wb") as f:
            f.write(out)


def spot(name):
    tint = "<< /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 .2 .8 .1] /N 1 >>"
    return f"[/Separation /{name.replace(' ', '#20')} /DeviceCMYK {tint}]"


def lines(page, count):
    return "0.1 w 0 0 0 1 K\n" + "".join(f"{20 + i % 400} {20 + i // 400 * 9} m {24 + i % 400} {23 + page % 5 + i // 400 * 9} l S\n"
                                         for i in range(count))


def content(page, count):
    if page in (7, 12, 30):
        return "0 .5 1 0 k 40 40 200 200 re f"
    text = lines(page, count) + f"0 .3 .{page % 9} .1 k 0 0 595 {300 + page} re f\n"
    if page % 4 == 1:
        text += "1 0 0 rg 100 500 40 40 re f\n"
    if page in (5, 33):
        text += f"/S{page} cs 1 scn 50 600 60 60 re f\n"
    if page > 18:
        text += f"BT /F{page % 3} 9 Tf 60 {700 - page} Td (Page {page}) Tj ET\n"
    return text


def document(path, pages, count, broken=(), wrong=None):
    pdf = Pdf()
    fonts = [pdf.add(f"<< /Type /Font /Subtype /Type1 /BaseFont /{n} >>") for n in ("Courier", "Helvetica", "Times-Roman")]
    resources = pdf.add("<< /Font << " + " ".join(f"/F{i} {f} 0 R" for i, f in enumerate(fonts)) +
                        f" >> /ColorSpace << /S5 {spot('PANTONE 871 C')} /S33 {spot('Pantone 871 CVC')} >> >>")
    tree = len(pdf.objects) + 2 * pages + 1
    kids, streams = [], {}
    for page in range(1, pages + 1):
        streams[page] = pdf.stream(content(page, count), page in broken)
        width = 500 if page == 9 else 595
        kids.append(pdf.add(f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {width} 842] /TrimBox [10 10 {width - 10} 832] "
                            f"/Resources {resources} 0 R /Contents {streams[page]} 0 R >>"))
    pdf.add("<< /Type /Pages /Count %d /Kids [%s] >>" % (pages, " ".join(f"{k} 0 R" for k in kids)))
    root = pdf.add(f"<< /Type /Catalog /Pages {tree} 0 R >>")
    pdf.save(path, root, streams[wrong] if wrong else None)


document("whole.pdf", 40, 40)
document("undrawn.pdf", 225, 1)
document("broken.pdf", 24, 5, broken=(3, 11, 12))
document("repaired.pdf", 24, 5, wrong=14)
