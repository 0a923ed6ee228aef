-- Annex 4 opens a tool once the operator published it, no more from the start (AGR-12, docs/decisions/0025). What was open before any
-- version opens with the first one that stands, where none is in force; with none, no more. Rights given stay, and wait for it.
delete from annex_4_tools where in_force_from = '2020-01-01T00:00:00Z'
  and not exists (select from annex_4_versions v where v.cancelled_at is null);
update annex_4_tools t set in_force_from = v.first
  from (select min(v.in_force_from) as first from annex_4_versions v where v.cancelled_at is null) v
  where t.in_force_from = '2020-01-01T00:00:00Z' and v.first > now();
