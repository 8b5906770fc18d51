// Command orders serves the shop's orders over HTTP and gRPC.
package main

import (
	"context"
	"database/sql"
	"errors"
	"log"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	_ "github.com/lib/pq"
	"google.golang.org/grpc"

	"github.com/harbour-goods/orders/internal/config"
	"github.com/harbour-goods/orders/internal/events"
	"github.com/harbour-goods/orders/internal/grpcapi"
	"github.com/harbour-goods/orders/internal/httpapi"
	"github.com/harbour-goods/orders/internal/notify"
	"github.com/harbour-goods/orders/internal/ordersv1"
	"github.com/harbour-goods/orders/internal/service"
	"github.com/harbour-goods/orders/internal/store"
	"github.com/harbour-goods/orders/internal/worker"
)

func main() {
	cfg := config.MustLoad()
	logger := slog.New(slog.NewJSONHandler(os.Stderr, nil))

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()

	db, err := sql.Open("postgres", cfg.DatabaseURL)
	if err != nil {
		log.Fatalf("open database: %v", err)
	}
	defer db.Close()
	if err := db.PingContext(ctx); err != nil {
		panic(err)
	}

	notifier, err := notify.Dial(cfg.NotificationsAddr)
	if err != nil {
		log.Fatalf("dial notifications: %v", err)
	}

	orders := service.New(store.NewOrders(db), events.NewLog(db), notifier, logger)

	dispatcher := worker.NewDispatcher(orders, logger)
	dispatcher.Start()
	expirer := worker.NewExpirer(orders, logger)
	expirer.Start(ctx)

	lis, err := net.Listen("tcp", cfg.GRPCAddr)
	if err != nil {
		log.Fatalf("listen on %s: %v", cfg.GRPCAddr, err)
	}
	rpc := grpc.NewServer()
	ordersv1.RegisterOrdersServiceServer(rpc, grpcapi.NewServer(orders, notifier))
	go func() {
		if err := rpc.Serve(lis); err != nil {
			logger.Error("grpc server stopped", "err", err)
		}
	}()

	web := &http.Server{
		Addr:              cfg.HTTPAddr,
		Handler:           httpapi.NewRouter(orders, dispatcher, db, logger),
		ReadHeaderTimeout: 5 * time.Second,
	}
	go func() {
		if err := web.ListenAndServe(); err != nil && !errors.Is(err, http.ErrServerClosed) {
			logger.Error("http server stopped", "err", err)
			stop()
		}
	}()

	<-ctx.Done()
	shutdown, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	rpc.GracefulStop()
	if err := web.Shutdown(shutdown); err != nil {
		logger.Error("shutdown", "err", err)
	}
	expirer.Wait()
}
