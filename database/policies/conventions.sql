-- Row-level security says of the life of conventions no more than their actions do.

-- conventions
alter table conventions enable row level security, force row level security;
grant select on conventions to cc_definer;
grant select, insert, update (number, effective_from, ends_at, first_term_on, template_id, sent_at, document_id, version) on conventions
  to cc_web;
create policy owner on conventions to cc_owner using (true) with check (true);
create policy read on conventions for select to cc_web
  using ((select ctx.ok())
    and (organisation_id = (select ctx.organisation()) or (select ctx.oversees()) or (select ctx.acts_for_operator())
      or region_id = any ((select ctx.regions())::int[])));
-- Drafting and sending are the regional direction's; who acts for either party changes what follows from what they did.
create policy draft on conventions for insert to cc_web
  with check ((select ctx.ok()) and region_id = any ((select ctx.regions())::int[]) and effective_from is null and ends_at is null
    and created_by = (select ctx.account()));
create policy settle on conventions for update to cc_web
  using ((select ctx.ok())
    and (region_id = any ((select ctx.regions())::int[]) or (select ctx.acts_for_operator())
      or organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())))
  with check ((select ctx.ok())
    and (region_id = any ((select ctx.regions())::int[]) or (select ctx.acts_for_operator())
      or organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())));

-- convention_templates
alter table convention_templates enable row level security, force row level security;
grant select, insert on convention_templates to cc_web;
create policy read on convention_templates for select to cc_web using ((select ctx.ok()));
create policy publish on convention_templates for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.holds_role('administrateur')) and published_by = (select ctx.account()));
create policy owner on convention_templates to cc_owner using (true) with check (true);

-- convention_documents
alter table convention_documents enable row level security, force row level security;
grant select, insert on convention_documents to cc_web;
-- What hangs on a convention is read by who reads it. Each party writes in its own name.
create policy read on convention_documents for select to cc_web
  using ((select ctx.ok())
    and convention_id in (select c.id from conventions c where c.organisation_id <> (select ctx.organisation())
      or (select ctx.reads_own_file())
    or (select ctx.is_staff()) and (c.effective_from is not null and c.document_id = convention_documents.id
    or convention_documents.id in (select a.document_id from convention_amendments a where a.effective_at is not null))));
create policy add on convention_documents for insert to cc_web
  with check ((select ctx.ok()) and added_by = (select ctx.account()) and convention_id in (select c.id from conventions c
    where c.region_id = any ((select ctx.regions())::int[]) or (select ctx.acts_for_operator())
      or c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())));
create policy owner on convention_documents to cc_owner using (true) with check (true);

-- convention_signatories
alter table convention_signatories enable row level security, force row level security;
grant select, insert, update on convention_signatories to cc_web;
create policy read on convention_signatories for select to cc_web
  using ((select ctx.ok())
    and convention_id in (select c.id from conventions c where c.organisation_id <> (select ctx.organisation())
      or (select ctx.reads_own_file()) or (select ctx.is_staff())));
create policy draft on convention_signatories for insert to cc_web
  with check ((select ctx.ok())
    and convention_id in (select c.id from conventions c where c.region_id = any ((select ctx.regions())::int[])));
create policy settle on convention_signatories for update to cc_web
  using ((select ctx.ok()) and convention_id in (select c.id from conventions c
    where c.region_id = any ((select ctx.regions())::int[]) or party = 'partenaire' and c.organisation_id = (select ctx.organisation())
      and (select ctx.acts_for_partner()) or party = 'operateur' and (select ctx.acts_for_operator())))
  with check ((select ctx.ok()) and convention_id in (select c.id from conventions c
    where c.region_id = any ((select ctx.regions())::int[]) or party = 'partenaire' and c.organisation_id = (select ctx.organisation())
      and (select ctx.acts_for_partner()) or party = 'operateur' and (select ctx.acts_for_operator())));
create policy owner on convention_signatories to cc_owner using (true) with check (true);

-- convention_amendments
alter table convention_amendments enable row level security, force row level security;
grant select, insert, update (effective_at) on convention_amendments to cc_web;
-- Those in effect set the dates of the convention: whoever reads it reads them.
create policy read on convention_amendments for select to cc_web
  using ((select ctx.ok())
    and convention_id in (select c.id from conventions c where c.organisation_id <> (select ctx.organisation())
      or (select ctx.reads_own_file()) or convention_amendments.effective_at is not null));
create policy propose on convention_amendments for insert to cc_web
  with check ((select ctx.ok()) and effective_at is null and proposed_by = (select ctx.account())
    and convention_id in (select c.id from conventions c where c.region_id = any ((select ctx.regions())::int[])));
-- An amendment takes effect once.
create policy settle on convention_amendments for update to cc_web
  using ((select ctx.ok()) and effective_at is null
    and convention_id in (select c.id from conventions c where (select ctx.acts_for_operator())
      or c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())))
  with check ((select ctx.ok())
    and convention_id in (select c.id from conventions c where (select ctx.acts_for_operator())
      or c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())));
create policy owner on convention_amendments to cc_owner using (true) with check (true);

-- convention_signatures
alter table convention_signatures enable row level security, force row level security;
grant select, insert on convention_signatures to cc_web;
create policy read on convention_signatures for select to cc_web
  using ((select ctx.ok())
    and convention_id in (select c.id from conventions c where c.organisation_id <> (select ctx.organisation())
      or (select ctx.reads_own_file()) or (select ctx.is_staff())));
