-- A version of annex 4 or of a text is cancelled while it is to come; an annex also within a day of its effect (AGR-12). Nothing is deleted.
alter table annex_4_versions
  add column cancelled_at timestamptz,
  add column cancelled_by uuid references accounts,
  add column cancel_reason text check (length(cancel_reason) between 1 and 500),
  add check (num_nonnulls(cancelled_at, cancelled_by, cancel_reason) in (0, 3)),
  drop constraint annex_4_versions_in_force_from_key;
create unique index annex_4_one_at_an_instant on annex_4_versions (in_force_from) where cancelled_at is null;
alter table documents
  add column cancelled_at timestamptz,
  add column cancelled_by uuid references accounts,
  add column cancel_reason text check (length(cancel_reason) between 1 and 500),
  add check (num_nonnulls(cancelled_at, cancelled_by, cancel_reason) in (0, 3)),
  drop constraint documents_kind_tool_in_force_from_key;
create unique index documents_one_at_an_instant on documents (kind, tool, in_force_from) nulls not distinct where cancelled_at is null;
