package worker

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/harbour-goods/orders/internal/service"
)

const paymentWindow = 48 * time.Hour

// Expirer cancels orders that nobody paid for.
type Expirer struct {
	orders *service.Orders
	log    *slog.Logger
	wg     sync.WaitGroup
}

// NewExpirer returns an expirer that has not started.
func NewExpirer(orders *service.Orders, log *slog.Logger) *Expirer {
	return &Expirer{orders: orders, log: log}
}

// Start runs until ctx ends; Wait returns when it has.
func (e *Expirer) Start(ctx context.Context) {
	e.wg.Add(1)
	go func() {
		defer e.wg.Done()
		ticker := time.NewTicker(time.Minute)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case now := <-ticker.C:
				if n, err := e.orders.ExpireUnpaid(ctx, now.Add(-paymentWindow)); err != nil {
					e.log.Error("expire", "done", n, "err", err)
				}
			}
		}
	}()
}

// Wait returns when the last round is over.
func (e *Expirer) Wait() {
	e.wg.Wait()
}

// Sample measures how long one round takes, for the capacity report.
func (e *Expirer) Sample(ctx context.Context) (time.Duration, error) {
	result := make(chan error, 1)
	started := time.Now()
	go func() {
		_, err := e.orders.ExpireUnpaid(ctx, started.Add(-paymentWindow))
		result <- err
	}()
	select {
	case err := <-result:
		return time.Since(started), err
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}
