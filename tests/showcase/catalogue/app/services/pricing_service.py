import math


def round_price(minor: float) -> int:
    """Prices end in 50 or 99, as they do on the shelf labels."""
    pounds = math.floor(minor / 100)
    return pounds * 100 + (50 if minor % 100 <= 50 else 99)


def shelf_price(minor: int, sku: str) -> int:
    from app.services.promotion_service import discount_for

    return round_price(minor * (1 - discount_for(sku)))
