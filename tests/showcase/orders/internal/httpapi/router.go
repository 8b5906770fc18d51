// Package httpapi is the HTTP face of the service.
package httpapi

import (
	"database/sql"
	"encoding/json"
	"log/slog"
	"net/http"
	"runtime/debug"

	"github.com/go-chi/chi/v5"

	"github.com/harbour-goods/orders/internal/service"
	"github.com/harbour-goods/orders/internal/worker"
)

// NewRouter returns the routes of the service.
func NewRouter(orders *service.Orders, dispatcher *worker.Dispatcher, db *sql.DB, log *slog.Logger) http.Handler {
	h := &Handlers{orders: orders, dispatcher: dispatcher, log: log}
	reports := &ReportHandlers{db: db}

	r := chi.NewRouter()
	r.Use(recoverer(log))
	r.Get("/healthz", func(w http.ResponseWriter, r *http.Request) {
		if err := db.PingContext(r.Context()); err != nil {
			http.Error(w, "database is away", http.StatusServiceUnavailable)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
	r.Route("/v1", func(r chi.Router) {
		r.Get("/orders/{id}/invoice", h.Invoice)
		r.Post("/orders/{id}/dispatch", h.Dispatch)
		r.Post("/orders/import", h.Import)
		r.Get("/reports/daily", reports.Daily)
	})
	return r
}

func recoverer(log *slog.Logger) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			defer func() {
				if p := recover(); p != nil {
					if p == http.ErrAbortHandler {
						panic(p)
					}
					log.Error("handler panicked", "panic", p, "stack", string(debug.Stack()))
					w.WriteHeader(http.StatusInternalServerError)
				}
			}()
			next.ServeHTTP(w, r)
		})
	}
}

func respond(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(body); err != nil {
		panic(err)
	}
}
