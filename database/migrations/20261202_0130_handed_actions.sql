-- Next actions handed to a colleague (CAM-5, CAM-16): when, by whom, and how they stood before. Whoever handed one over
-- takes it back while nobody wrote it again: `version` is the one that the handing over wrote.
create table handed_actions (
  next_action_id uuid not null references next_actions on delete cascade,
  version int not null,
  at timestamptz not null,
  by_id uuid not null,
  organisation_id uuid not null,
  owner_id uuid not null,
  due_on date not null,
  due_at time(0),
  primary key (next_action_id, version),
  foreign key (by_id, organisation_id) references accounts (id, organisation_id),
  foreign key (owner_id, organisation_id) references accounts (id, organisation_id)
);
