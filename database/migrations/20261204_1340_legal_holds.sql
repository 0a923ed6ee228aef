-- A legal hold (PRI-4): while it stands, nothing that it covers is erased at its term.
-- It covers one kind of data (a key of endings.ts), of one structure or of all, or one account.
create table legal_holds (
  id uuid primary key,
  ending text check (length(ending) between 1 and 40),
  account_id uuid,
  organisation_id uuid references organisations, -- whose data; null: every structure's
  until date, -- its last day
  reason text not null check (length(reason) between 1 and 500), -- personal
  placed_organisation uuid not null references organisations,
  placed_by uuid not null references accounts,
  placed_at timestamptz not null,
  lift_reason text check (length(lift_reason) between 1 and 500), -- personal
  lifted_by uuid references accounts,
  lifted_at timestamptz,
  foreign key (account_id, organisation_id) references accounts (id, organisation_id),
  check ((ending is null) <> (account_id is null)),
  check (account_id is null or organisation_id is not null),
  check (num_nulls(lift_reason, lifted_by, lifted_at) in (0, 3))
);
create index legal_holds_organisation on legal_holds (organisation_id);
create index legal_holds_account on legal_holds (account_id);
create index legal_holds_placed_organisation on legal_holds (placed_organisation);
create index legal_holds_placed_by on legal_holds (placed_by);
create index legal_holds_lifted_by on legal_holds (lifted_by);

-- What was due and is held stands in the report too.
alter table purges add column held int not null default 0 check (held >= 0);
alter table purges drop constraint purges_erased_check;
alter table purges add constraint purges_counted check (erased >= 0 and erased + held > 0);
