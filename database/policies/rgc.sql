-- Row-level security says of the life of deeds no more than their actions do.

-- rgc_deeds
alter table rgc_deeds enable row level security, force row level security;
-- The id is updated for the row lock alone.
grant select, update (id, sent_at, silence_accepts_at) on rgc_deeds to cc_definer;
grant select, insert, update (abandoned_at) on rgc_deeds to cc_web;
create policy owner on rgc_deeds to cc_owner using (true) with check (true);
/* Read: the CSSI and administrators, those who may propose, those named. Dates of birth and the signed file: the CSSI and the person. */
create policy read on rgc_deeds for select to cc_web
  using ((select ctx.ok())
    and ((select ctx.oversees()) or (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation())
      or id in (select ctx.deeds_naming_me())));
create policy propose on rgc_deeds for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation())
    and created_by = (select ctx.account())
    and num_nonnulls(abandoned_at, sent_at, silence_accepts_at) = 0);
-- A deed abandoned stays so, with the signatures it had.
create policy abandon on rgc_deeds for update to cc_web
  using ((select ctx.ok()) and (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation()) and sent_at is null
    and abandoned_at is null)
  with check (sent_at is null and abandoned_at is not null and organisation_id = (select ctx.organisation()));

-- rgc_members
alter table rgc_members enable row level security, force row level security;
grant select on rgc_members to cc_definer;
grant select, insert on rgc_members to cc_web;
create policy owner on rgc_members to cc_owner using (true) with check (true);
create policy read on rgc_members for select to cc_web
  using ((select ctx.ok())
    and ((select ctx.oversees()) or (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation())
      or deed_id in (select ctx.deeds_naming_me())));
create policy propose on rgc_members for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation())
    and exists (select from rgc_deeds d where d.id = deed_id and d.organisation_id = rgc_members.organisation_id
      and d.created_by = (select ctx.account()) and d.sent_at is null)
    and not exists (select from rgc_signatures s where s.deed_id = rgc_members.deed_id));

-- rgc_birth_dates
alter table rgc_birth_dates enable row level security, force row level security;
grant select, insert on rgc_birth_dates to cc_web;
create policy owner on rgc_birth_dates to cc_owner using (true) with check (true);
create policy read on rgc_birth_dates for select to cc_web
  using ((select ctx.ok()) and ((select ctx.holds_role('cssi')) or account_id = (select ctx.account())));
create policy propose on rgc_birth_dates for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.proposes_deeds())
    and exists (select from rgc_deeds d where d.id = deed_id and d.organisation_id = (select ctx.organisation())
      and d.created_by = (select ctx.account()) and d.sent_at is null)
    and not exists (select from rgc_signatures s where s.deed_id = rgc_birth_dates.deed_id));

-- rgc_signatures
alter table rgc_signatures enable row level security, force row level security;
grant select on rgc_signatures to cc_definer;
grant select, insert on rgc_signatures to cc_web;
create policy owner on rgc_signatures to cc_owner using (true) with check (true);
-- What hangs on a deed is read with it.
create policy read on rgc_signatures for select to cc_web
  using ((select ctx.ok()) and exists (select from rgc_deeds d where d.id = deed_id));
create policy sign on rgc_signatures for insert to cc_web
  with check ((select ctx.ok()) and account_id = (select ctx.account())
    and exists (select from rgc_deeds d where d.id = deed_id and d.sent_at is null and d.abandoned_at is null
      and (capacity = 'rgc' or d.signatory_id = (select ctx.account())))
    and (capacity = 'signataire'
      or exists (select from rgc_members m where m.deed_id = rgc_signatures.deed_id and m.account_id = (select ctx.account()))));

-- rgc_decisions
alter table rgc_decisions enable row level security, force row level security;
grant select on rgc_decisions to cc_definer;
grant select, insert on rgc_decisions to cc_web;
create policy owner on rgc_decisions to cc_owner using (true) with check (true);
create policy read on rgc_decisions for select to cc_web
  using ((select ctx.ok()) and exists (select from rgc_deeds d where d.id = deed_id));
create policy decide on rgc_decisions for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.holds_role('cssi')) and decided_by = (select ctx.account())
    and exists (select from rgc_deeds d where d.id = deed_id and d.sent_at <= decided_at));

