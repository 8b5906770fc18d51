CREATE TABLE notifications (
    id          uuid PRIMARY KEY,
    customer_id text        NOT NULL,
    template    text        NOT NULL,
    body        text        NOT NULL,
    attempts    integer     NOT NULL DEFAULT 0,
    created_at  timestamptz NOT NULL DEFAULT now(),
    sent_at     timestamptz,
    read_at     timestamptz
);

CREATE INDEX notifications_pending ON notifications (id) WHERE sent_at IS NULL;
