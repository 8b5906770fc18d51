// Package store keeps orders and shipments in Postgres.
package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/harbour-goods/orders/internal/service"
)

var _ service.Store = (*Orders)(nil)

// Orders is the orders table.
type Orders struct {
	db *sql.DB
}

// NewOrders returns the orders table of db.
func NewOrders(db *sql.DB) *Orders {
	return &Orders{db: db}
}

// Get reads one order.
func (s *Orders) Get(ctx context.Context, id string) (service.Order, error) {
	row := s.db.QueryRowContext(ctx,
		`SELECT id, customer_id, status, lines, total_minor, placed_at FROM orders WHERE id = $1`, id)
	order, err := scan(row)
	if errors.Is(err, sql.ErrNoRows) {
		return service.Order{}, service.ErrNotFound
	}
	return order, err
}

// ListByCustomer reads a customer's newest orders.
func (s *Orders) ListByCustomer(ctx context.Context, customerID string, limit int) ([]service.Order, error) {
	rows, err := s.db.QueryContext(ctx,
		`SELECT id, customer_id, status, lines, total_minor, placed_at FROM orders
		 WHERE customer_id = $1 ORDER BY placed_at DESC LIMIT $2`, customerID, limit)
	if err != nil {
		return nil, fmt.Errorf("list orders: %w", err)
	}
	return collect(rows)
}

// ListUnpaid reads the orders that have waited for payment since before.
func (s *Orders) ListUnpaid(ctx context.Context, before time.Time) ([]service.Order, error) {
	rows, err := s.db.QueryContext(ctx,
		`SELECT id, customer_id, status, lines, total_minor, placed_at FROM orders
		 WHERE status = 'PLACED' AND placed_at < $1`, before)
	if err != nil {
		return nil, fmt.Errorf("list unpaid: %w", err)
	}
	return collect(rows)
}

// Save writes an order, new or known.
func (s *Orders) Save(ctx context.Context, order service.Order) error {
	lines, err := json.Marshal(order.Lines)
	if err != nil {
		return fmt.Errorf("encode lines: %w", err)
	}
	_, err = s.db.ExecContext(ctx,
		`INSERT INTO orders (id, customer_id, status, lines, total_minor, placed_at)
		 VALUES ($1, $2, $3, $4, $5, $6)
		 ON CONFLICT (id) DO UPDATE SET status = EXCLUDED.status`,
		order.ID, order.CustomerID, order.Status, lines, order.TotalMinor, order.PlacedAt)
	return err
}

type scanner interface {
	Scan(dest ...any) error
}

func scan(row scanner) (service.Order, error) {
	var order service.Order
	var lines []byte
	if err := row.Scan(&order.ID, &order.CustomerID, &order.Status, &lines, &order.TotalMinor, &order.PlacedAt); err != nil {
		return order, err
	}
	json.Unmarshal(lines, &order.Lines)
	return order, nil
}

func collect(rows *sql.Rows) ([]service.Order, error) {
	defer rows.Close()
	var orders []service.Order
	for rows.Next() {
		order, err := scan(rows)
		if err != nil {
			return nil, err
		}
		orders = append(orders, order)
	}
	return orders, rows.Err()
}
