-- Row-level security says of the life of deeds no more than their actions do.

-- rgc_deeds
alter table rgc_deeds enable row level security, force row level security;
-- The id is updated for the row lock alone.
grant select, update (id, sent_at, silence_accepts_at, abandoned_at, contested_at, contested_by, contest_reason)
  on rgc_deeds
  to cc_definer;
grant select, insert, update (abandoned_at, paper_signed_on, paper_received_on, commitments, conditions_id,
  conditions_title,
  conditions_version, conditions_hash) on rgc_deeds to cc_web;
create policy owner on rgc_deeds to cc_owner using (true) with check (true);
/*
 * Read: the CSSI and administrators, those who may propose, those named; a regional direction, the papers that it
 * entered itself. Dates of birth and the signed file: the CSSI and the person.
 */
create policy read on rgc_deeds for select to cc_web
  using ((select ctx.ok())
    and ((select ctx.oversees()) or organisation_id in (select ctx.officer_of())
      or created_by = (select ctx.account()) and paper_signed_on is not null
      and (select ctx.enters_deeds_of(organisation_id))
      or (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation())
      or id in (select ctx.deeds_naming_me())));
create policy propose on rgc_deeds for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation())
    and exists (select from conventions c where c.id = convention_id and c.organisation_id = rgc_deeds.organisation_id)
    and created_by = (select ctx.account())
    and num_nonnulls(abandoned_at, sent_at, silence_accepts_at, contested_at, paper_signed_on) = 0
    -- With its commitments, and the text in force that was given: the table holds the rest.
    and conditions_id in (select x.id from access_conditions() x));
-- A deed abandoned stays so, with the signatures it had.
create policy abandon on rgc_deeds for update to cc_web
  using ((select ctx.ok()) and (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation())
    and sent_at is null
    and abandoned_at is null)
  with check (sent_at is null and abandoned_at is not null and paper_signed_on is null
    and organisation_id = (select ctx.organisation()));
-- Signed by hand: entered by who received it for the operator, or deposited by the signatory (AGR-13). The security
-- officer corrects its days, and the conditions given with them: those of the day of signature.
create policy enter on rgc_deeds for insert to cc_web
  with check ((select ctx.ok()) and paper_signed_on is not null and created_by = (select ctx.account())
    and (select ctx.enters_deeds_of(organisation_id))
    and (select ctx.is_convention_of(convention_id, organisation_id))
    and num_nonnulls(abandoned_at, sent_at, silence_accepts_at, contested_at) = 0
    and (conditions_id is null or conditions_id in (select x.id from access_conditions_on(paper_signed_on) x)));
create policy correct on rgc_deeds for update to cc_web
  using ((select ctx.ok()) and paper_signed_on is not null and sent_at is not null
    and ((select ctx.holds_role('cssi')) or organisation_id in (select ctx.officer_of())))
  with check (paper_signed_on is not null and sent_at is not null
    and ((select ctx.holds_role('cssi')) or organisation_id in (select ctx.officer_of()))
    and (conditions_id is null or conditions_id in (select x.id from access_conditions_on(paper_signed_on) x)));

-- rgc_members
alter table rgc_members enable row level security, force row level security;
grant select on rgc_members to cc_definer;
grant select, insert on rgc_members to cc_web;
create policy owner on rgc_members to cc_owner using (true) with check (true);
create policy read on rgc_members for select to cc_web
  using ((select ctx.ok())
    and ((select ctx.oversees()) or organisation_id in (select ctx.officer_of())
      or deed_id in (select d.id from rgc_deeds d where d.created_by = (select ctx.account())
        and d.paper_signed_on is not null)
      or (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation())
      or deed_id in (select ctx.deeds_naming_me())));
create policy propose on rgc_members for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation())
    and exists (select from rgc_deeds d where d.id = deed_id and d.organisation_id = rgc_members.organisation_id
      and d.created_by = (select ctx.account()) and d.sent_at is null)
    and not exists (select from rgc_signatures s where s.deed_id = rgc_members.deed_id)
    -- Of the permanent staff, neither refused nor revoked.
    and rgc_obstacle(organisation_id, account_id, given_name, family_name, null) is null);
