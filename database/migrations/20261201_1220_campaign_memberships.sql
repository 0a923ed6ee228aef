-- Who was a member of a campaign, from when to when (IND-3, IND-4): campaign_members says who is one now, and triggers keep this.
create table campaign_memberships (
  campaign_id uuid not null references campaigns,
  organisation_id uuid not null references organisations,
  joined_at timestamptz not null,
  left_at timestamptz check (left_at >= joined_at),
  -- Days of Paris: who leaves was a member on that whole day.
  days daterange not null generated always as (daterange((joined_at at time zone 'Europe/Paris')::date,
    (left_at at time zone 'Europe/Paris')::date, '[]')) stored,
  primary key (campaign_id, organisation_id, joined_at)
);
create unique index campaign_memberships_open on campaign_memberships (campaign_id, organisation_id) where left_at is null;
create index campaign_memberships_organisation on campaign_memberships (organisation_id, campaign_id) include (days);

-- The days on which a campaign was coordinated: two members at least, one of them a partner. Worked out by triggers.
create table campaign_coordinations (
  campaign_id uuid primary key references campaigns on delete cascade,
  days datemultirange not null
);

/*
 * What is known of the past: an arrival at the creation, save when the first event tells one; each arrival until the departure that
 * follows. A member taken out before events were kept has left no fact to go by.
 */
with told as (
  select campaign_id, organisation_id, at, kind from campaign_events
  where kind in ('member-added', 'member-left') and organisation_id is not null),
first as (select distinct on (campaign_id, organisation_id) * from told order by campaign_id, organisation_id, at),
arrival as (
  select m.campaign_id, m.organisation_id, c.created_at as at from campaign_members m join campaigns c on c.id = m.campaign_id
    where not exists (select from first f where f.campaign_id = m.campaign_id and f.organisation_id = m.organisation_id)
  union all select f.campaign_id, f.organisation_id, least(c.created_at, f.at) from first f join campaigns c on c.id = f.campaign_id
    where f.kind = 'member-left'
  union all select campaign_id, organisation_id, at from told where kind = 'member-added'),
arrivals as (select a.*, lead(a.at) over (partition by a.campaign_id, a.organisation_id order by a.at) as again
  from (select distinct * from arrival) a)
insert into campaign_memberships (campaign_id, organisation_id, joined_at, left_at)
  select a.campaign_id, a.organisation_id, a.at, coalesce(
    (select min(t.at) from told t where t.campaign_id = a.campaign_id and t.organisation_id = a.organisation_id
      and t.kind = 'member-left' and t.at >= a.at and (a.again is null or t.at <= a.again)),
    a.again,
    case when not exists (select from campaign_members m where m.campaign_id = a.campaign_id and m.organisation_id = a.organisation_id)
      then a.at end)
  from arrivals a;

insert into campaign_coordinations (campaign_id, days)
  select a.campaign_id, range_agg(a.days * b.days) from campaign_memberships a
  join campaign_memberships b on b.campaign_id = a.campaign_id and b.organisation_id > a.organisation_id
  join organisations p on p.id = a.organisation_id join organisations q on q.id = b.organisation_id
  where p.kind <> 'operateur' or q.kind <> 'operateur'
  group by a.campaign_id;

-- Sets hold what was reached on coordinated days alone, from now on: all are made again.
insert into reached_changes (campaign_id, month) select distinct campaign_id, month from reached_sets;

-- What moved the figures of a period that is over (IND-6): recorded late, corrected since.
create index exchanges_recorded_late on exchanges (occurred_on)
  where campaign_id is not null and (recorded_at at time zone 'Europe/Paris')::date > occurred_on;
create index exchanges_corrected on exchanges (corrected_at) where corrected_at is not null;
