import asyncio

import requests
from fastapi import APIRouter, HTTPException, Request, status
from pydantic import ValidationError

from app.db import SessionLocal, SyncSessionDep
from app.schemas import SupplierIn, SupplierOut
from app.services.supplier_service import SupplierService

router = APIRouter(prefix="/suppliers", tags=["suppliers"])


@router.get("/{supplier_id}")
def get(supplier_id: int, session: SyncSessionDep) -> SupplierOut:
    supplier = SupplierService(session).get(supplier_id)
    if supplier is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, f"no supplier {supplier_id}")
    return SupplierOut.model_validate(supplier)


@router.post("")
def register(supplier: SupplierIn) -> SupplierOut:
    session = SessionLocal()
    try:
        return SupplierOut.model_validate(SupplierService(session).register(supplier))
    finally:
        session.close()


@router.post("/ping")
async def ping(feed_url: str) -> bool:
    response = requests.get(feed_url, timeout=5)
    return response.ok


@router.post("/webhook", status_code=status.HTTP_202_ACCEPTED)
async def webhook(request: Request) -> SupplierOut:
    body = await request.json()
    if "name" not in body or not isinstance(body["name"], str):
        raise HTTPException(status.HTTP_422_UNPROCESSABLE_ENTITY, "name is missing")
    return SupplierOut(id=int(body.get("id", 0)), name=body["name"])


@router.post("/feed")
async def feed(request: Request, session: SyncSessionDep) -> list[SupplierOut]:
    try:
        supplier = SupplierIn.model_validate(await request.json())
    except ValidationError as error:
        raise HTTPException(status.HTTP_422_UNPROCESSABLE_ENTITY, error.errors()) from error
    service = SupplierService(session)
    if not supplier.feed_url or not await service.check_feed(supplier.feed_url):
        return []
    rows = await service.import_feed(supplier.feed_url)
    return await asyncio.to_thread(lambda: [SupplierOut.model_validate(service.register(row)) for row in rows])
