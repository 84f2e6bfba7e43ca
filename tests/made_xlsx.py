#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Makes the workbooks of tests/document/xlsx: all of them constructed.

usage: made_xlsx.py DIRECTORY
"""
import io
import os
import sys
import zipfile

WHEN = (2026, 1, 1, 0, 0, 0)
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = ('xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
         'relationships"')
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/' \
    'content-types"/>'
# Strings stand in their own part: rich ones in pieces, and with a reading.
TEXTS = ['<t>Site list, constructed</t>', '<t>设备名称</t>', '<t>厂商</t>',
         '<t>型号</t>', '<t>serial</t>', '<t>出厂日期</t>',
         '<r><t xml:space="preserve">Hua</t></r><r><t>wei</t></r>',
         '<t>中兴</t><rPh sb="0" eb="2"><t>reading</t></rPh>']


def cell(at, value, kind="s"):
    if kind == "inlineStr":
        return f'<c r="{at}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{at}" t="{kind}"><v>{value}</v></c>'


def row(n, *cells):
    return f'<row r="{n}">' + "".join(cells) + "</row>"


def sheet(*rows):
    return f"<worksheet {MAIN}><sheetData>" + "".join(rows) + \
        "</sheetData></worksheet>"


def head(n):
    return row(n, *(cell(f"{'ABCDE'[i]}{n}", i + 1) for i in range(5)))


CORE = sheet(
    row(1, cell("A1", 0)), head(3),
    row(4, cell("A4", "core-1", "inlineStr"), cell("B4", 6),
        cell("C4", "CE6850", "str"), cell("D4", "2102350", "n"),
        cell("E4", 44927, "n")),
    row(6, cell("A6", "core-2", "inlineStr"), cell("B6", 7),
        cell("D6", "2.10235E+19", "n"), cell("E6", 1, "b")))
# Cells and rows need not say where they stand.
ACCESS = sheet(
    "<row>" + "".join(f"<c t='inlineStr'><is><t>{t}</t></is></c>"
                      for t in ("hostname", "make", "model")) + "</row>",
    "<row><c t='inlineStr'><is><t>olt-1</t></is></c><c t='s'><v>7</v></c>"
    "<c t='str'><v>C320</v></c></row>")


def book(sheets, texts=TEXTS):
    """Parts in the order that spreadsheets write them; tabs stand the other
    way round than the files' numbers."""
    n = len(sheets)
    tabs = "".join(f'<sheet name="s{i}" sheetId="{i}" r:id="r{i}"/>'
                   for i in range(n, 0, -1))
    links = "".join(f'<Relationship Id="r{i}" Target="worksheets/sheet{i}.xml"'
                    ' Type="worksheet"/>' for i in range(1, n + 1))
    parts = {"[Content_Types].xml": TYPES,
             "xl/workbook.xml": f"<workbook {MAIN} {LINKS}><sheets>{tabs}"
             "</sheets></workbook>",
             "xl/_rels/workbook.xml.rels":
             f"<Relationships>{links}</Relationships>"}
    for i, s in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{i}.xml"] = s
    parts["xl/vbaProject.bin"] = "no macro is looked at"
    parts["xl/sharedStrings.xml"] = f"<sst {MAIN}>" + "".join(
        f"<si>{t}</si>" for t in texts) + "</sst>"
    return parts


class Stream(io.BytesIO):
    """Cannot go back, so that sizes stand behind what they are of."""

    def seekable(self):
        return False

    def tell(self):
        raise io.UnsupportedOperation


def pack(parts, out=None, zip64=False):
    out = io.BytesIO() if out is None else out
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, WHEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            with z.open(info, "w", force_zip64=zip64) as f:
                f.write(text.encode())
    return out.getvalue()


def encrypted(octets):
    """The flag alone: the octets behind it are those of nobody's cipher."""
    out = bytearray(octets)
    at = out.index(b"PK\3\4", 4)
    while at >= 0:
        out[at + 6] |= 1
        at = out.find(b"PK\3\4", at + 4)
    return bytes(out)


def main(where):
    plain = book([ACCESS, CORE])
    broken = dict(plain)
    broken["xl/worksheets/sheet2.xml"] = CORE.replace("</row><row r=\"6\">",
                                                      "<row r=\"6\">")
    nothing = book([sheet(row(1, cell("A1", 0)))])
    bomb = book([ACCESS.replace("<sheetData>",
                                "<sheetData>" + " " * (20 << 20)), CORE])
    files = {"two.xlsx": pack(plain), "streamed.xlsx": pack(plain, Stream()),
             "zip64.xlsx": pack(plain, zip64=True),
             "broken.xlsx": pack(broken), "nothing.xlsx": pack(nothing),
             "encrypted.xlsx": encrypted(pack(plain)),
             "bomb.xlsx": pack(bomb)}
    for name, octets in files.items():
        with open(os.path.join(where, name), "wb") as f:
            f.write(octets)


main(sys.argv[1])
