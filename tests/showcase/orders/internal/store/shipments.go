package store

import (
	"context"
	"database/sql"
	"fmt"
)

// ShipmentListener hears of parcels that have changed hands.
type ShipmentListener interface {
	ShipmentChanged(ctx context.Context, orderID, carrier string) error
}

// Shipments is the shipments table.
type Shipments struct {
	db       *sql.DB
	listener ShipmentListener
}

// NewShipments returns the shipments table of db.
func NewShipments(db *sql.DB, listener ShipmentListener) *Shipments {
	return &Shipments{db: db, listener: listener}
}

// Hand records that a carrier took the parcel of an order.
func (s *Shipments) Hand(ctx context.Context, orderID, carrier string) error {
	_, err := s.db.ExecContext(ctx, `INSERT INTO shipments (order_id, carrier) VALUES ($1, $2)`, orderID, carrier)
	if err != nil {
		return fmt.Errorf("insert shipment: %w", err)
	}
	return s.listener.ShipmentChanged(ctx, orderID, carrier)
}

// Carriers counts the parcels of each carrier.
func (s *Shipments) Carriers(ctx context.Context) (map[string]int, error) {
	rows, err := s.db.Query(`SELECT carrier, count(*) FROM shipments GROUP BY carrier`)
	if err != nil {
		return nil, fmt.Errorf("count carriers: %w", err)
	}
	defer rows.Close()
	counts := map[string]int{}
	for rows.Next() {
		var carrier string
		var n int
		if err := rows.Scan(&carrier, &n); err != nil {
			return nil, err
		}
		counts[carrier] = n
	}
	return counts, rows.Err()
}
