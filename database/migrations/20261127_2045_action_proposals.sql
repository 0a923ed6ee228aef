-- A next action proposed to another structure, until it accepts, declines, or lets the days go (CAM-5).
create table action_proposals (
  id uuid primary key,
  next_action_id uuid not null references next_actions on delete cascade,
  -- Of the action, as it stands while the proposal waits: all that the receiver reads of it. A trigger follows.
  siret bigint not null,
  region_id int, departement_id int, epci_id int, clpe_id int,
  kind text not null,
  due_on date not null,
  due_at time(0),
  from_organisation uuid not null references organisations,
  by_id uuid not null references accounts,
  to_organisation uuid not null references organisations,
  words text check (length(words) between 1 and 500), -- personal
  proposed_at timestamptz not null,
  lapses_on date not null, -- the last day to answer
  state text not null default 'waiting' check (state in ('waiting', 'accepted', 'declined', 'withdrawn', 'lapsed')),
  answered_by uuid references accounts, -- null: the action was done or cancelled meanwhile, or the days went
  answered_at timestamptz,
  reason text check (length(reason) between 1 and 300), -- personal
  constraint action_proposals_two check (from_organisation <> to_organisation),
  constraint action_proposals_answered check ((state = 'waiting') = (answered_at is null)),
  constraint action_proposals_reason check ((state = 'declined') = (reason is not null))
);
create unique index action_proposals_waiting on action_proposals (next_action_id) where state = 'waiting';
create index action_proposals_action on action_proposals (next_action_id);
create index action_proposals_to on action_proposals (to_organisation, state);
create index action_proposals_from on action_proposals (from_organisation, proposed_at);
