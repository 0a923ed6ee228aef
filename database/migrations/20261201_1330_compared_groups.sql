-- REC-2: what a group of activity hired in a year and a territory. A row is there only where it isolates nobody.
create table hirings_compared (
  year int not null check (year between 2000 and 2200),
  territory_id int not null references territories,
  naf_group text not null,
  naf_nomenclature text not null,
  establishments int not null check (establishments >= 6),
  -- CDI and CDD over six months; the other CDD and the CTT. Work-study and unsaid durations are in neither.
  durable int not null check (durable > 0),
  other int not null check (other > 0),
  primary key (territory_id, naf_group, naf_nomenclature, year)
);
