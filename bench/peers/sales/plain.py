"""The sales pipeline as a plain loop: python3 plain.py INPUT OUTPUT_DIR

The way such scripts are written without a library: csv, a dictionary per table, one pass for the sums and a
second for the anomalies, as they need the means of the first. Memory stays flat.
"""

import csv
import heapq
import re
import sys
from datetime import datetime
from math import isfinite

from sales_rules import FORMATS, QUANTITY, Means, Totals, clean_email, clean_name, reasons, write_outputs

quantity_pattern = re.compile(QUANTITY)


def parse_quantity(text):
    match = quantity_pattern.match(text)
    return int(match[1].replace(",", "")) if match else 0


def ten_thousandths(text):
    try:
        number = float(text)
    except ValueError:
        return None
    return round(number * 10_000) if isfinite(number) else None


def parse_date(text):
    text = text.strip()
    for form in FORMATS if text else ():
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    return None


def clean(record):
    """Quantity, price, discount, revenue and date of a record, or None."""
    quantity = parse_quantity(record["quantity"])
    price = ten_thousandths(record["unit_price"])
    discount = ten_thousandths(record["discount_percent"])
    if quantity < 1 or price is None or price <= 0 or discount is None or not 0 <= discount <= 10_000:
        return None
    date = parse_date(record["sale_date"])
    return date and (quantity, price, discount, quantity * price * (10_000 - discount), date)


def records(source):
    with open(source, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, restval="")


def main(source, output):
    months, products, regions, categories = {}, {}, {}, {}
    read = prices = 0
    total = Totals()
    for record in records(source):
        read += 1
        row = clean(record)
        if row is None:
            continue
        quantity, price, discount, revenue, date = row
        prices += price
        for group, key in [(months, f"{date.year:04}-{date.month:02}"),
                           (products, clean_name(record["product_name"], "products")),
                           (regions, clean_name(record["region"], "regions")),
                           (categories, clean_name(record["category"], "categories"))]:
            if key not in group:
                group[key] = Totals()
            group[key].add(1, quantity, discount, revenue, revenue * discount)
        total.add(1, quantity, discount, revenue, revenue * discount)

    means = Means(total.count, total.revenue, total.quantity, prices)
    flagged, best = 0, []
    for position, record in enumerate(records(source)):
        row = clean(record)
        if row is None:
            continue
        quantity, price, discount, revenue, date = row
        score, why = reasons(means, revenue, quantity, price, discount)
        if score < 2:
            continue
        flagged += 1
        # Best first: the score, the revenue, then the smaller order id.
        best.append(((-score, -revenue, record["order_id"], position), (
            record["order_id"], clean_name(record["product_name"], "products"),
            clean_name(record["category"], "categories"), quantity, price, discount,
            clean_name(record["region"], "regions"), date, clean_email(record["customer_email"]), revenue, score, why)))
        best = heapq.nsmallest(5, best, key=lambda entry: entry[0])
    write_outputs(output, read, flagged, months, products, regions, categories, [row for _, row in best])


main(*sys.argv[1:])
