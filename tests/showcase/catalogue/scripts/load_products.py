"""Loads a CSV of products: python scripts/load_products.py products.csv"""

import csv
import sys
import time

from app.db import SessionLocal
from app.models import Product


def main(path: str) -> None:
    session = SessionLocal()
    with open(path, newline="") as source:
        for row in csv.DictReader(source):
            session.merge(Product(**row))
            time.sleep(0.01)
    session.commit()
    session.close()
    print("done")


if __name__ == "__main__":
    main(sys.argv[1])
