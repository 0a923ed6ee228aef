-- Establishments reached, kept by campaign and month, for who reads the whole country (IND-4).

-- A line for each month of a campaign whose exchanges changed since its set was made.
create table reached_changes (
  id bigint generated always as identity primary key,
  campaign_id uuid not null,
  month date not null check (extract(day from month) = 1)
);
create index reached_changes_month on reached_changes (campaign_id, month);

-- The place of an establishment in the sets: parts of 8,192, each of one department, so that a campaign has few of them.
create table reached_numbers (
  siret bigint primary key,
  departement_id int not null,
  part int not null,
  place int not null check (place between 0 and 8191),
  unique (departement_id, part, place)
);
-- Places are given from 0 on: the list of parts.
create index reached_numbers_parts on reached_numbers (departement_id, part) where place = 0;

-- One bit for each establishment that a partner reached in that campaign and month.
create table reached_sets (
  campaign_id uuid not null,
  month date not null check (extract(day from month) = 1),
  departement_id int not null,
  part int not null,
  establishments bit(8192) not null,
  primary key (departement_id, part, month, campaign_id)
);
create index reached_sets_month on reached_sets (campaign_id, month);

insert into reached_changes (campaign_id, month)
select distinct campaign_id, date_trunc('month', occurred_on)::date from exchanges
where reached and status = 'recorded' and campaign_id is not null;
