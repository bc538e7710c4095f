"""The rules of the sales pipeline that the two Python peers share.

Prices and discounts are whole ten-thousandths and revenue is whole hundred-millionths, so that sums are exact.
"""

import csv
import json
import re
from pathlib import Path

FORMATS = ["%Y-%m-%d %H:%M:%S", "%Y/%m/%d", "%Y-%m-%d", "%d-%b-%Y", "%m/%d/%Y", "%d/%m/%Y"]
QUANTITY = r"^\s*(\d+|\d{1,3}(?:,\d{3})+)(?:\.0*)?\s*(?:units?)?\s*$"
MAPS = json.loads((Path(__file__).parent / "maps.json").read_text())

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def clean_name(text, map_name):
    """The mapped name, or else the text in title case; empty text is a missing name."""
    text = " ".join(text.split()).lower()
    mapped = MAPS[map_name].get(text)
    return mapped if mapped is not None else _WORD.sub(lambda word: word[0].capitalize(), text)


def clean_email(text):
    text = text.strip().lower()
    local, at, domain = text.rpartition("@")
    return text if at and "." in domain else "anonymous"


def half_even(numerator, denominator):
    """The quotient of two whole numbers, rounded half to even."""
    quotient, rest = divmod(numerator, denominator)
    return quotient + (2 * rest > denominator or (2 * rest == denominator and quotient % 2 == 1))


def fixed(units, digits, thousands=""):
    whole, part = divmod(units, 10**digits)
    return f"{whole:{thousands}}.{part:0{digits}}"


def money(hundred_millionths, count=1, thousands=""):
    return fixed(half_even(hundred_millionths, count * 10**6), 2, thousands)


class Means:
    """Sums over the accepted rows; values are compared with their means without division."""

    def __init__(self, count, revenue, quantity, price):
        self.count, self.revenue, self.quantity, self.price = count, revenue, quantity, price

    def bounds(self):
        """The greatest revenue, quantity and price that are not yet suspicious."""
        count = max(self.count, 1)
        return 10 * self.revenue // count, 5 * self.quantity // count, 5 * self.price // count


def reasons(means, revenue, quantity, price, discount):
    """The points of a row and what each was given for."""
    high_revenue, high_quantity, high_price = means.bounds()
    found = []
    if revenue > high_revenue:
        found.append((3, f"Extremely high revenue: ${money(revenue, 1, ',')} (avg: ${money(means.revenue, means.count, ',')})"))
    if quantity > high_quantity:
        found.append((2, f"Unusually high quantity: {quantity} (avg: {fixed(half_even(means.quantity * 10, means.count), 1)})"))
    if price > high_price:
        found.append((2, f"Extremely high unit price: ${_price(price)} (avg: ${money(means.price * 10**4, means.count, ',')})"))
    if discount > 7_000:
        found.append((1, f"Suspicious high discount: {_percent(discount)}"))
    if price > 10_000_000 and discount > 5_000:
        found.append((2, f"High-value item (${_price(price)}) with large discount ({_percent(discount)})"))
    if revenue > 50_000 * 10**8:
        found.append((1, f"High-value transaction: ${money(revenue, 1, ',')}"))
    if quantity > 100 and price > 5_000_000:
        found.append((2, f"Large quantity ({quantity}) of expensive items (${_price(price)})"))
    return sum(points for points, _ in found), "; ".join(reason for _, reason in found)


def _price(ten_thousandths):
    return money(ten_thousandths * 10**4, 1, ",")


def _percent(ten_thousandths):
    return f"{fixed(half_even(ten_thousandths, 10), 1)}%"


class Totals:
    """The sums of one group."""

    __slots__ = ("count", "quantity", "discount", "revenue", "weighted")

    def __init__(self):
        self.count = self.quantity = self.discount = self.revenue = self.weighted = 0

    def add(self, count, quantity, discount, revenue, weighted):
        self.count += count
        self.quantity += quantity
        self.discount += discount
        self.revenue += revenue
        self.weighted += weighted


def write_outputs(output, read, flagged, months, products, regions, categories, anomalies):
    """Writes the five tables and the summary.

    The groups are Totals by key; weighted is the sum of revenue times discount, in 10^-12. The anomalies are
    (order id, product, category, quantity, price, discount, region, date, email, revenue, score, reasons).
    """
    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)

    def write(name, header, rows):
        with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(rows)

    def by_revenue(groups):
        ordered = sorted(groups.items(), key=lambda item: (-item[1].revenue, item[0]))
        return [(name, money(total.revenue), total.quantity) for name, total in ordered]

    write("monthly_sales_summary", ["month", "revenue", "quantity", "avg_discount"],
          [(month, money(total.revenue), total.quantity, fixed(half_even(total.discount * 100, total.count), 6))
           for month, total in sorted(months.items())])
    write("top_products", ["product_name", "revenue", "quantity"], by_revenue(products)[:10])
    write("region_wise_performance", ["region", "revenue", "quantity"], by_revenue(regions))
    rates = [(half_even(total.weighted * 100, total.revenue) if total.revenue else 0, name)
             for name, total in categories.items()]
    write("category_discount_map", ["category", "avg_discount"],
          [(name, fixed(rate, 6)) for rate, name in sorted(rates, key=lambda item: (-item[0], item[1]))])
    write("anomaly_records",
          ["order_id", "product_name", "category", "quantity", "unit_price", "discount_percent", "region", "sale_date",
           "customer_email", "revenue", "anomaly_score", "anomaly_reasons"],
          [(order, product, category, quantity, money(price * 10**4), fixed(discount, 4), region,
            date.strftime("%Y-%m-%d %H:%M:%S"), email, money(revenue), score, why)
           for order, product, category, quantity, price, discount, region, date, email, revenue, score, why in anomalies])
    accepted = sum(total.count for total in months.values())
    (folder / "summary.json").write_text(json.dumps({"read": read, "accepted": accepted, "flagged": flagged}))
