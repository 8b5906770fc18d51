module github.com/harbour-goods/orders

go 1.22

require (
	github.com/go-chi/chi/v5 v5.1.0
	github.com/google/uuid v1.6.0
	github.com/lib/pq v1.10.9
	golang.org/x/sync v0.8.0
	google.golang.org/grpc v1.66.0
)
