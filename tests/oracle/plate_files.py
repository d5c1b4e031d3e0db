"""Plates of one PDF from chupin and from Ghostscript, as files, with the same names for the same inks."""
import glob
import os
import re
import subprocess
import urllib.parse

# Ghostscript's own default_cmyk.icc is the press profile of both unless the file has an output intent.
TIFFSEP = ["gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-dPrinted", "-sDEVICE=tiffsep", "-dRenderIntent=1",
           "-dBlackPtComp=1", "-dOverprint=/enable"]


class NoPlates(Exception):
    """The file has no page that could be drawn; chupin says why."""


def ink_key(name):
    """Both programs replace some characters of an ink's name in file names; letters, digits and CJK are kept."""
    return re.sub(r"[^\w]", "", name).lower()


def collect(folder, pattern):
    """{page: {ink: path}} of the files whose names match `pattern`: page, ink."""
    found = {}
    for path in sorted(glob.glob(os.path.join(glob.escape(folder), "p*.tif"))):
        match = re.fullmatch(pattern, os.path.basename(path), re.S)
        if match:
            ink = urllib.parse.unquote(match[2], errors="replace")
            found.setdefault(int(match[1]), {})[ink_key(ink)] = path
    return found


def ours(chupin, pdf, folder, ppi, pages=None, seconds=120):
    """Files of our plates, and what was said. Raises on a crash, on no answer and on any exit but 0, 1 and 3."""
    command = [chupin, "plates", pdf, "--ppi", str(ppi), "--lang", "en", "-o", folder]
    said = ""
    os.makedirs(folder, exist_ok=True)
    for page in pages or [None]:
        more = ["--page", str(page)] if page else []
        done = subprocess.run(command + more, capture_output=True, timeout=seconds)
        words = (done.stdout + done.stderr).decode(errors="replace")
        if done.returncode not in (0, 1, 3):
            raise RuntimeError(f"chupin plates: exit {done.returncode}: {words.strip()[:200]}")
        said += words
    found = collect(folder, r"p(\d+)-(.*)\.tif")
    if not found:
        raise NoPlates(said.strip()[:200])
    return found, said


def prepared(pdf, folder):
    """A copy that Ghostscript draws as we do, and options for it. It cuts off what lies outside of the CropBox, so the
    copy has none; it takes any output intent for the press, so it is told of one only when its profile is CMYK."""
    copy = os.path.join(folder, "prepared.pdf")
    done = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", "--stream-data=preserve", pdf, copy],
                          capture_output=True, timeout=60)
    if done.returncode not in (0, 3):
        return pdf, []
    data = open(copy, "rb").read()
    with open(copy, "wb") as out:
        out.write(data.replace(b"/CropBox", b"/XropBox"))
    intents = {int(n) for n in re.findall(rb"/DestOutputProfile (\d+) 0 R", data)}
    with_profile = [f"--show-object={n}" for n in intents][:1]
    if not with_profile:
        return copy, []
    profile = subprocess.run(["qpdf", *with_profile, "--filtered-stream-data", copy], capture_output=True, timeout=60)
    return copy, ["-dUsePDFX3Profile"] if profile.stdout[16:20] == b"CMYK" else []


def ghostscript(pdf, folder, ppi, pages=None, seconds=600, reduced=1):
    """Files of tiffsep's plates, by page number of the file, drawn `reduced` times finer than they come out. None: it
    could not draw the file."""
    os.makedirs(folder, exist_ok=True)
    pdf, more = prepared(pdf, folder)
    span = [f"-dFirstPage={pages[0]}", f"-dLastPage={pages[-1]}"] if pages else []
    try:
        done = subprocess.run(TIFFSEP + more + span + [f"-r{ppi}", "-o", os.path.join(folder, "p%04d.tif"), pdf],
                              capture_output=True, timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        return None
    found = collect(folder, r"p(\d+)\((.*)\)\.tif")
    return {page + (pages[0] - 1 if pages else 0): inks for page, inks in found.items()}
