"""What Python's csv finds in an export: `read.py FILE EXPECTED`, the latter as JSON. Says so as JSON."""

import csv
import json
import sys
import unicodedata

MARKS = "=+-@\t\r\n＝＋－＠"


def begins_a_formula(cell):
    for letter in cell:
        if letter in MARKS:
            return True
        # Spaces, control and format characters are not seen.
        if unicodedata.category(letter)[0] not in "ZC":
            return False
    return False


def plain(row):
    return [cell.replace("'", "") for cell in row]


path, expected = sys.argv[1:]
with open(path, encoding="utf-8-sig", newline="") as file:
    head, *rows = csv.reader(file)
with open(expected, encoding="utf-8") as file:
    wanted = [plain([one["email"], one["name"], one["title"]]) for one in json.load(file)]
print(
    json.dumps(
        {
            "head": head,
            "rows": len(rows),
            "widths": sorted({len(row) for row in rows}),
            "live": sum(begins_a_formula(cell) for row in rows for cell in row),
            "same": sorted(plain([row[1], row[5], row[2]]) for row in rows) == sorted(wanted),
        }
    )
)