-- rgc_documents
alter table rgc_documents enable row level security, force row level security;
grant select, insert on rgc_documents to cc_web;
create policy owner on rgc_documents to cc_owner using (true) with check (true);
create policy read on rgc_documents for select to cc_web
  using ((select ctx.ok()) and ((select ctx.holds_role('cssi')) or deed_id in (select ctx.deeds_naming_me_alone())));
create policy make on rgc_documents for insert to cc_web
  with check ((select ctx.ok()) and ((select ctx.holds_role('cssi')) or deed_id in (select ctx.deeds_naming_me_alone()))
    and exists (select from rgc_deeds d where d.id = deed_id and d.sent_at is not null));

-- rgc_certificates
alter table rgc_certificates enable row level security, force row level security;
grant select on rgc_certificates to cc_definer;
grant select, insert on rgc_certificates to cc_web;
create policy owner on rgc_certificates to cc_owner using (true) with check (true);
create policy read on rgc_certificates for select to cc_web
  using ((select ctx.ok())
    and ((select ctx.oversees()) or account_id = (select ctx.account()) or (select ctx.proposes_deeds())
      and organisation_id = (select ctx.organisation())));
create policy record on rgc_certificates for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.holds_role('cssi')) and recorded_by = (select ctx.account()));

-- rgc_events
alter table rgc_events enable row level security, force row level security;
grant select, insert on rgc_events to cc_web;
grant select on rgc_events to cc_definer;
create policy owner on rgc_events to cc_owner using (true) with check (true);
create policy read on rgc_events for select to cc_web
  using ((select ctx.ok())
    and ((select ctx.oversees()) or account_id = (select ctx.account()) or (select ctx.proposes_deeds())
      and organisation_id = (select ctx.organisation())));
-- Declared of the structure's own people.
create policy declare_event on rgc_events for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation())
    and declared_by = (select ctx.account())
    and exists (select from accounts a where a.id = account_id and a.organisation_id = (select ctx.organisation())));

-- rgc_revocations
alter table rgc_revocations enable row level security, force row level security;
grant select, insert, update (made_by, made_at) on rgc_revocations to cc_web;
create policy owner on rgc_revocations to cc_owner using (true) with check (true);
create policy read on rgc_revocations for select to cc_web
  using ((select ctx.ok())
    and ((select ctx.oversees()) or account_id = (select ctx.account()) or (select ctx.proposes_deeds())
      and organisation_id = (select ctx.organisation())));
create policy require on rgc_revocations for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.holds_role('cssi')) and required_by = (select ctx.account()) and made_at is null);
-- Made by the partner, never by the person themself.
create policy make on rgc_revocations for update to cc_web
  using ((select ctx.ok()) and (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation())
    and account_id <> (select ctx.account()) and made_at is null)
  with check (organisation_id = (select ctx.organisation()) and made_by = (select ctx.account()));

-- rgc_known_events
alter table rgc_known_events enable row level security, force row level security;
grant select on rgc_known_events to cc_definer;
grant select, insert, update (withdrawn_at, withdrawn_by, withdrawal_reason, declared_as) on rgc_known_events to cc_web;
create policy owner on rgc_known_events to cc_owner using (true) with check (true);
-- Whoever may declare notes of their own structure, and the CSSI of any; each takes back the same.
create policy read on rgc_known_events for select to cc_web
  using ((select ctx.ok())
    and ((select ctx.oversees()) or (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation())));
create policy note on rgc_known_events for insert to cc_web
  with check ((select ctx.ok()) and noted_by = (select ctx.account()) and withdrawn_at is null and declared_as is null
    and exists (select from accounts a where a.id = account_id and a.organisation_id = rgc_known_events.organisation_id)
    and ((select ctx.holds_role('cssi')) or (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation())));
-- Taken back in one's own name, or ended by the declaration that one makes of that person.
create policy settle on rgc_known_events for update to cc_web
  using ((select ctx.ok()) and withdrawn_at is null and declared_as is null
    and ((select ctx.holds_role('cssi')) or (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation())))
  with check ((select ctx.ok()) and (withdrawn_by = (select ctx.account()) or withdrawn_at is null
    and exists (select from rgc_events e where e.id = declared_as and e.account_id = rgc_known_events.account_id
      and e.declared_by = (select ctx.account()))));

-- rgc_event_reminders
alter table rgc_event_reminders enable row level security, force row level security;
grant select, insert on rgc_event_reminders to cc_definer;
create policy owner on rgc_event_reminders to cc_owner using (true) with check (true);
