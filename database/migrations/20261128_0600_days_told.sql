-- A party corrects the days that it told, and no other (AGR-13): a letter keeps which days each party told.
alter table convention_notices
  add column partner_days text[] not null default '{}' check (partner_days <@ array['sentOn', 'receivedOn']),
  add column operator_days text[] not null default '{}' check (operator_days <@ array['sentOn', 'receivedOn']);
alter table convention_breaches
  add column partner_days text[] not null default '{}' check (partner_days <@ array['sentOn', 'presentedOn', 'deliveredOn']),
  add column operator_days text[] not null default '{}' check (operator_days <@ array['sentOn', 'presentedOn', 'deliveredOn']);
update convention_notices n set
  partner_days = case when partner_told then d.days else '{}' end,
  operator_days = case when operator_told then d.days else '{}' end
from (select id, array_remove(array['sentOn', case when received_on is not null then 'receivedOn' end], null) as days
  from convention_notices) d where d.id = n.id;
update convention_breaches b set
  partner_days = case when partner_told then d.days else '{}' end,
  operator_days = case when operator_told then d.days else '{}' end
from (select id, array_remove(array['sentOn', case when presented_on is not null then 'presentedOn' end,
    case when delivered_on is not null then 'deliveredOn' end], null) as days
  from convention_breaches) d where d.id = b.id;
-- With the policies that read them; those of today are made after the migrations. They read a yes or no, which leaks nothing.
alter table convention_notices drop column partner_told cascade, drop column operator_told cascade,
  add column partner_told boolean not null generated always as (partner_days <> '{}') stored,
  add column operator_told boolean not null generated always as (operator_days <> '{}') stored;
alter table convention_breaches drop column partner_told cascade, drop column operator_told cascade,
  add column partner_told boolean not null generated always as (partner_days <> '{}') stored,
  add column operator_told boolean not null generated always as (operator_days <> '{}') stored;
