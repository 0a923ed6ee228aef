-- The referent of an employer (EST-3): whom a structure names as its interlocutor, from a day on, by whom, until its end with a reason.
create table referents (
  id uuid primary key,
  siret bigint not null,
  region_id int,
  departement_id int,
  epci_id int,
  clpe_id int,
  organisation_id uuid not null references organisations,
  account_id uuid not null,
  since date not null,
  named_by uuid not null,
  named_at timestamptz not null,
  until date,
  ended_at timestamptz,
  ended_how text check (ended_how in ('ended', 'replaced')),
  ended_by uuid,
  ended_organisation uuid,
  end_reason text check (length(end_reason) between 1 and 300),
  foreign key (account_id, organisation_id) references accounts (id, organisation_id),
  foreign key (named_by, organisation_id) references accounts (id, organisation_id),
  foreign key (ended_by, ended_organisation) references accounts (id, organisation_id),
  constraint referents_days check (until >= since),
  constraint referents_ended check (num_nulls(ended_at, until, ended_how, ended_by, ended_organisation) in (0, 5)),
  constraint referents_why check ((end_reason is not null) = (ended_how is not distinct from 'ended'))
);
-- One at a time for each structure: of two named at once, the second is refused.
create unique index referents_once on referents (siret, organisation_id) where ended_at is null;
create index referents_siret on referents (siret, named_at);

-- They follow the establishment as exchanges do (CAM-14).
alter table register_move_records drop constraint register_move_records_kind_check,
  add constraint register_move_records_kind_check
    check (kind in ('exchange', 'next-action', 'correspondent', 'correspondent-link', 'do-not-contact', 'commitment', 'note', 'need',
      'service', 'referent'));
