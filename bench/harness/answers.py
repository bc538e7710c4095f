"""Do two programs' answers agree? Compares the five tables and the books cell by cell."""

import csv
import json
from decimal import Decimal, InvalidOperation

TABLES = ["monthly_sales_summary", "top_products", "region_wise_performance", "category_discount_map", "anomaly_records"]


def load(folder):
    """The tables of a folder, and read, accepted and flagged from its summary."""
    answer = {}
    for table in TABLES:
        with open(folder / f"{table}.csv", encoding="utf-8", newline="") as file:
            answer[table] = list(csv.DictReader(file))
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    answer["summary"] = [{name: str(find(summary, name)) for name in ("read", "accepted", "flagged")}]
    return answer


def find(node, name):
    """The value of a key, however deep it lies; None when it is nowhere."""
    if not isinstance(node, (dict, list)):
        return None
    if isinstance(node, dict) and name in node:
        return node[name]
    children = node.values() if isinstance(node, dict) else node
    return next((value for value in (find(child, name) for child in children) if value is not None), None)


def differences(ours, theirs):
    """Where two answers differ, in words. All peers compute exactly, so figures must be equal to the last digit."""
    found = []
    for table, our_rows in ours.items():
        their_rows = theirs[table]
        if len(our_rows) != len(their_rows):
            found.append(f"{table}: {len(our_rows)} rows against {len(their_rows)}")
            continue
        for number, (ours_, theirs_) in enumerate(zip(our_rows, their_rows), 1):
            found += [f"{table} row {number}, {column}: {ours_.get(column)!r} against {theirs_.get(column)!r}"
                      for column in sorted(ours_.keys() | theirs_.keys()) if not same(ours_.get(column), theirs_.get(column))]
    return found


def same(ours, theirs):
    if ours == theirs:
        return True
    try:
        return Decimal(ours) == Decimal(theirs)
    except (InvalidOperation, TypeError):
        return False
