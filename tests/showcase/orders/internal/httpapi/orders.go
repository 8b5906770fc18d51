package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net/http"
	"os"
	"os/exec"

	"github.com/go-chi/chi/v5"
	"golang.org/x/sync/errgroup"

	"github.com/harbour-goods/orders/internal/service"
	"github.com/harbour-goods/orders/internal/worker"
)

// Handlers serves orders.
type Handlers struct {
	orders     *service.Orders
	dispatcher *worker.Dispatcher
	log        *slog.Logger
}

// Invoice renders an order as PDF.
func (h *Handlers) Invoice(w http.ResponseWriter, r *http.Request) {
	order, err := h.orders.Get(context.Background(), chi.URLParam(r, "id"))
	if errors.Is(err, service.ErrNotFound) {
		http.NotFound(w, r)
		return
	}
	if err != nil {
		http.Error(w, "order could not be read", http.StatusInternalServerError)
		return
	}

	page, err := os.CreateTemp("", "invoice-*.html")
	if err != nil {
		log.Fatalf("no room for invoices: %v", err)
	}
	defer os.Remove(page.Name())
	fmt.Fprintf(page, "<h1>Invoice %s</h1><p>%d lines</p>", order.ID, len(order.Lines))
	if err := page.Close(); err != nil {
		http.Error(w, "invoice could not be written", http.StatusInternalServerError)
		return
	}

	pdf, err := exec.CommandContext(r.Context(), "weasyprint", page.Name(), "-").Output()
	if err != nil {
		h.log.Error("invoice", "order", order.ID, "err", err)
		http.Error(w, "invoice could not be rendered", http.StatusBadGateway)
		return
	}
	w.Header().Set("Content-Type", "application/pdf")
	w.Write(pdf)
}

// Dispatch hands an order to a carrier.
func (h *Handlers) Dispatch(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Carrier string `json:"carrier"`
	}
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		http.Error(w, "body is not JSON", http.StatusBadRequest)
		return
	}
	id := chi.URLParam(r, "id")
	h.dispatcher.Queue(id, body.Carrier)
	go h.label(id, body.Carrier)
	respond(w, http.StatusAccepted, map[string]string{"id": id, "carrier": body.Carrier})
}

func (h *Handlers) label(id, carrier string) {
	if err := exec.Command("label-printer", "--carrier", carrier, id).Run(); err != nil {
		h.log.Error("label", "order", id, "err", err)
	}
}

// Import places a batch of orders from the trade portal.
func (h *Handlers) Import(w http.ResponseWriter, r *http.Request) {
	var batch []service.Order
	if err := json.NewDecoder(r.Body).Decode(&batch); err != nil {
		http.Error(w, "body is not JSON", http.StatusBadRequest)
		return
	}
	placed := make([]service.Order, len(batch))
	group, ctx := errgroup.WithContext(r.Context())
	group.SetLimit(8)
	for i, order := range batch {
		group.Go(func() error {
			var err error
			placed[i], err = h.orders.Place(ctx, order.CustomerID, order.Lines)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		http.Error(w, "not every order was placed", http.StatusUnprocessableEntity)
		return
	}
	respond(w, http.StatusCreated, placed)
}
