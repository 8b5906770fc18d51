CREATE TABLE orders (
    id          uuid PRIMARY KEY,
    customer_id uuid        NOT NULL,
    status      text        NOT NULL,
    lines       jsonb       NOT NULL,
    total_minor bigint      NOT NULL,
    placed_at   timestamptz NOT NULL
);

CREATE INDEX orders_by_customer ON orders (customer_id, placed_at DESC);

CREATE TABLE shipments (
    order_id   uuid PRIMARY KEY REFERENCES orders (id),
    carrier    text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE order_events (
    order_id    uuid        NOT NULL,
    version     bigint      NOT NULL,
    kind        text        NOT NULL,
    payload     jsonb       NOT NULL,
    occurred_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (order_id, version)
);
