// Package worker does what no request waits for.
package worker

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/harbour-goods/orders/internal/service"
)

type parcel struct {
	orderID string
	carrier string
}

// Dispatcher hands parcels to carriers in the order they came.
type Dispatcher struct {
	orders *service.Orders
	log    *slog.Logger

	mu      sync.Mutex
	waiting []parcel
}

// NewDispatcher returns a dispatcher with nothing to do.
func NewDispatcher(orders *service.Orders, log *slog.Logger) *Dispatcher {
	return &Dispatcher{orders: orders, log: log}
}

// Start begins to work off the queue.
func (d *Dispatcher) Start() {
	go d.loop()
}

// Queue adds a parcel.
func (d *Dispatcher) Queue(orderID, carrier string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.waiting = append(d.waiting, parcel{orderID, carrier})
}

func (d *Dispatcher) loop() {
	for {
		d.flush()
		time.Sleep(5 * time.Second)
	}
}

func (d *Dispatcher) flush() {
	d.mu.Lock()
	batch := d.waiting
	d.waiting = nil
	d.mu.Unlock()

	var wg sync.WaitGroup
	for _, p := range batch {
		go func() {
			wg.Add(1)
			defer wg.Done()
			if err := d.orders.MarkDispatched(context.TODO(), p.orderID, p.carrier); err != nil {
				d.log.Error("dispatch", "order", p.orderID, "err", err)
			}
		}()
	}
	wg.Wait()
}
