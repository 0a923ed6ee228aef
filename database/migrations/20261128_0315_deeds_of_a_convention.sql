-- A deed, and the certificate it calls for, belong to one convention and end with it (RGC-10, AGR-7).
alter table rgc_deeds add column convention_id uuid references conventions;
alter table rgc_certificates add column convention_id uuid references conventions;

-- Those laid before: the convention in force when they were sent or recorded; failing one, the latest of the structure.
update rgc_deeds d set convention_id = (
  select c.id from conventions c where c.organisation_id = d.organisation_id
  order by (c.effective_from <= coalesce(d.sent_at, d.created_at) and (c.ends_at is null or c.ends_at > coalesce(d.sent_at, d.created_at))) desc nulls last,
    c.created_at desc limit 1);
update rgc_certificates x set convention_id = (
  select c.id from conventions c where c.organisation_id = x.organisation_id
  order by (c.effective_from <= x.recorded_at and (c.ends_at is null or c.ends_at > x.recorded_at)) desc nulls last, c.created_at desc limit 1);
create index rgc_deeds_convention on rgc_deeds (convention_id, sent_at);

-- Whom a refusal is about: they are not proposed again under the same convention (RGC-3).
create table rgc_refused_people (
  deed_id uuid not null,
  account_id uuid not null,
  primary key (deed_id, account_id),
  foreign key (deed_id, account_id) references rgc_members
);
create index rgc_refused_people_account on rgc_refused_people (account_id);
insert into rgc_refused_people (deed_id, account_id)
  select m.deed_id, m.account_id from rgc_members m join rgc_decisions d on d.deed_id = m.deed_id and d.kind = 'refus';

-- The deed that ended a role, so that its refusal gives back what it took (RGC-10).
alter table role_assignments add column ended_by_deed uuid references rgc_deeds;
