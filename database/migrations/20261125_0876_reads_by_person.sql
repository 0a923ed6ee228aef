-- no transaction
-- Who reads much: the last day's readings of each person.
create index concurrently if not exists audit_entries_reads on audit_entries (at) where action = 'persons.read';
