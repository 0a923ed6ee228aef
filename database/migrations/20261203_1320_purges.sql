-- The report of what was purged (PRI-4): what each run erased, by table and by structure, and the period applied.
-- Nothing of a person stands here; it is added to, never rewritten.
create table purges (
  id uuid primary key,
  at timestamptz not null,
  ending text not null check (length(ending) between 1 and 40),
  of_table text not null check (length(of_table) between 1 and 60),
  kept_for text not null check (kept_for ~ '^P(\d{1,5}[YMD]|T\d{1,5}H)$'),
  organisation_id uuid references organisations, -- null: of no structure
  erased int not null check (erased > 0)
);
create index purges_at on purges (at);
create index purges_organisation on purges (organisation_id, at);
