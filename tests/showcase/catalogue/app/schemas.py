from pydantic import AliasGenerator, BaseModel, ConfigDict, Field, field_validator, validator
from pydantic.alias_generators import to_camel


class Wire(BaseModel):
    model_config = ConfigDict(
        alias_generator=AliasGenerator(serialization_alias=to_camel),
        populate_by_name=True,
    )


class ProductIn(Wire):
    sku: str = Field(pattern=r"^[A-Z0-9-]{3,32}$")
    title: str = Field(min_length=3, max_length=200)
    price_minor: int = Field(gt=0)
    currency: str = "GBP"
    supplier_id: int

    @validator("title")
    def title_is_trimmed(cls, value: str) -> str:
        return " ".join(value.split())

    @field_validator("currency")
    @classmethod
    def currency_is_upper(cls, value: str) -> str:
        return value.upper()


class ProductOut(Wire):
    model_config = ConfigDict(from_attributes=True)

    sku: str
    title: str
    price_minor: int
    currency: str


class SupplierIn(BaseModel):
    name: str
    feed_url: str | None = None


class SupplierOut(BaseModel):
    id: int
    name: str

    class Config:
        from_attributes = True


class StockOut(Wire):
    sku: str
    on_hand: int


class StockMove(BaseModel):
    sku: str
    delta: int
    reason: str = ""


class ImageOut(BaseModel):
    sku: str
    path: str
    width: int
    height: int
