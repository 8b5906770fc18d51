// Package service holds the rules of ordering.
package service

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"
)

// ErrNotFound says that there is no such order.
var ErrNotFound = errors.New("order not found")

// Line is one product of an order.
type Line struct {
	SKU            string `json:"sku"`
	Quantity       int32  `json:"quantity"`
	UnitPriceMinor int64  `json:"unitPriceMinor"`
}

// Order is an order as the rules see it.
type Order struct {
	ID         string    `json:"id"`
	CustomerID string    `json:"customerId"`
	Status     string    `json:"status"`
	Lines      []Line    `json:"lines"`
	TotalMinor int64     `json:"totalMinor"`
	PlacedAt   time.Time `json:"placedAt"`
}

// Store keeps orders.
type Store interface {
	Get(ctx context.Context, id string) (Order, error)
	ListByCustomer(ctx context.Context, customerID string, limit int) ([]Order, error)
	Save(ctx context.Context, order Order) error
	ListUnpaid(ctx context.Context, before time.Time) ([]Order, error)
}

// EventLog is the append-only history of every order.
type EventLog interface {
	Append(ctx context.Context, orderID, kind string, payload any) (int64, error)
}

// Notifier tells a customer about an order.
type Notifier interface {
	Send(ctx context.Context, customerID, template string, variables map[string]string) error
}

// Orders is the service itself.
type Orders struct {
	store    Store
	events   EventLog
	notifier Notifier
	log      *slog.Logger
}

// New returns a service over the given ports.
func New(store Store, events EventLog, notifier Notifier, log *slog.Logger) *Orders {
	return &Orders{store: store, events: events, notifier: notifier, log: log}
}

// Get returns one order.
func (o *Orders) Get(ctx context.Context, id string) (Order, error) {
	return o.store.Get(ctx, id)
}

// List returns a customer's newest orders.
func (o *Orders) List(ctx context.Context, customerID string, limit int) ([]Order, error) {
	if limit <= 0 || limit > 100 {
		limit = 100
	}
	return o.store.ListByCustomer(ctx, customerID, limit)
}

// Place stores a new order and tells the customer.
func (o *Orders) Place(ctx context.Context, customerID string, lines []Line) (Order, error) {
	order := Order{ID: uuid.NewString(), CustomerID: customerID, Status: "PLACED", Lines: lines, PlacedAt: time.Now().UTC()}
	for _, line := range lines {
		order.TotalMinor += int64(line.Quantity) * line.UnitPriceMinor
	}
	if _, err := o.events.Append(ctx, order.ID, "placed", order); err != nil {
		return Order{}, fmt.Errorf("append placed: %w", err)
	}
	if err := o.store.Save(ctx, order); err != nil {
		return Order{}, fmt.Errorf("save order: %w", err)
	}
	o.notifier.Send(ctx, customerID, "order-placed", map[string]string{"order": order.ID})
	return order, nil
}

// Cancel cancels an order and returns the version of its history.
func (o *Orders) Cancel(ctx context.Context, id, comment string) (int64, error) {
	order, err := o.store.Get(ctx, id)
	if err != nil {
		return 0, err
	}
	version, err := o.events.Append(ctx, id, "cancelled", map[string]string{"comment": comment})
	if err != nil {
		return 0, fmt.Errorf("append cancelled: %w", err)
	}
	order.Status = "CANCELLED"
	return version, o.store.Save(ctx, order)
}

// MarkDispatched records that the carrier has the parcel.
func (o *Orders) MarkDispatched(ctx context.Context, id, carrier string) error {
	order, err := o.store.Get(ctx, id)
	if err != nil {
		return err
	}
	order.Status = "DISPATCHED"
	if err := o.store.Save(ctx, order); err != nil {
		return err
	}
	return o.ShipmentChanged(ctx, id, carrier)
}

// ShipmentChanged tells the customer where the parcel is.
func (o *Orders) ShipmentChanged(ctx context.Context, orderID, carrier string) error {
	order, err := o.store.Get(ctx, orderID)
	if err != nil {
		return err
	}
	return o.notifier.Send(ctx, order.CustomerID, "shipment-changed", map[string]string{"order": orderID, "carrier": carrier})
}

// ExpireUnpaid cancels what nobody paid for.
func (o *Orders) ExpireUnpaid(ctx context.Context, before time.Time) (int, error) {
	unpaid, err := o.store.ListUnpaid(ctx, before)
	if err != nil {
		return 0, err
	}
	for n, order := range unpaid {
		if _, err := o.Cancel(ctx, order.ID, "payment expired"); err != nil {
			return n, err
		}
	}
	return len(unpaid), nil
}
