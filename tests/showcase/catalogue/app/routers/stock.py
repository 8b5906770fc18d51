from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, UploadFile, status
from sqlalchemy import select

from app.db import SessionDep
from app.models import Product, Stock
from app.repositories.stock_repository import StockRepository
from app.routers.limits import MAX_IMAGE_BYTES
from app.schemas import ImageOut, ProductOut, StockMove, StockOut
from app.services.image_service import store_image, store_thumbnail

router = APIRouter(prefix="/stock", tags=["stock"])
reports = APIRouter(prefix="/reports", tags=["reports"])


def get_stock_repository(session: SessionDep) -> StockRepository:
    return StockRepository(session)


@router.get("/{sku}")
async def on_hand(sku: str, stock: Annotated[StockRepository, Depends(get_stock_repository)]) -> StockOut:
    count = await stock.on_hand(sku)
    if count is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, f"no stock of {sku}")
    return StockOut(sku=sku, on_hand=count)


@router.post("/moves")
async def move(change: StockMove, stock: Annotated[StockRepository, Depends(get_stock_repository)]) -> StockOut:
    return StockOut(sku=change.sku, on_hand=await stock.move(change.sku, change.delta))


@router.post("/{sku}/image")
async def image(sku: str, upload: UploadFile) -> ImageOut:
    data = await upload.read()
    if len(data) > MAX_IMAGE_BYTES:
        raise HTTPException(status.HTTP_413_REQUEST_ENTITY_TOO_LARGE, "that picture is too large")
    stored = await store_image(sku, data)
    await store_thumbnail(stored.path)
    return stored


@reports.get("/slow-movers")
async def slow_movers(session: SessionDep, below: int = 3) -> list[ProductOut]:
    rows = await session.scalars(
        select(Product).join(Stock, Stock.sku == Product.sku).where(Stock.sold_last_month < below)
    )
    return [ProductOut.model_validate(row) for row in rows]