create policy enter on rgc_members for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.enters_deeds_of(organisation_id))
    and exists (select from rgc_deeds d where d.id = deed_id and d.organisation_id = rgc_members.organisation_id
      and d.created_by = (select ctx.account()) and d.paper_signed_on is not null and d.sent_at is null)
    and rgc_obstacle(organisation_id, account_id, given_name, family_name, null) is null);

-- rgc_birth_dates
alter table rgc_birth_dates enable row level security, force row level security;
grant select on rgc_birth_dates to cc_definer;
grant select, insert on rgc_birth_dates to cc_web;
create policy owner on rgc_birth_dates to cc_owner using (true) with check (true);
create policy read on rgc_birth_dates for select to cc_web
  using ((select ctx.ok()) and ((select ctx.holds_role('cssi')) or account_id = (select ctx.account())
    or deed_id in (select d.id from rgc_deeds d where d.organisation_id in (select ctx.officer_of()))));
create policy propose on rgc_birth_dates for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.proposes_deeds())
    and exists (select from rgc_deeds d where d.id = deed_id and d.organisation_id = (select ctx.organisation())
      and d.created_by = (select ctx.account()) and d.sent_at is null)
    and not exists (select from rgc_signatures s where s.deed_id = rgc_birth_dates.deed_id));
create policy enter on rgc_birth_dates for insert to cc_web
  with check ((select ctx.ok())
    and exists (select from rgc_deeds d where d.id = deed_id and d.created_by = (select ctx.account())
    and d.paper_signed_on is not null and d.sent_at is null and (select ctx.enters_deeds_of(d.organisation_id))));

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
      and (capacity = 'rgc' or d.signatory_id = (select ctx.account()) and (select ctx.holds_role('signataire'))))
    and (capacity = 'signataire'
      or exists (select from rgc_members m where m.deed_id = rgc_signatures.deed_id
        and m.account_id = (select ctx.account())))
    -- Of whom it names, all may be named, and somebody else could decide for each.
    and rgc_deed_obstacle(deed_id) is null);
create trigger written_now before insert on rgc_signatures for each row execute function ctx.written_now('signed_at');

-- rgc_decisions
alter table rgc_decisions enable row level security, force row level security;
grant select on rgc_decisions to cc_definer;
grant select, insert on rgc_decisions to cc_web;
create policy owner on rgc_decisions to cc_owner using (true) with check (true);
create policy read on rgc_decisions for select to cc_web
  using ((select ctx.ok()) and exists (select from rgc_deeds d where d.id = deed_id));
-- A deed is answered at the database's own instant, while it may be and its convention runs. The twin of isDecidable.
create policy decide on rgc_decisions for insert to cc_web
  with check ((select ctx.ok()) and decided_by = (select ctx.account())
    and decided_at = date_trunc('milliseconds', (select ctx.clock()))
    and exists (select from rgc_deeds d where d.id = deed_id and d.sent_at <= decided_at and d.contested_at is null
      and (d.silence_accepts_at is null or d.silence_accepts_at > decided_at)
      and (d.convention_id is null or exists (select from conventions c
        where c.id = d.convention_id and (c.ends_at is null or c.ends_at > decided_at)))
      and ((select ctx.holds_role('cssi')) or d.organisation_id in (select ctx.officer_of()))));

-- rgc_refused_people
alter table rgc_refused_people enable row level security, force row level security;
grant select on rgc_refused_people to cc_definer;
grant select, insert, update (lifted_at, lifted_by, lifted_reason) on rgc_refused_people to cc_web;
create policy owner on rgc_refused_people to cc_owner using (true) with check (true);
create policy read on rgc_refused_people for select to cc_web
  using ((select ctx.ok()) and exists (select from rgc_deeds d where d.id = deed_id));
create policy decide on rgc_refused_people for insert to cc_web
  with check ((select ctx.ok()) and lifted_at is null and exists (select from rgc_deeds d where d.id = deed_id
      and ((select ctx.holds_role('cssi')) or d.organisation_id in (select ctx.officer_of())))
    and exists (select from rgc_decisions x where x.deed_id = rgc_refused_people.deed_id and x.kind = 'refus'
      and x.decided_by = (select ctx.account())));
