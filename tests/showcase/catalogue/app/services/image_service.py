import asyncio
from io import BytesIO
from pathlib import Path

from PIL import Image

from app.schemas import ImageOut
from app.settings import get_settings

SHELF_SIZE = (800, 800)
THUMB_SIZE = (160, 160)


async def store_image(sku: str, data: bytes) -> ImageOut:
    image = Image.open(BytesIO(data))
    image.thumbnail(SHELF_SIZE)
    path = f"{get_settings().media_dir}/{sku}.webp"
    with open(path, "wb") as target:
        image.save(target, "WEBP", quality=82)
    return ImageOut(sku=sku, path=path, width=image.width, height=image.height)


def _thumbnail(source: Path) -> Path:
    target = source.with_suffix(".thumb.webp")
    with Image.open(source) as image:
        image.thumbnail(THUMB_SIZE)
        image.save(target, "WEBP")
    return target


async def store_thumbnail(path: str) -> str:
    return str(await asyncio.to_thread(_thumbnail, Path(path)))
