package service

import (
	"context"
	"io"
	"log/slog"
	"testing"
	"time"
)

type memory map[string]Order

func (m memory) Get(_ context.Context, id string) (Order, error) {
	order, ok := m[id]
	if !ok {
		return Order{}, ErrNotFound
	}
	return order, nil
}

func (m memory) ListByCustomer(context.Context, string, int) ([]Order, error) { panic("not used") }

func (m memory) ListUnpaid(context.Context, time.Time) ([]Order, error) { panic("not used") }

func (m memory) Save(_ context.Context, order Order) error {
	m[order.ID] = order
	return nil
}

type history struct{ kinds []string }

func (h *history) Append(_ context.Context, _, kind string, _ any) (int64, error) {
	h.kinds = append(h.kinds, kind)
	return int64(len(h.kinds)), nil
}

type silent struct{}

func (silent) Send(context.Context, string, string, map[string]string) error { return nil }

func TestPlaceAddsUpTheLines(t *testing.T) {
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	orders := New(memory{}, &history{}, silent{}, log)

	order, err := orders.Place(context.Background(), "c1", []Line{{SKU: "ROPE-12", Quantity: 2, UnitPriceMinor: 1250}})
	if err != nil {
		t.Fatal(err)
	}
	if order.TotalMinor != 2500 {
		t.Errorf("total %d, want 2500", order.TotalMinor)
	}

	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = orders.Cancel(context.Background(), order.ID, "test")
	}()
	<-done
}
