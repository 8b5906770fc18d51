import grpc

from app.grpc_gen import orders_pb2, orders_pb2_grpc
from app.settings import get_settings


class OrdersClient:
    """Asks the orders service what a customer bought."""

    def __init__(self) -> None:
        self._channel = grpc.aio.insecure_channel(get_settings().orders_addr)
        self._stub = orders_pb2_grpc.OrdersServiceStub(self._channel)

    async def skus_of(self, customer_id: str) -> set[str]:
        request = orders_pb2.ListOrdersRequest(customer_id=customer_id, page_size=50)
        response = await self._stub.ListOrders(request, timeout=2.0)
        return {line.sku for order in response.orders for line in order.lines}

    async def status_of(self, order_id: str) -> int:
        order = await self._stub.GetOrder(orders_pb2.GetOrderRequest(id=order_id))
        return order.status

    async def close(self) -> None:
        await self._channel.close()
