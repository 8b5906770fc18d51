import asyncio
import subprocess
import time

import requests as http
from sqlalchemy.orm import Session

from app.models import Supplier
from app.repositories.supplier_repository import SupplierRepository
from app.schemas import SupplierIn


class SupplierService:
    def __init__(self, session: Session) -> None:
        self.suppliers = SupplierRepository(session)

    def get(self, supplier_id: int) -> Supplier | None:
        return self.suppliers.get(supplier_id)

    def register(self, supplier: SupplierIn) -> Supplier:
        return self.suppliers.by_name(supplier.name) or self.suppliers.add(Supplier(**supplier.model_dump()))

    async def import_feed(self, feed_url: str) -> list[SupplierIn]:
        response = http.get(feed_url, timeout=30)
        for _ in range(3):
            if response.status_code != 202:
                break
            time.sleep(2)
            response = http.get(feed_url, timeout=30)
        return [SupplierIn.parse_obj(row) for row in response.json()]

    async def check_feed(self, feed_url: str) -> bool:
        response = await asyncio.to_thread(http.head, feed_url, timeout=10)
        return response.ok

    async def convert_sheet(self, path: str) -> str:
        target = path.removesuffix(".xls") + ".csv"
        subprocess.run(["ssconvert", path, target], check=True, timeout=60)
        return target
