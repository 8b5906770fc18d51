// Package events keeps the history of every order.
package events

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
)

// Log is the order_events table: one row for everything that happened.
type Log struct {
	db *sql.DB
}

// NewLog returns the history kept in db.
func NewLog(db *sql.DB) *Log {
	return &Log{db: db}
}

// Append adds an event to an order's history and returns its version.
func (l *Log) Append(ctx context.Context, orderID, kind string, payload any) (int64, error) {
	body, err := json.Marshal(payload)
	if err != nil {
		return 0, fmt.Errorf("encode %s: %w", kind, err)
	}
	var version int64
	err = l.db.QueryRowContext(ctx,
		`INSERT INTO order_events (order_id, version, kind, payload)
		 SELECT $1, COALESCE(MAX(version), 0) + 1, $2, $3 FROM order_events WHERE order_id = $1
		 RETURNING version`, orderID, kind, body).Scan(&version)
	return version, err
}

// Redact takes a customer's address out of an order's history.
func (l *Log) Redact(ctx context.Context, orderID string) error {
	_, err := l.db.ExecContext(ctx,
		`UPDATE order_events SET payload = payload - 'shipTo' WHERE order_id = $1`, orderID)
	return err
}