-- Lifted by the security officer, once.
create policy lift on rgc_refused_people for update to cc_web
  using ((select ctx.ok()) and lifted_at is null and exists (select from rgc_deeds d where d.id = deed_id
      and ((select ctx.holds_role('cssi')) or d.organisation_id in (select ctx.officer_of()))))
  with check (lifted_by = (select ctx.account()));
create trigger written_now before update of lifted_at on rgc_refused_people
  for each row execute function ctx.written_now('lifted_at');

-- rgc_documents
alter table rgc_documents enable row level security, force row level security;
grant select on rgc_documents to cc_definer;
grant select, insert on rgc_documents to cc_web;
create policy owner on rgc_documents to cc_owner using (true) with check (true);
create policy read on rgc_documents for select to cc_web
  using ((select ctx.ok()) and ((select ctx.holds_role('cssi')) or deed_id in (select ctx.deeds_naming_me_alone())
      or deed_id in (select d.id from rgc_deeds d where d.organisation_id in (select ctx.officer_of()))));
-- Made at its first reading; or the scan of what is signed by hand, by whoever enters it.
create policy make on rgc_documents for insert to cc_web
  with check ((select ctx.ok()) and (((select ctx.holds_role('cssi')) or deed_id in (select ctx.deeds_naming_me_alone())
      or deed_id in (select d.id from rgc_deeds d where d.organisation_id in (select ctx.officer_of())))
    and exists (select from rgc_deeds d where d.id = deed_id and d.sent_at is not null and d.paper_signed_on is null)
    or exists (select from rgc_deeds d where d.id = deed_id and d.sent_at is null and d.paper_signed_on is not null
      and d.created_by = (select ctx.account()) and (select ctx.enters_deeds_of(d.organisation_id)))));
create trigger written_now before insert on rgc_documents for each row execute function ctx.written_now('made_at');

-- rgc_certificates
alter table rgc_certificates enable row level security, force row level security;
grant select on rgc_certificates to cc_definer;
grant select, insert on rgc_certificates to cc_web;
create policy owner on rgc_certificates to cc_owner using (true) with check (true);
create policy read on rgc_certificates for select to cc_web
  using ((select ctx.ok())
    and ((select ctx.oversees()) or organisation_id in (select ctx.officer_of())
      or account_id = (select ctx.account()) or (select ctx.proposes_deeds())
      and organisation_id = (select ctx.organisation())));
create policy record on rgc_certificates for insert to cc_web
  with check ((select ctx.ok()) and ((select ctx.holds_role('cssi')) or organisation_id in (select ctx.officer_of()))
    and recorded_by = (select ctx.account())
    and (select ctx.is_convention_of(convention_id, organisation_id))
    and exists (select from accounts a where a.id = account_id
      and a.organisation_id = rgc_certificates.organisation_id));
create trigger written_now before insert on rgc_certificates
  for each row execute function ctx.written_now('recorded_at');

-- rgc_events
alter table rgc_events enable row level security, force row level security;
grant select, insert, update (signed_on, received_on, late) on rgc_events to cc_web;
grant select, update (withdrawn_at, withdrawn_by, withdrawal_reason) on rgc_events to cc_definer;
create policy owner on rgc_events to cc_owner using (true) with check (true);
-- Read: as certificates are; and by a regional direction, what it entered itself.
create policy read on rgc_events for select to cc_web
  using ((select ctx.ok())
    and ((select ctx.oversees()) or organisation_id in (select ctx.officer_of())
      or declared_by = (select ctx.account()) and received_on is not null
      and (select ctx.receives_papers_of(organisation_id))
      or account_id = (select ctx.account()) or (select ctx.proposes_deeds())
      and organisation_id = (select ctx.organisation())));
-- Declared by the structure of its own people; or entered by who received it for the operator, with that day.
create policy declare_event on rgc_events for insert to cc_web
  with check ((select ctx.ok()) and declared_by = (select ctx.account()) and withdrawn_at is null
    and case when received_on is null then (select ctx.proposes_deeds())
      and organisation_id = (select ctx.organisation())
      else (select ctx.receives_papers_of(organisation_id)) end
    and exists (select from accounts a where a.id = account_id and a.organisation_id = rgc_events.organisation_id));
