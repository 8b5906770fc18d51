from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Product


class ProductRepository:
    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def get(self, sku: str) -> Product | None:
        return await self.session.get(Product, sku)

    async def search(self, text: str | None, limit: int = 50) -> list[Product]:
        query = select(Product).order_by(Product.title).limit(limit)
        if text:
            query = query.where(Product.title.ilike(f"%{text}%"))
        return list(await self.session.scalars(query))

    async def add(self, product: Product) -> Product:
        self.session.add(product)
        await self.session.commit()
        return product

    async def set_price(self, product: Product, price_minor: int) -> None:
        product.price_minor = price_minor
        await self.session.commit()
