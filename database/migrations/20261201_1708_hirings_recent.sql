-- CAM-2, EST-2: hires of the last twelve months that files tell whole, by establishment, to be searched and aimed at by.
create table hirings_recent (
  siret bigint primary key,
  region_id int,
  departement_id int,
  epci_id int,
  clpe_id int,
  total int not null check (total > 0),
  cdi int not null check (cdi >= 0),
  -- Over six months.
  cdd_long int not null check (cdd_long >= 0),
  -- Six months at most. A CDD of unsaid duration is in the total alone.
  cdd int not null check (cdd >= 0),
  ctt int not null check (ctt >= 0),
  work_study int not null check (work_study >= 0)
);
create index hirings_recent_departement on hirings_recent (departement_id);
