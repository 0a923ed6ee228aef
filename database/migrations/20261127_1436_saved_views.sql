-- A list as it is filtered, named and found again (CAM-10). It keeps what the address of the page says, never a row.
create table saved_views (
  id uuid primary key,
  owner_id uuid not null,
  organisation_id uuid not null references organisations,
  list text not null check (list in ('targets', 'portfolio', 'search')),
  campaign_id uuid references campaigns,
  name text not null check (length(name) between 1 and 80),
  address jsonb not null check (jsonb_typeof(address) = 'object'),
  shared_with text not null check (shared_with in ('nobody', 'organisation', 'campaign')),
  saved_at timestamptz not null,
  version int not null default 1,
  foreign key (owner_id, organisation_id) references accounts (id, organisation_id),
  constraint saved_views_campaign check ((list = 'targets') = (campaign_id is not null)),
  constraint saved_views_shared check (shared_with <> 'campaign' or campaign_id is not null),
  constraint saved_views_once unique nulls not distinct (owner_id, list, campaign_id, name)
);
create index saved_views_organisation on saved_views (organisation_id) where shared_with = 'organisation';
create index saved_views_campaign_id on saved_views (campaign_id);
-- The views that a person has in their menu.
create table view_pins (
  account_id uuid not null references accounts,
  view_id uuid not null references saved_views on delete cascade,
  pinned_at timestamptz not null,
  primary key (account_id, view_id)
);
create index view_pins_view on view_pins (view_id);