-- The days of what was received are corrected by the security officer.
create policy correct on rgc_events for update to cc_web
  using ((select ctx.ok()) and received_on is not null
    and ((select ctx.holds_role('cssi')) or organisation_id in (select ctx.officer_of())))
  with check (received_on is not null
    and ((select ctx.holds_role('cssi')) or organisation_id in (select ctx.officer_of())));

-- rgc_event_cuts: what take_back_rgc_event gives back.
alter table rgc_event_cuts enable row level security, force row level security;
grant select, insert, update (ends_on) on rgc_event_cuts to cc_definer;
create policy owner on rgc_event_cuts to cc_owner using (true) with check (true);

-- rgc_event_papers: read with the event, kept by who enters it.
alter table rgc_event_papers enable row level security, force row level security;
grant select, insert on rgc_event_papers to cc_web;
create policy owner on rgc_event_papers to cc_owner using (true) with check (true);
create policy read on rgc_event_papers for select to cc_web
  using ((select ctx.ok()) and exists (select from rgc_events e where e.id = event_id));
create policy keep on rgc_event_papers for insert to cc_web
  with check ((select ctx.ok()) and entered_by = (select ctx.account())
    and exists (select from rgc_events e where e.id = event_id and e.received_on is not null
      and e.declared_by = (select ctx.account())
      and (select ctx.receives_papers_of(e.organisation_id))));

-- rgc_paper_corrections: read with what they are about, noted by the security officer.
alter table rgc_paper_corrections enable row level security, force row level security;
grant select, insert on rgc_paper_corrections to cc_web;
create policy owner on rgc_paper_corrections to cc_owner using (true) with check (true);
create policy read on rgc_paper_corrections for select to cc_web
  using ((select ctx.ok()) and (exists (select from rgc_deeds d where d.id = deed_id)
    or exists (select from rgc_events e where e.id = event_id)));
create policy note on rgc_paper_corrections for insert to cc_web
  with check ((select ctx.ok()) and corrected_by = (select ctx.account())
    and ((select ctx.holds_role('cssi')) or organisation_id in (select ctx.officer_of()))
    and (exists (select from rgc_deeds d where d.id = deed_id
      and d.organisation_id = rgc_paper_corrections.organisation_id and d.paper_signed_on is not null)
      or exists (select from rgc_events e where e.id = event_id
        and e.organisation_id = rgc_paper_corrections.organisation_id and e.received_on is not null)));
-- By a second person and within the delay, as the days of a letter (AGR-13); the delay runs from the instant of each.
create trigger corrected_by_another before insert on rgc_paper_corrections
  for each row execute function ctx.corrected_by_another();
create trigger days_corrected before update of paper_signed_on, paper_received_on on rgc_deeds for each row
  execute function ctx.days_corrected();
create trigger days_corrected before update of signed_on, received_on on rgc_events
  for each row execute function ctx.days_corrected();
create trigger written_now before insert on rgc_paper_corrections
  for each row execute function ctx.written_now('corrected_at');
create trigger written_now before insert or update of abandoned_at on rgc_deeds for each row
  execute function ctx.written_now('created_at', 'abandoned_at');
create trigger written_now before insert on rgc_events for each row execute function ctx.written_now('declared_at');

-- rgc_presences
alter table rgc_presences enable row level security, force row level security;
grant select, insert on rgc_presences to cc_web;
grant select on rgc_presences to cc_definer;
create policy owner on rgc_presences to cc_owner using (true) with check (true);
create policy read on rgc_presences for select to cc_web
  using ((select ctx.ok())
    and ((select ctx.oversees()) or organisation_id in (select ctx.officer_of())
      or account_id = (select ctx.account()) or (select ctx.proposes_deeds())
      and organisation_id = (select ctx.organisation())));
-- Said by the structure, of its own people.
create policy answer on rgc_presences for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation())
    and said_by = (select ctx.account()));
create trigger written_now before insert on rgc_presences for each row execute function ctx.written_now('said_at');

-- rgc_revocations
alter table rgc_revocations enable row level security, force row level security;
grant select, insert, update (made_by, made_at, withdrawn_at, withdrawn_by, withdrawal_reason, lifted_at,
  lifted_by, lifted_reason)
  on rgc_revocations to cc_web;
