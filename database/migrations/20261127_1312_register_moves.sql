-- What the register changed under the work (CAM-14): an establishment closed, or its successor took its place. Each row keeps what
-- was there before, so that a register that corrects itself is followed back.
create table register_moves (
  id uuid primary key,
  siret bigint not null,
  fate text not null check (fate in ('closed', 'continued')),
  successor bigint check (successor <> siret),
  closed_on date,
  at timestamptz not null,
  undone_at timestamptz,
  told_at timestamptz, -- events and mails written
  undone_told_at timestamptz,
  check ((fate = 'continued') = (successor is not null))
);
-- One standing fate an establishment: the same register read twice moves nothing twice.
create unique index register_moves_standing on register_moves (siret) where undone_at is null;
create index register_moves_untold on register_moves (at) where told_at is null or (undone_at is not null and undone_told_at is null);

-- The targets that a move stopped or carried, each as it stood.
create table register_move_targets (
  move_id uuid not null references register_moves on delete cascade,
  campaign_id uuid not null references campaigns,
  outcome text not null check (outcome in ('stopped', 'finished', 'carried', 'merged', 'aside')),
  status text not null,
  shared boolean not null,
  set_aside_reason text,
  taken_by uuid,
  taken_by_organisation uuid,
  taken_at timestamptz,
  held daterange, -- the hold that went
  kept boolean not null default false, -- the undoing left it: it was worked since
  primary key (move_id, campaign_id)
);
create index register_move_targets_owner on register_move_targets (taken_by) where taken_by is not null;

-- What was recorded with the establishment and stopped or followed.
create table register_move_records (
  move_id uuid not null references register_moves on delete cascade,
  kind text not null check (kind in ('exchange', 'next-action', 'correspondent')),
  record_id uuid not null,
  owner_id uuid, -- of a next action
  primary key (move_id, kind, record_id)
);
create index register_move_records_owner on register_move_records (owner_id) where owner_id is not null;
create index register_move_records_of on register_move_records (record_id);
