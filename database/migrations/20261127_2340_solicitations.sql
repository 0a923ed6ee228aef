-- How many times a month the whole network may solicit an employer of a CLPE (CAM-12). Set by its task force: a line a version, the
-- last one counts, so that the history is the table.
create table solicitation_budgets (
  clpe_id int not null references task_forces,
  version int not null check (version > 0),
  per_month int not null check (per_month between 1 and 31),
  set_at timestamptz not null,
  set_by uuid not null,
  set_organisation uuid not null,
  primary key (clpe_id, version),
  foreign key (set_by, set_organisation) references accounts (id, organisation_id)
);

-- What was done past the budget, with its reason: a target taken, an action planned on another day.
create table budget_overruns (
  id uuid primary key,
  siret bigint not null,
  region_id int,
  departement_id int,
  epci_id int,
  clpe_id int,
  act text not null check (act in ('take', 'plan')),
  campaign_id uuid references campaigns,
  next_action_id uuid references next_actions on delete cascade,
  on_day date not null, -- the day that it weighs on
  reason text not null check (length(reason) between 1 and 300),
  organisation_id uuid not null,
  author_id uuid not null,
  at timestamptz not null,
  foreign key (author_id, organisation_id) references accounts (id, organisation_id),
  constraint budget_overruns_taken check ((act = 'take') = (campaign_id is not null)),
  constraint budget_overruns_planned check ((act = 'plan') = (next_action_id is not null))
);
create index budget_overruns_siret on budget_overruns (siret, on_day);
create index budget_overruns_action on budget_overruns (next_action_id) where next_action_id is not null;
