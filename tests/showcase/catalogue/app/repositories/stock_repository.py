from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Stock
from app.routers.limits import MAX_STOCK


class StockRepository:
    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def on_hand(self, sku: str) -> int | None:
        stock = await self.session.get(Stock, sku)
        return stock.on_hand if stock else None

    async def move(self, sku: str, delta: int) -> int:
        current = await self.on_hand(sku) or 0
        wanted = max(0, min(MAX_STOCK, current + delta))
        await self.session.execute(update(Stock).where(Stock.sku == sku).values(on_hand=wanted))
        await self.session.commit()
        return wanted
