# SPDX-License-Identifier: GPL-3.0-or-later
"""What a reader sees of a file that was published, and whether its pages are fit to print."""
import subprocess
import unicodedata
import zipfile

from quarterdeck_lab import need


def words_of(file):
    """What a reader sees of it, with what else the file says of itself."""
    if file.suffix == ".pdf":
        texts = [subprocess.run([need(f"/usr/bin/{program}", "poppler-utils"), file, *more], capture_output=True, text=True, check=True).stdout for program, more in (("pdftotext", ["-"]), ("pdfinfo", []))]
        return unicodedata.normalize("NFKC", "\n".join(texts)).replace("\u00ad", "") # "ﬁ" is one letter there
    if file.suffix == ".odt":
        with zipfile.ZipFile(file) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return file.read_text()


def assert_pages_are_fit_to_print(test, file):
    """Every page as a picture: something stands on it, and nothing runs past its margins."""
    subprocess.run([need("/usr/bin/pdftoppm", "poppler-utils"), "-gray", "-r", "50", file, file.with_suffix(".page")], check=True)
    pages = sorted(file.parent.glob(f"{file.stem}.page-*.pgm"))
    test.assertGreater(len(pages), 0)
    for page in pages:
        magic, size, depth, pixels = page.read_bytes().split(b"\n", 3)
        width, height = map(int, size.split())
        test.assertEqual((magic, depth, len(pixels)), (b"P5", b"255", width * height))
        ink = [(x, y) for y in range(height) for x in range(width) if pixels[y * width + x] < 160]
        test.assertGreater(len(ink), 100, f"{page.name} is blank")
        edge = width // 40
        past = [(x, y) for x, y in ink if not (edge <= x < width - edge and edge <= y < height - edge)]
        test.assertEqual(past, [], f"{page.name}: past the margins")
