"""Do two programs' answers agree? Compares the tables and the figures beside them cell by cell."""

import csv
import json
from decimal import Decimal, InvalidOperation

SALES = ["monthly_sales_summary", "top_products", "region_wise_performance", "category_discount_map", "anomaly_records"]


ORDERS = ["repeat_customers", "monthly_trends", "regional_revenue", "top_customers", "customer_segmentation",
          "seasonal_months", "seasonal_weekdays", "seasonal_hours", "product_analysis"]


def load_sales(folder):
    """The tables of a folder, and read, accepted and flagged from its summary."""
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    return load_tables(folder, SALES) | {"summary": [{name: str(find(summary, name)) for name in ("read", "accepted", "flagged")}]}


def load_orders(folder):
    """The tables of a folder, and the totals beside them: a peer's in one file, Assay's with each table."""
    if (folder / "totals.json").exists():
        totals = read_json(folder / "totals.json")
    else:
        totals = {}
        for table in ORDERS:
            content = read_json(folder / f"{table}.json")
            if isinstance(content, dict):
                totals[table] = {name: value for name, value in content.items() if name != table}
    return load_tables(folder, ORDERS) | {f"totals of {table}": [dict(leaves(figures))] for table, figures in totals.items()}


def load_tables(folder, names):
    answer = {}
    for name in names:
        with open(folder / f"{name}.csv", encoding="utf-8", newline="") as file:
            answer[name] = list(csv.DictReader(file))
    return answer


def read_json(path):
    return json.loads(path.read_text(encoding="utf-8"), parse_float=str, parse_int=str)


def leaves(node, path=""):
    """The single values of nested objects, by their dotted paths."""
    for name, value in node.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{path}{name}.")
        else:
            yield path + name, value


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
    for table in ours.keys() | theirs.keys():
        our_rows, their_rows = ours.get(table, []), theirs.get(table, [])
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
