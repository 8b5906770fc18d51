from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, status

from app.clients.rates import fetch_rates
from app.schemas import ProductIn, ProductOut
from app.services.product_service import ProductService

router = APIRouter(prefix="/products", tags=["products"])

Products = Annotated[ProductService, Depends()]


@router.get("")
async def search(products: Products, search: str | None = None) -> list[ProductOut]:
    return [ProductOut.model_validate(product) for product in await products.search(search)]


@router.get("/{sku}")
async def get(sku: str, products: Products) -> ProductOut:
    product = await products.get(sku)
    if product is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, f"no product {sku}")
    return ProductOut.from_orm(product)


@router.post("", status_code=status.HTTP_201_CREATED)
async def create(product: ProductIn, products: Products) -> ProductOut:
    return ProductOut.model_validate(await products.add(product))


@router.patch("/{sku}/price")
async def reprice(sku: str, change: dict[str, Any], products: Products) -> ProductOut:
    product = await products.reprice(sku, change)
    if product is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, f"no product {sku}")
    return ProductOut.model_validate(product)


@router.get("/{sku}/prices")
async def foreign_prices(sku: str, products: Products):
    product = await products.get(sku)
    if product is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, f"no product {sku}")
    table = fetch_rates(product.currency)
    return {"table": table.dict(), "usd": table.convert(product.price_minor, "USD")}
