-- no transaction
-- The count of uses goes by person (audit_entries_actor): nothing reads this index, and each reading paid for it.
drop index concurrently if exists audit_entries_reads;
