-- no transaction
-- The trail as it is searched: one's own acts, those of a structure, all of them, the last first.
create index concurrently if not exists audit_entries_actor on audit_entries (actor_id, at, id);
-- then
create index concurrently if not exists audit_entries_organisation on audit_entries (organisation_id, at, id);
-- then
create index concurrently if not exists audit_entries_at on audit_entries (at, id);
