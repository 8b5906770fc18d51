from datetime import UTC, datetime

from app.services.pricing_service import round_price

SPRING_CLEARANCE = {"LAMP-03": 0.2, "OILSKIN-L": 0.15}


def discount_for(sku: str, now: datetime | None = None) -> float:
    today = now or datetime.now(UTC)
    return SPRING_CLEARANCE.get(sku, 0.0) if today.month in (3, 4) else 0.0


def bundle_price(prices: list[int]) -> int:
    return round_price(sum(prices) * 0.9)
