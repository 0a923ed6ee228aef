-- The exchange that carried out a planned action: one act finishes it (CAM-5). It is with the same establishment, by the same
-- organisation; an exchange answers one action at most.
create unique index exchanges_answering on exchanges (id, siret, organisation_id);
alter table next_actions
  add column answered_by uuid unique,
  add constraint next_actions_answered foreign key (answered_by, siret, organisation_id) references exchanges (id, siret, organisation_id),
  add constraint next_actions_answered_done check (answered_by is null or done_at is not null);
