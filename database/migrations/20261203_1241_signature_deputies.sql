-- AGR-15: who may sign for a party in the place of its signatory, under which act, from and until which day. A row is a version of one
-- deputy: the last one holds, the former ones stay. The partner's hold for its conventions; the operator's, for those of a region.
create table signature_deputies (
  deputy_id uuid not null,
  version int not null check (version > 0),
  convention_id uuid not null references conventions, -- through which it was recorded
  party text not null check (party in ('partenaire', 'operateur')),
  organisation_id uuid references organisations,
  region_id int references territories,
  name text not null check (length(name) between 1 and 200), -- personal
  account_id uuid references accounts,
  capacity text not null check (length(capacity) between 1 and 200),
  act text not null check (length(act) between 1 and 300),
  act_on date not null,
  granted_by text not null check (length(granted_by) between 1 and 200), -- personal
  local_authority boolean not null default false,
  prefecture_on date,
  published_on date,
  from_on date not null,
  until_on date,
  reason text not null check (length(reason) between 1 and 300),
  recorded_by uuid not null references accounts,
  recorded_at timestamptz not null,
  primary key (deputy_id, version),
  check ((party = 'partenaire') = (organisation_id is not null)),
  check ((party = 'operateur') = (region_id is not null)),
  check (local_authority or num_nonnulls(prefecture_on, published_on) = 0),
  check (act_on <= from_on and from_on <= until_on)
);
create index signature_deputies_of_partner on signature_deputies (organisation_id) where organisation_id is not null;
create index signature_deputies_of_region on signature_deputies (region_id) where region_id is not null;

-- Of a deputy, who signs says which version of whom.
alter table convention_signers add deputy_id uuid,
  add deputy_version int,
  add foreign key (deputy_id, deputy_version) references signature_deputies,
  add check (num_nulls(deputy_id, deputy_version) in (0, 2)),
  add check (deputy_id is null or act is not null);
