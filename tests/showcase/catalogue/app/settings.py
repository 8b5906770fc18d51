from functools import lru_cache

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="CATALOGUE_")

    database_url: str
    sync_database_url: str
    notifications_url: str = "http://notifications:8082"
    orders_addr: str = "orders:9090"
    rates_url: str = "https://rates.example/latest"
    media_dir: str = "/var/lib/catalogue/media"


@lru_cache
def get_settings() -> Settings:
    return Settings()
