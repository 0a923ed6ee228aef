-- A repeated write answers the very bytes of the first reply: `json` keeps the text as it was sent, where `jsonb` writes it anew.
-- A program of before goes on: what it writes is cast, what it reads is the same value.
alter table idempotency_keys alter column reply type json using reply::json;
