-- Updates of the register by API Sirene: the next page to read of each collection, written in the transaction of the page before it.
create table register_updates (
  collection text primary key check (collection in ('establishments', 'units')),
  -- The run: whole days, both included. It is over when day is past until.
  since date not null,
  until date not null,
  day date not null,
  cursor text not null default '*',
  read_of_day int not null default 0,
  updated_at timestamptz not null default now()
);

-- What an import was asked to keep: the updates keep to the same. Null: the whole of France.
alter table register_imports add column area int[], add column active_only boolean not null default false;

-- The daily update runs in the worker. The register is public and holds nothing of a partner: the worker may write it, and owns none of it (docs/decisions/0003).
grant select on communes, commune_successions to cc_worker;
grant select, insert, update on establishments, register_imports, register_updates to cc_worker;
grant select, insert, update, delete on legal_units to cc_worker;
grant select on register_updates to cc_web;
