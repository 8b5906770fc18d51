// Command reconcile compares the orders table with the bank's monthly file.
package main

import (
	"context"
	"database/sql"
	"encoding/csv"
	"fmt"
	"log"
	"os"

	_ "github.com/lib/pq"

	"github.com/harbour-goods/orders/internal/store"
	"github.com/harbour-goods/orders/util"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: reconcile FILE.csv")
		os.Exit(2)
	}
	db, err := sql.Open("postgres", os.Getenv("ORDERS_DATABASE_URL"))
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()

	file, err := os.Open(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		log.Fatal(err)
	}

	orders := store.NewOrders(db)
	for _, row := range rows {
		order, err := orders.Get(context.Background(), row[0])
		if err != nil {
			fmt.Printf("%s\tmissing\t%v\n", row[0], err)
			continue
		}
		if paid := util.ParseMinor(row[1]); paid != order.TotalMinor {
			fmt.Printf("%s\tbank %s\tours %s\n", row[0], util.FormatMinor(paid), util.FormatMinor(order.TotalMinor))
		}
	}
}