-- Signing is the signataire's alone.
create policy sign on convention_signatures for insert to cc_web
  with check ((select ctx.ok()) and account_id = (select ctx.account()) and (select ctx.holds_role('signataire'))
    and convention_id in (select c.id from conventions c
    where party = 'partenaire' and c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())
      or party = 'operateur' and (select ctx.acts_for_operator())));
create policy owner on convention_signatures to cc_owner using (true) with check (true);

-- convention_notices
alter table convention_notices enable row level security, force row level security;
grant select, insert, update (received_on, withdrawn_at, withdrawn_by, withdrawal_reason) on convention_notices to cc_web;
create policy read on convention_notices for select to cc_web
  using ((select ctx.ok())
    and convention_id in (select c.id from conventions c where c.organisation_id <> (select ctx.organisation())
      or (select ctx.reads_own_file())));
create policy give on convention_notices for insert to cc_web
  with check ((select ctx.ok()) and recorded_by = (select ctx.account()) and withdrawn_at is null
    and convention_id in (select c.id from conventions c
    where party = 'partenaire' and c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())
      or party = 'operateur' and ((select ctx.acts_for_operator()) or c.region_id = any ((select ctx.regions())::int[]))));
-- Receipt is told by either party, of what still holds: who received the letter knows it best. Who gave notice renounces it, in their
-- own name and once.
create policy settle on convention_notices for update to cc_web
  using ((select ctx.ok()) and withdrawn_at is null
    and convention_id in (select c.id from conventions c where c.region_id = any ((select ctx.regions())::int[])
      or (select ctx.acts_for_operator()) or c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())))
  with check ((select ctx.ok()) and (withdrawn_at is null and withdrawn_by is null or withdrawn_by = (select ctx.account()))
    and convention_id in (select c.id from conventions c
    where c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())
      and (withdrawn_at is null or party = 'partenaire')
    or ((select ctx.acts_for_operator()) or c.region_id = any ((select ctx.regions())::int[]))
      and (withdrawn_at is null or party = 'operateur')));
create policy owner on convention_notices to cc_owner using (true) with check (true);

-- convention_breaches
alter table convention_breaches enable row level security, force row level security;
grant select, insert, update (presented_on, delivered_on, withdrawn_at, withdrawn_by, withdrawal_reason) on convention_breaches to cc_web;
create policy read on convention_breaches for select to cc_web
  using ((select ctx.ok())
    and convention_id in (select c.id from conventions c where c.organisation_id <> (select ctx.organisation())
      or (select ctx.reads_own_file())));
create policy give on convention_breaches for insert to cc_web
  with check ((select ctx.ok()) and recorded_by = (select ctx.account()) and withdrawn_at is null
    and convention_id in (select c.id from conventions c
    where party = 'partenaire' and c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())
      or party = 'operateur' and ((select ctx.acts_for_operator()) or c.region_id = any ((select ctx.regions())::int[]))));
-- As for notices: a receipt is told by either party, and who complained renounces it, in their own name and once.
create policy settle on convention_breaches for update to cc_web
  using ((select ctx.ok()) and withdrawn_at is null
    and convention_id in (select c.id from conventions c where c.region_id = any ((select ctx.regions())::int[])
      or (select ctx.acts_for_operator()) or c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())))
  with check ((select ctx.ok()) and (withdrawn_at is null and withdrawn_by is null or withdrawn_by = (select ctx.account()))
    and convention_id in (select c.id from conventions c
    where c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())
      and (withdrawn_at is null or party = 'partenaire')
    or ((select ctx.acts_for_operator()) or c.region_id = any ((select ctx.regions())::int[]))
      and (withdrawn_at is null or party = 'operateur')));
create policy owner on convention_breaches to cc_owner using (true) with check (true);

-- convention_contacts
alter table convention_contacts enable row level security, force row level security;
grant select, insert, update (ends_at) on convention_contacts to cc_web;
grant select on convention_contacts to cc_definer;
-- A partner's contacts are for that partner and the operator's side; the operator's for everyone under a convention.
create policy read on convention_contacts for select to cc_web
  using ((select ctx.ok())
    and (party = 'operateur' or organisation_id = (select ctx.organisation())
      or organisation_id in (select c.organisation_id from conventions c))
    and ((select ctx.reads_own_file()) or (select ctx.reads_conventions()) or (select ctx.is_staff())
      and (ends_at is null or ends_at > (select ctx.clock()))));
create policy name on convention_contacts for insert to cc_web
  with check ((select ctx.ok()) and recorded_by = (select ctx.account()) and organisation_id = (select ctx.organisation())
    and (party = 'partenaire' and (select ctx.acts_for_partner()) or party = 'operateur'
      and ((select ctx.holds_role('administrateur')) or region_id = any ((select ctx.regions())::int[]))));
create policy settle on convention_contacts for update to cc_web
  using ((select ctx.ok()) and organisation_id = (select ctx.organisation())
    and (party = 'partenaire' and (select ctx.acts_for_partner()) or party = 'operateur'
      and ((select ctx.holds_role('administrateur')) or region_id = any ((select ctx.regions())::int[]))))
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation())
    and (party = 'partenaire' and (select ctx.acts_for_partner()) or party = 'operateur'
      and ((select ctx.holds_role('administrateur')) or region_id = any ((select ctx.regions())::int[]))));
create policy owner on convention_contacts to cc_owner using (true) with check (true);
