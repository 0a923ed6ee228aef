-- Who piloted a campaign before it was taken over, and who answered for it then (CAM-15, CAM-16).
create table campaign_handovers (
  campaign_id uuid not null references campaigns on delete cascade,
  version int not null check (version > 1), -- of the campaign that it made
  at timestamptz not null,
  why text not null check (why in ('convention-over', 'no-pilot')),
  former_id uuid not null references organisations,
  pilot_id uuid not null references organisations,
  lead_ids uuid[] not null, -- accounts that answered for it
  left_ids uuid[] not null, -- those of them that do no more
  by_account uuid not null,
  by_organisation uuid not null,
  given_back_at timestamptz,
  primary key (campaign_id, version),
  foreign key (by_account, by_organisation) references accounts (id, organisation_id),
  constraint campaign_handovers_passed check (pilot_id <> former_id),
  constraint campaign_handovers_back check (given_back_at is null or why = 'no-pilot')
);
