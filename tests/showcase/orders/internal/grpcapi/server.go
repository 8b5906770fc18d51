// Package grpcapi is the gRPC face of the service.
package grpcapi

import (
	"context"
	"errors"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/harbour-goods/orders/internal/notify"
	"github.com/harbour-goods/orders/internal/ordersv1"
	"github.com/harbour-goods/orders/internal/service"
)

// Server implements harbour.orders.v1.OrdersService.
type Server struct {
	ordersv1.UnimplementedOrdersServiceServer
	orders   *service.Orders
	notifier *notify.Client
}

// NewServer returns a server over the given service.
func NewServer(orders *service.Orders, notifier *notify.Client) *Server {
	return &Server{orders: orders, notifier: notifier}
}

// ListOrders implements OrdersService.
func (s *Server) ListOrders(ctx context.Context, req *ordersv1.ListOrdersRequest) (*ordersv1.ListOrdersResponse, error) {
	orders, err := s.orders.List(ctx, req.GetCustomerId(), int(req.GetPageSize()))
	if err != nil {
		return nil, status.Error(codes.Internal, "orders could not be read")
	}
	out := &ordersv1.ListOrdersResponse{}
	for _, order := range orders {
		out.Orders = append(out.Orders, toProto(order))
	}
	return out, nil
}

// GetOrder implements OrdersService.
func (s *Server) GetOrder(ctx context.Context, req *ordersv1.GetOrderRequest) (*ordersv1.Order, error) {
	order, err := s.orders.Get(ctx, req.GetId())
	if errors.Is(err, service.ErrNotFound) {
		return nil, status.Errorf(codes.NotFound, "no order %s", req.GetId())
	}
	if err != nil {
		return nil, status.Error(codes.Internal, "order could not be read")
	}
	return toProto(order), nil
}

// PlaceOrder implements OrdersService.
func (s *Server) PlaceOrder(ctx context.Context, req *ordersv1.PlaceOrderRequest) (*ordersv1.Order, error) {
	lines := make([]service.Line, 0, len(req.GetLines()))
	for _, line := range req.GetLines() {
		lines = append(lines, service.Line{
			SKU:            line.GetSku(),
			Quantity:       line.GetQuantity(),
			UnitPriceMinor: line.GetUnitPrice().GetMinorUnits(),
		})
	}
	order, err := s.orders.Place(ctx, req.GetCustomerId(), lines)
	if err != nil {
		return nil, status.Error(codes.Internal, "order could not be placed")
	}
	return toProto(order), nil
}

// CancelOrder implements OrdersService.
func (s *Server) CancelOrder(ctx context.Context, req *ordersv1.CancelOrderRequest) (*ordersv1.CancelOrderResponse, error) {
	version, err := s.orders.Cancel(ctx, req.GetId(), req.GetComment())
	if err != nil {
		return nil, status.Error(codes.Internal, "order could not be cancelled")
	}

	tell, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if err := s.notifier.Announce(tell, req.GetId(), "order-cancelled"); err != nil {
		return nil, status.Error(codes.Unavailable, "customer could not be told")
	}
	return &ordersv1.CancelOrderResponse{Id: req.GetId(), Version: version}, nil
}

func toProto(order service.Order) *ordersv1.Order {
	out := &ordersv1.Order{
		Id:           order.ID,
		CustomerId:   order.CustomerID,
		Status:       toStatus(order.Status),
		Total:        &ordersv1.Money{Currency: "GBP", MinorUnits: order.TotalMinor},
		PlacedAtUnix: order.PlacedAt.Unix(),
	}
	for _, line := range order.Lines {
		out.Lines = append(out.Lines, &ordersv1.OrderLine{
			Sku:       line.SKU,
			Quantity:  line.Quantity,
			UnitPrice: &ordersv1.Money{Currency: "GBP", MinorUnits: line.UnitPriceMinor},
		})
	}
	return out
}

func toStatus(name string) ordersv1.OrderStatus {
	value, ok := ordersv1.OrderStatus_value["ORDER_STATUS_"+name]
	if !ok {
		panic("grpcapi: no status " + name)
	}
	return ordersv1.OrderStatus(value)
}
