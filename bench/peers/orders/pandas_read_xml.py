"""Orders XML into a data frame: python3 pandas_read_xml.py tree|iterparse FILE

read_xml keeps the tree of the whole document beside lists of its values, over 5 kB a record; with iterparse= it
keeps dictionaries, a quarter of that. Neither works in pieces.
"""

import sys

import pandas as pd

FIELDS = ["order_id", "mobile_number", "order_date_time", "sku_id", "sku_count", "total_amount"]


def main(way, path):
    if way == "iterparse":
        frame = pd.read_xml(path, iterparse={"order": FIELDS}, dtype=str)
    else:
        frame = pd.read_xml(path, xpath="/orders/order", dtype=str)
    print(len(frame))


main(*sys.argv[1:])
