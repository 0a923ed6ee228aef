-- Two cards of one person become one (EST-5). The card absorbed stays whole behind the one kept, and comes back within thirty days.
alter table correspondents add column merged_into uuid references correspondents,
  add constraint correspondents_merged_elsewhere check (merged_into <> id);
create index correspondents_merged_into on correspondents (merged_into) where merged_into is not null;

create table correspondent_merges (
  id uuid primary key,
  kept_id uuid not null references correspondents,
  absorbed_id uuid not null references correspondents,
  organisation_id uuid not null references organisations,
  author_id uuid not null,
  merged_at timestamptz not null,
  informed_taken boolean not null, -- the card kept took from the other that the person was informed
  undone_at timestamptz,
  undone_by uuid,
  undone_organisation uuid,
  foreign key (author_id, organisation_id) references accounts (id, organisation_id),
  foreign key (undone_by, undone_organisation) references accounts (id, organisation_id),
  constraint correspondent_merges_two check (kept_id <> absorbed_id),
  constraint correspondent_merges_undone check (num_nulls(undone_at, undone_by, undone_organisation) in (0, 3))
);
create unique index correspondent_merges_once on correspondent_merges (absorbed_id) where undone_at is null;
create index correspondent_merges_kept on correspondent_merges (kept_id) where undone_at is null;

-- The values as they were: those of the card absorbed, and those that the merge set aside on the card kept.
create table correspondent_merge_values (
  merge_id uuid not null references correspondent_merges,
  value_id uuid not null references correspondent_values on delete cascade,
  absorbed boolean not null,
  confirmed_at timestamptz,
  confirmed_by_id uuid references accounts,
  confirmed_organisation_id uuid references organisations,
  primary key (merge_id, value_id)
);
create index correspondent_merge_values_value on correspondent_merge_values (value_id);

-- Two who look alike and are two: nobody is asked again.
create table correspondents_apart (
  one_id uuid not null references correspondents,
  other_id uuid not null references correspondents,
  organisation_id uuid not null references organisations,
  author_id uuid not null,
  told_at timestamptz not null,
  primary key (one_id, other_id),
  foreign key (author_id, organisation_id) references accounts (id, organisation_id),
  constraint correspondents_apart_ordered check (one_id < other_id)
);
create index correspondents_apart_other on correspondents_apart (other_id);
