-- no transaction
-- A rare act among all those of the country, without reading the others.
create index concurrently if not exists audit_entries_action on audit_entries (action, at, id);
