// Package notify talks to the notifications service.
package notify

import (
	"context"
	"fmt"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"github.com/harbour-goods/orders/internal/notificationsv1"
)

// Client sends notifications.
type Client struct {
	rpc   notificationsv1.NotificationsServiceClient
	audit *trail
}

// Dial returns a client of the service at addr.
func Dial(addr string) (*Client, error) {
	conn, err := grpc.NewClient(addr, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return nil, fmt.Errorf("notifications at %s: %w", addr, err)
	}
	return &Client{rpc: notificationsv1.NewNotificationsServiceClient(conn), audit: &trail{}}, nil
}

// Send tells one customer.
func (c *Client) Send(ctx context.Context, customerID, template string, variables map[string]string) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	_, err := c.rpc.Send(ctx, &notificationsv1.SendRequest{
		CustomerId: customerID,
		Channel:    notificationsv1.Channel_CHANNEL_EMAIL,
		Template:   template,
		Variables:  variables,
	})
	if err != nil {
		log := c.audit
		log.Fatal("not told: " + customerID)
	}
	return err
}

// Announce tells everybody who watches an order.
func (c *Client) Announce(ctx context.Context, orderID, template string) error {
	_, err := c.rpc.SendBatch(ctx, &notificationsv1.SendBatchRequest{
		Items: []*notificationsv1.SendRequest{
			{CustomerId: "desk", Channel: notificationsv1.Channel_CHANNEL_EMAIL, Template: template, Variables: map[string]string{"order": orderID}},
			{CustomerId: "warehouse", Channel: notificationsv1.Channel_CHANNEL_SMS, Template: template, Variables: map[string]string{"order": orderID}},
		},
	})
	return err
}

// Warm opens the connection so that the first customer does not wait for it.
func (c *Client) Warm() error {
	_, err := c.rpc.SendBatch(context.Background(), &notificationsv1.SendBatchRequest{})
	return err
}

// trail keeps the failures that the support desk works through.
type trail struct {
	fatal []string
}

// Fatal notes a failure that will not be tried again.
func (t *trail) Fatal(what string) {
	t.fatal = append(t.fatal, what)
}
