-- An establishment that took another's place, as the register publishes it (StockEtablissementLiensSuccession). Public: no row-level security.
-- Numbers that the register does not hold are kept: it may come to hold them.
create table establishment_successions (
  predecessor bigint not null check (predecessor between 0 and 99999999999999),
  successor bigint not null check (successor between 0 and 99999999999999),
  linked_on date not null,
  -- The head office moved.
  head_office_transfer boolean not null,
  economic_continuity boolean not null,
  register_updated_at timestamp,
  primary key (predecessor, successor, linked_on)
);
create index establishment_successions_successor on establishment_successions (successor);

grant select on establishment_successions to cc_web, cc_definer;
