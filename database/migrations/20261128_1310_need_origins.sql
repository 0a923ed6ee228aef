-- An exchange that a need comes from, or a person that it names, stays: undoing a file of employers removes neither (CAM-7, CAM-10).
alter table needs
  drop constraint needs_exchange_id_fkey,
  add constraint needs_exchange_id_fkey foreign key (exchange_id) references exchanges,
  drop constraint needs_correspondent_id_fkey,
  add constraint needs_correspondent_id_fkey foreign key (correspondent_id) references correspondents;
create index needs_exchange on needs (exchange_id) where exchange_id is not null;
create index needs_correspondent on needs (correspondent_id) where correspondent_id is not null;
