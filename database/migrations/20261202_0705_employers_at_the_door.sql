-- The employer that ProConnect told when an identity was linked, or that somebody confirmed since (ACC-16). Null: none was told.
alter table account_identities add column siret bigint check (siret between 1 and 99999999999999);
-- Linked by nobody's word, it was under the SIRET that the structure had that day; else, under the one that was confirmed.
update account_identities i set siret = case when i.confirmed_by is null then coalesce(
    (select x.siret from organisation_identities x join accounts a on a.organisation_id = x.organisation_id
      where a.id = i.account_id and x.recorded_at <= i.linked_at order by x.recorded_at desc limit 1),
    (select o.siret from organisations o join accounts a on a.organisation_id = o.id where a.id = i.account_id)) end;
update account_identities i set siret = p.siret from pending_links p
  where p.issuer = i.issuer and p.subject = i.subject and p.account_id = i.account_id and p.decision = 'confirmed' and p.siret is not null;
alter table pending_links drop constraint pending_links_reason_check;
alter table pending_links add constraint pending_links_reason_check
  check (reason in ('already-linked', 'other-organisation', 'unknown-provider', 'employer-changed'));
