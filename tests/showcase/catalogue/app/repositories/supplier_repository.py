from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Product, Supplier
from app.services.pricing_service import round_price


class SupplierRepository:
    def __init__(self, session: Session) -> None:
        self.session = session

    def get(self, supplier_id: int) -> Supplier | None:
        return self.session.get(Supplier, supplier_id)

    def by_name(self, name: str) -> Supplier | None:
        return self.session.scalar(select(Supplier).where(Supplier.name == name))

    def add(self, supplier: Supplier) -> Supplier:
        self.session.add(supplier)
        self.session.commit()
        return supplier

    def raise_prices(self, supplier_id: int, percent: float) -> int:
        products = self.session.scalars(select(Product).where(Product.supplier_id == supplier_id)).all()
        for product in products:
            product.price_minor = round_price(product.price_minor * (1 + percent / 100))
        self.session.commit()
        return len(products)
