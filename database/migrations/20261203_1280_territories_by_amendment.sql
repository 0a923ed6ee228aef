-- Territories that an amendment adds to those of its partner (ACC-15): written with its proposal, and never changed.
alter table convention_amendments
  add column territories int[] not null default '{}' check (cardinality(territories) <= 200);
-- The amendment that gave it; null: the convention itself, or the regional direction's decision.
alter table organisation_territories add column amendment_id uuid references convention_amendments;
