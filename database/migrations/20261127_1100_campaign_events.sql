-- What happened to a campaign since it opened, told to its members (CAM-15). The trail keeps the whole, for who may read it.
create table campaign_events (
  id uuid primary key,
  campaign_id uuid not null references campaigns,
  at timestamptz not null,
  kind text not null,
  by_organisation uuid references organisations, -- null: the operator, or by itself
  ended_on date, -- the last day before and after, of a period that moved
  ends_on date,
  organisation_id uuid references organisations, -- whom it is about: a member, a pilot
  targets int check (targets >= 0)
);
create index campaign_events_campaign on campaign_events (campaign_id, at desc, id desc);
