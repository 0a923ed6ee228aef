-- The yearly assessment of a partner's security, as the operator's security officer records it (AGR-10): added to, never rewritten.
create table security_assessments (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  assessed_on date not null,
  outcome text not null check (length(btrim(outcome)) between 1 and 500), -- a score, or a sentence
  reference text not null check (length(btrim(reference)) between 1 and 200), -- where the evidence is kept
  next_due_on date not null check (next_due_on > assessed_on and next_due_on <= assessed_on + interval '1 year'),
  recorded_by uuid not null references accounts,
  recorded_at timestamptz not null
);
create index security_assessments_organisation on security_assessments (organisation_id, assessed_on desc, recorded_at desc);
alter table security_assessments enable row level security; alter table security_assessments force row level security;
create policy owner on security_assessments to cc_owner using (true) with check (true);
-- Read by who oversees and who acts for the operator, by the regional direction of a convention, and on the partner's side by who answers for its security and its accounts.
create policy read on security_assessments for select to cc_web using ((select ctx.ok()) and ((select ctx.oversees()) or (select ctx.acts_for_operator())
  or organisation_id in (select c.organisation_id from conventions c where c.region_id = any ((select ctx.regions())::int[]))
  or organisation_id = (select ctx.organisation()) and ((select ctx.holds_role('rssi')) or (select ctx.holds_role('rgc')) or (select ctx.holds_role('signataire')) or (select ctx.holds_role('responsable-operationnel')))));
create policy record on security_assessments for insert to cc_web with check ((select ctx.ok()) and (select ctx.holds_role('cssi')) and recorded_by = (select ctx.account()));
grant select, insert on security_assessments to cc_web;
