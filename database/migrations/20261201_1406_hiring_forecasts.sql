-- REC-4: the season of a group of activity, where it tells nothing of one establishment; forecasts of hires, to be searched.
create table hiring_seasons (
  naf_group text not null,
  naf_nomenclature text not null,
  year int not null check (year between 2000 and 2200),
  -- January to December beside the mean month, in quarters of it: 4 is the mean.
  quarters int[] not null check (cardinality(quarters) = 12 and 0 <= all (quarters)),
  primary key (naf_group, naf_nomenclature, year)
);

create table hiring_forecasts (
  siret bigint primary key,
  -- The last month that files told whole.
  month date not null check (extract(day from month) = 1),
  -- Hires of the three months after it; nothing where no forecast is told.
  expected int check (expected >= 0),
  silence text check (silence in ('closed', 'short-past', 'few-hires', 'missing-months', 'not-better')),
  check ((expected is null) = (silence is not null))
);
create index hiring_forecasts_expected on hiring_forecasts (expected desc, siret) where expected is not null;

-- How far the forecasting of the last files has come.
create table hiring_forecast_runs (
  file_id int primary key references hiring_files on delete cascade,
  month date not null check (extract(day from month) = 1),
  begun_at timestamptz not null,
  reached bigint not null default 0,
  finished_at timestamptz
);