grant select on rgc_revocations to cc_definer;
create policy owner on rgc_revocations to cc_owner using (true) with check (true);
create policy read on rgc_revocations for select to cc_web
  using ((select ctx.ok())
    and ((select ctx.oversees()) or organisation_id in (select ctx.officer_of())
      or account_id = (select ctx.account()) or (select ctx.proposes_deeds())
      and organisation_id = (select ctx.organisation())));
create policy require on rgc_revocations for insert to cc_web
  with check ((select ctx.ok()) and ((select ctx.holds_role('cssi')) or organisation_id in (select ctx.officer_of()))
    and required_by = (select ctx.account()) and num_nonnulls(made_at, withdrawn_at, lifted_at) = 0
    and exists (select from accounts a where a.id = account_id
      and a.organisation_id = rgc_revocations.organisation_id));
-- Made by the partner, never by the person themself.
create policy make on rgc_revocations for update to cc_web
  using ((select ctx.ok()) and (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation())
    and account_id <> (select ctx.account()) and made_at is null and withdrawn_at is null)
  with check ((select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation())
    and made_by = (select ctx.account())
    and num_nonnulls(withdrawn_at, lifted_at) = 0);
-- Withdrawn by the security officer while it is not carried out; once it is, lifted.
create policy withdraw on rgc_revocations for update to cc_web
  using ((select ctx.ok()) and made_at is null and withdrawn_at is null
    and ((select ctx.holds_role('cssi')) or organisation_id in (select ctx.officer_of())))
  with check (withdrawn_by = (select ctx.account()) and made_at is null
    and ((select ctx.holds_role('cssi')) or organisation_id in (select ctx.officer_of())));
create policy lift on rgc_revocations for update to cc_web
  using ((select ctx.ok()) and made_at is not null and lifted_at is null
    and ((select ctx.holds_role('cssi')) or organisation_id in (select ctx.officer_of())))
  with check (lifted_by = (select ctx.account()) and made_at is not null
    and ((select ctx.holds_role('cssi')) or organisation_id in (select ctx.officer_of())));
create trigger written_now before insert or update of made_at, withdrawn_at, lifted_at on rgc_revocations for each row
  execute function ctx.written_now('required_at', 'made_at', 'withdrawn_at', 'lifted_at');

-- rgc_known_events
alter table rgc_known_events enable row level security, force row level security;
grant select, update (declared_as) on rgc_known_events to cc_definer;
grant select, insert, update (withdrawn_at, withdrawn_by, withdrawal_reason) on rgc_known_events to cc_web;
create policy owner on rgc_known_events to cc_owner using (true) with check (true);
-- Whoever may declare notes of their own structure, and the CSSI of any; each takes back the same.
create policy read on rgc_known_events for select to cc_web
  using ((select ctx.ok())
    and ((select ctx.oversees()) or organisation_id in (select ctx.officer_of())
      or (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation())));
create policy note on rgc_known_events for insert to cc_web
  with check ((select ctx.ok()) and noted_by = (select ctx.account()) and withdrawn_at is null and declared_as is null
    and exists (select from accounts a where a.id = account_id and a.organisation_id = rgc_known_events.organisation_id)
    and ((select ctx.holds_role('cssi')) or organisation_id in (select ctx.officer_of())
      or (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation())));
-- Taken back in one's own name; settle_rgc_known ends it by a declaration.
create policy settle on rgc_known_events for update to cc_web
  using ((select ctx.ok()) and withdrawn_at is null and declared_as is null
    and ((select ctx.holds_role('cssi')) or organisation_id in (select ctx.officer_of())
      or (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation())))
  with check (withdrawn_by = (select ctx.account()));
create trigger written_now before insert or update of withdrawn_at on rgc_known_events for each row
  execute function ctx.written_now('noted_at', 'withdrawn_at');

-- rgc_event_reminders
alter table rgc_event_reminders enable row level security, force row level security;
grant select, insert on rgc_event_reminders to cc_definer;
create policy owner on rgc_event_reminders to cc_owner using (true) with check (true);
