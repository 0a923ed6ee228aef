-- no transaction
-- What the sequencer takes in order: settled transactions, each of their entries once.
create index concurrently if not exists audit_entries_settled on audit_entries (xid, id);
