// Package config reads the service's settings from the environment.
package config

import (
	"fmt"
	"os"
)

// Config is everything that differs between two deployments.
type Config struct {
	DatabaseURL       string
	NotificationsAddr string
	HTTPAddr          string
	GRPCAddr          string
}

// MustLoad returns the settings, or stops the program before it serves anything.
func MustLoad() Config {
	return Config{
		DatabaseURL:       required("ORDERS_DATABASE_URL"),
		NotificationsAddr: required("NOTIFICATIONS_GRPC_ADDR"),
		HTTPAddr:          optional("ORDERS_HTTP_ADDR", ":8081"),
		GRPCAddr:          optional("ORDERS_GRPC_ADDR", ":9090"),
	}
}

func required(name string) string {
	value, ok := os.LookupEnv(name)
	if !ok {
		panic(fmt.Sprintf("config: %s is not set", name))
	}
	return value
}

func optional(name, fallback string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return fallback
}
