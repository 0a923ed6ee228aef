-- What goes stale is recalled to its owner, then to the lead, then to the pilot (CAM-13).

-- After how many days without anything done; a campaign without a row follows the settings of the service.
create table campaign_recalls (
  campaign_id uuid primary key references campaigns,
  owner_days int not null check (owner_days between 3 and 180),
  lead_days int not null check (lead_days > owner_days),
  pilot_days int not null check (pilot_days > lead_days and pilot_days <= 365),
  version int not null default 1
);

-- What was told, of which idle spell: never twice, whatever the job went through. `told_on` is the night it was told.
create table target_recalls (
  campaign_id uuid not null,
  siret bigint not null,
  holder_id uuid not null,
  idle_since date not null,
  step text not null check (step in ('owner', 'lead', 'pilot')),
  told_on date not null,
  primary key (campaign_id, siret, holder_id, idle_since, step)
);
create index target_recalls_age on target_recalls (told_on);
