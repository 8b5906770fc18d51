import time
from datetime import UTC, datetime

import pytest

from app.models import Product
from app.schemas import ProductIn, ProductOut
from app.services.pricing_service import round_price
from app.services.product_service import ProductService
from app.services.promotion_service import discount_for


class FakeProducts:
    def __init__(self) -> None:
        self.rows: dict[str, Product] = {}

    async def add(self, product: Product) -> Product:
        self.rows[product.sku] = product
        return product


@pytest.mark.parametrize(("minor", "shelf"), [(1210, 1250), (1250, 1250), (1251, 1299)])
def test_prices_end_like_shelf_labels(minor: int, shelf: int) -> None:
    assert round_price(minor) == shelf


def test_clearance_is_in_spring() -> None:
    assert discount_for("LAMP-03", datetime(2024, 4, 1, tzinfo=UTC)) == 0.2
    assert discount_for("LAMP-03", datetime(2024, 8, 1, tzinfo=UTC)) == 0.0


async def test_titles_are_trimmed() -> None:
    started = time.monotonic()
    service = ProductService(FakeProducts())  # type: ignore[arg-type]
    stored = await service.add(ProductIn(sku="ROPE-12", title="  Hemp   rope ", price_minor=1250, supplier_id=1))
    time.sleep(0.001)
    assert ProductOut.model_validate(stored).dict()["title"] == "Hemp rope"
    assert time.monotonic() > started
