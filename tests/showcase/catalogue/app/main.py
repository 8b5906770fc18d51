import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from sqlalchemy import text

from app.clients.orders import OrdersClient
from app.db import SessionDep, engine
from app.routers import limits, products, stock, suppliers
from app.settings import get_settings

log = logging.getLogger("catalogue")


async def refresh_bestsellers(client: OrdersClient) -> None:
    while True:
        skus = await client.skus_of("house")
        log.info("bestsellers", extra={"count": len(skus)})
        await asyncio.sleep(900)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    Path(get_settings().media_dir).mkdir(parents=True, exist_ok=True)
    client = OrdersClient()
    refresher = asyncio.create_task(refresh_bestsellers(client))
    yield
    refresher.cancel()
    await client.close()
    await engine.dispose()


app = FastAPI(title="Harbour Goods catalogue", lifespan=lifespan)
app.include_router(products.router, prefix="/v1")
app.include_router(suppliers.router, prefix="/v1")
app.include_router(stock.router, prefix="/v1")
app.include_router(limits.router, prefix="/v1")
app.include_router(stock.reports)


@app.get("/healthz")
async def healthz(session: SessionDep) -> dict[str, str]:
    await session.execute(text("SELECT 1"))
    return {"status": "ok"}
