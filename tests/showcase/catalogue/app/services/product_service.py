from typing import Annotated, Any

import httpx
from fastapi import Depends

from app.db import SessionDep
from app.models import Product
from app.repositories.product_repository import ProductRepository
from app.schemas import ProductIn
from app.services.pricing_service import shelf_price
from app.settings import get_settings


def get_product_repository(session: SessionDep) -> ProductRepository:
    return ProductRepository(session)


class ProductService:
    def __init__(self, products: Annotated[ProductRepository, Depends(get_product_repository)]) -> None:
        self.products = products

    async def search(self, text: str | None) -> list[Product]:
        return await self.products.search(text)

    async def get(self, sku: str) -> Product | None:
        return await self.products.get(sku)

    async def add(self, product: ProductIn) -> Product:
        return await self.products.add(Product(**product.dict()))

    async def reprice(self, sku: str, change: dict[str, Any]) -> Product | None:
        product = await self.products.get(sku)
        if product is None:
            return None
        before = product.price_minor
        await self.products.set_price(product, shelf_price(int(change["priceMinor"]), sku))
        if product.price_minor < before:
            await self._announce(product)
        return product

    async def _announce(self, product: Product) -> None:
        async with httpx.AsyncClient(base_url=get_settings().notifications_url, timeout=3.0) as client:
            await client.post(
                "/v1/notifications",
                json={"customer_id": "watchers", "template": "price-drop", "variables": {"sku": product.sku}},
            )
