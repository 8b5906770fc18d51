import time
from dataclasses import asdict, dataclass, field

import requests

from app.settings import get_settings


@dataclass
class RateTable:
    base: str
    rates: dict[str, float] = field(default_factory=dict)

    def dict(self) -> dict[str, object]:
        return asdict(self)

    def convert(self, minor: int, currency: str) -> float:
        return minor * self.rates.get(currency, 1.0)


def fetch_rates(base: str = "GBP", attempts: int = 3) -> RateTable:
    """Today's exchange rates; the bank's server often needs a second try."""
    for attempt in range(attempts):
        try:
            response = requests.get(get_settings().rates_url, params={"base": base}, timeout=5)
            response.raise_for_status()
            return RateTable(base=base, rates=response.json()["rates"])
        except requests.RequestException:
            time.sleep(0.5 * 2**attempt)
    return RateTable(base=base)
