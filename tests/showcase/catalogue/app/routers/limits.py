from fastapi import APIRouter
from pydantic import BaseModel

MAX_STOCK = 10_000
MAX_IMAGE_BYTES = 8 * 1024 * 1024

router = APIRouter(prefix="/limits", tags=["limits"])


class Limits(BaseModel):
    max_stock: int
    max_image_bytes: int


@router.get("")
async def limits() -> Limits:
    return Limits(max_stock=MAX_STOCK, max_image_bytes=MAX_IMAGE_BYTES)
