"""The sales pipeline in pandas: python3 pandas_peer.py INPUT OUTPUT_DIR

Vectorised, in chunks, and each column is cleaned once per distinct value of a chunk: the reader encodes the
columns as categories while it parses. Numbers are whole ten-thousandths in 64 bits, so that sums are exact.
"""

import sys

import numpy as np
import pandas as pd
from pandas.api.extensions import take

from sales_rules import FORMATS, QUANTITY, Means, Totals, clean_email, clean_name, reasons, write_outputs

CHUNK = 500_000
NAMES = {"product_name": "products", "category": "categories", "region": "regions"}
NUMBERS = ["quantity", "unit_price", "discount_percent"]
ENCODED = [*NAMES, "customer_email", *NUMBERS, "sale_date"]


def ten_thousandths(text):
    numbers = pd.to_numeric(text, errors="coerce")
    return (numbers.where(numbers.abs() < 1e10) * 10_000).round()


def quantities(text):
    return pd.to_numeric(text.str.extract(QUANTITY, expand=False).str.replace(",", "", regex=False))


def dates(text):
    text = text.str.strip()
    result = pd.Series(pd.NaT, index=text.index, dtype="datetime64[ns]")
    for form in FORMATS:
        left = result.isna()
        result[left] = pd.to_datetime(text[left], format=form, errors="coerce", exact=True)
    return result


def per_distinct(column, clean):
    """Cleans a chunk's distinct values and spreads the results over its rows; a missing value stays missing."""
    distinct = clean(pd.Series(column.cat.categories, dtype=object).astype(str))
    return take(distinct.to_numpy(), column.cat.codes.to_numpy(), allow_fill=True)


def relabel(column, clean):
    """Like per_distinct for text, but the rows stay encoded; a missing value is cleaned as empty text."""
    codes, labels = pd.factorize(np.array([*map(clean, column.cat.categories), clean("")], dtype=object))
    return pd.Categorical.from_codes(codes[column.cat.codes.to_numpy()], labels)


def clean(chunk):
    quantity = per_distinct(chunk["quantity"], quantities)
    price = per_distinct(chunk["unit_price"], ten_thousandths)
    discount = per_distinct(chunk["discount_percent"], ten_thousandths)
    date = per_distinct(chunk["sale_date"], dates)
    frame = pd.DataFrame({"order_id": chunk["order_id"].to_numpy(), "date": date})
    for column, name in NAMES.items():
        frame[column] = relabel(chunk[column], lambda text, name=name: clean_name(text, name))
    frame["customer_email"] = relabel(chunk["customer_email"], clean_email)
    accepted = (quantity >= 1) & (price > 0) & (discount >= 0) & (discount <= 10_000) & ~np.isnat(date)
    frame = frame[accepted]
    whole = {"quantity": quantity, "price": price, "discount": discount}
    frame = frame.assign(**{name: values[accepted].astype(np.int64) for name, values in whole.items()})
    frame["revenue"] = frame["quantity"] * frame["price"] * (10_000 - frame["discount"])
    return frame


def add_cells(frame, groups):
    """Sums a chunk by all keys at once, then adds its few cells up in Python's integers, which do not overflow."""
    # Only a rate of 6 digits comes from the weighted sum, so doubles will do.
    frame = frame.assign(month=frame["date"].to_numpy().astype("datetime64[M]"),
                         weighted=frame["revenue"].astype(float) * frame["discount"])
    cells = frame.groupby(["month", *NAMES], observed=True, sort=False).agg(
        count=("quantity", "size"), quantity=("quantity", "sum"), discount=("discount", "sum"),
        revenue=("revenue", "sum"), weighted=("weighted", "sum"))
    for (month, *names), *sums in zip(cells.index, *(cells[column].tolist() for column in cells)):
        sums[-1] = int(sums[-1])
        for group, key in zip(groups, [month.strftime("%Y-%m"), *names]):
            group.setdefault(key, Totals()).add(*sums)


def score(frame, means):
    high_revenue, high_quantity, high_price = means.bounds()
    revenue, quantity, price, discount = (frame[name] for name in ["revenue", "quantity", "price", "discount"])
    return (3 * (revenue > high_revenue) + 2 * (quantity > high_quantity) + 2 * (price > high_price)
            + 1 * (discount > 7_000) + 2 * ((price > 10_000_000) & (discount > 5_000))
            + 1 * (revenue > 50_000 * 10**8) + 2 * ((quantity > 100) & (price > 5_000_000)))


def best(frames, means):
    """How many rows are flagged, and the five best with their reasons."""
    suspects = pd.concat([frame.assign(score=points)[points >= 2]
                          for frame in frames for points in [score(frame, means)]])
    top = suspects.sort_values(["score", "revenue", "order_id"], ascending=[False, False, True]).head(5)
    return len(suspects), [
        (row.order_id, row.product_name, row.category, row.quantity, row.price, row.discount, row.region, row.date,
         row.customer_email, row.revenue, *reasons(means, row.revenue, row.quantity, row.price, row.discount))
        for row in top.itertuples()]


def main(source, output):
    read, price, frames = 0, 0, []
    groups = months, products, categories, regions = {}, {}, {}, {}
    for chunk in pd.read_csv(source, usecols=["order_id", *ENCODED], keep_default_na=False, na_values=[""],
                             dtype={"order_id": str} | dict.fromkeys(ENCODED, "category"), chunksize=CHUNK):
        read += len(chunk)
        frame = clean(chunk)
        add_cells(frame, groups)
        price += int(frame["price"].sum())
        frames.append(frame)
    total = Totals()
    for month in months.values():
        total.add(month.count, month.quantity, month.discount, month.revenue, month.weighted)
    flagged, anomalies = best(frames, Means(total.count, total.revenue, total.quantity, price))
    write_outputs(output, read, flagged, months, products, regions, categories, anomalies)


main(*sys.argv[1:])
