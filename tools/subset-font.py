#!/usr/bin/env python3
"""Make the small fonts in papers/fonts from complete ones.

    pip install fonttools
    python3 tools/subset-font.py LXGWWenKai-Regular.ttf 0    "Jianyan Text"  papers/fonts/JianyanText.ttf
    python3 tools/subset-font.py NotoSerifCJK-Bold.ttc  2    "Jianyan Title" papers/fonts/JianyanTitle.otf
    python3 tools/subset-font.py NotoSansCJK-Medium.ttc 2    "Jianyan Hei"   papers/fonts/JianyanHei.otf

The sources are Debian's fonts-lxgw-wenkai, fonts-noto-cjk and fonts-noto-cjk-extra; 2 is the simplified Chinese face
of a Noto collection. Kept are the 8,105 characters of 通用规范汉字表 (papers/fonts/characters.txt), the Han characters
of GB 2312, Latin with the tone marks of pinyin, Greek, punctuation, circled and Roman numerals, boxes and ticks. The
families are renamed since a subset is a modified version in the sense of the Open Font License; the copyright notes
stay as they are.
"""
import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent


def wanted() -> set[int]:
    """The code points a paper may need."""
    points = {ord(c) for c in (ROOT / "papers/fonts/characters.txt").read_text("utf-8") if not c.isspace()}
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                points.add(ord(bytes([row, cell]).decode("gb2312")))
            except UnicodeDecodeError:
                pass
    for first, last in [
        (0x20, 0x7E),       # Latin
        (0xA0, 0xFF),       # Latin-1
        (0x100, 0x17F),     # letters with tone marks
        (0x1CD, 0x1DC),
        (0x370, 0x3FF),     # Greek
        (0x2010, 0x2044),   # dashes, quotation marks, dots, per mille
        (0x2070, 0x209F),   # raised and lowered digits
        (0x20A0, 0x20BF),   # currencies
        (0x2100, 0x214F),   # ℃ №
        (0x2150, 0x218F),   # fractions, Roman numerals
        (0x2190, 0x21FF),   # arrows
        (0x2200, 0x22FF),   # mathematics
        (0x2460, 0x24FF),   # circled and bracketed numbers
        (0x2500, 0x257F),   # lines
        (0x25A0, 0x25FF),   # boxes
        (0x2600, 0x2612),   # stars, ☐ ☑ ☒
        (0x2713, 0x2717),   # ticks
        (0x3000, 0x303F),   # Chinese punctuation, 〇 〔〕
        (0x3200, 0x32FF),   # bracketed and circled Han and numbers
        (0x3380, 0x33DF),   # units
        (0xFE30, 0xFE4F),
        (0xFF00, 0xFFEF),   # full-width forms
    ]:
        points.update(range(first, last + 1))
    return points


def add_ticked_box(font: TTFont) -> None:
    """☑, which forms need and few Chinese fonts have, from the font's own □ and √."""
    cmap = font.getBestCmap()
    if 0x2611 in cmap or 0x25A1 not in cmap or 0x221A not in cmap:
        return
    glyphs = font["glyf"]
    box, tick = glyphs[cmap[0x25A1]], glyphs[cmap[0x221A]]
    scale = 0.9 * (box.xMax - box.xMin) / (tick.xMax - tick.xMin)
    pen = TTGlyphPen(font.getGlyphSet())
    pen.addComponent(cmap[0x25A1], (1, 0, 0, 1, 0, 0))
    pen.addComponent(cmap[0x221A], (
        scale, 0, 0, scale,
        (box.xMin + box.xMax - scale * (tick.xMin + tick.xMax)) / 2,
        (box.yMin + box.yMax - scale * (tick.yMin + tick.yMax)) / 2,
    ))
    name = "uni2611"
    font.setGlyphOrder(font.getGlyphOrder() + [name])
    glyphs[name] = pen.glyph()
    glyphs[name].recalcBounds(glyphs)
    font["hmtx"][name] = (font["hmtx"][cmap[0x25A1]][0], glyphs[name].xMin)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[0x2611] = name


def main() -> None:
    source, face, family, target = sys.argv[1:]
    options = subset.Options()
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    # Vertical forms and language variants are of no use on these papers.
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "calt"]
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx", "STAT", "meta"]
    font = subset.load_font(source, options, dontLoadGlyphNames=True) if face == "0" else TTFont(
        source, fontNumber=int(face), lazy=True
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted())
    subsetter.subset(font)
    for record in list(font["name"].names):
        if record.nameID in (1, 2, 3, 4, 6, 16, 17, 21, 22, 25):
            font["name"].removeNames(nameID=record.nameID)
    plain = family.replace(" ", "")
    for number, text in [(1, family), (2, "Regular"), (3, f"{plain}-subset"), (4, family), (6, plain)]:
        font["name"].setName(text, number, 3, 1, 0x409)
    if "glyf" in font:
        add_ticked_box(font)
    # One face per family: the weight must not make a shaper look for another.
    font["OS/2"].usWeightClass = 400
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0x21) | 0x40
    font["head"].macStyle = 0
    # The same input makes the same file.
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [plain]
        top = cff.topDictIndex[0]
        top.FullName, top.FamilyName = family, family
        if hasattr(top, "Weight"):
            top.Weight = "Regular"
    font.save(target)
    cmap = font.getBestCmap()
    lacking = [c for c in (ROOT / "papers/fonts/characters.txt").read_text("utf-8") if not c.isspace() and ord(c) not in cmap]
    print(target, Path(target).stat().st_size, "bytes;", len(cmap), "characters; lacking of the table:", "".join(lacking))


if __name__ == "__main__":
    main()
