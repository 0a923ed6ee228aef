-- EST-2, CAM-2: what a code of NAF rév. 2 becomes in NAF 2025, and the code that an establishment had before it was recoded.
create table naf_correspondences (
  naf text not null check (naf ~ '^\d{2}\.\d{2}[A-Z]$'),
  naf25 text not null check (naf25 ~ '^\d{2}\.\d{2}[A-Z]$'),
  -- INSEE's own table, or the register's lines that carry both codes, counted.
  source text not null check (source in ('insee', 'register')),
  establishments int check (establishments > 0),
  -- The month that INSEE published it, or the day that the register was counted.
  edition text not null check (edition ~ '^\d{4}-\d{2}(-\d{2})?$'),
  -- One line of the register may be so; other lines of this code are not supposed to.
  rare boolean not null default false,
  primary key (naf, naf25),
  check ((source = 'register') = (establishments is not null))
);
create index naf_correspondences_naf25 on naf_correspondences (naf25);

-- Of NAF rév. 2, kept when the register recodes to NAF 2025. The index of the search does not hold it.
alter table establishments add column naf_former text;
alter table establishments add constraint establishments_former_hidden check (diffusion <> 'N' or naf_former is null) not valid;
alter table establishments validate constraint establishments_former_hidden;

-- An import that was under way has tables without this column: it begins again.
drop schema if exists register_build cascade;
