-- Row-level security says of the life of conventions no more than their actions do.

-- conventions
alter table conventions enable row level security, force row level security;
grant select, update (version) on conventions to cc_definer;
grant select, insert, update (number, effective_from, ends_at, first_term_on, template_id, sent_at, document_id,
  version) on conventions
  to cc_web;
create policy owner on conventions to cc_owner using (true) with check (true);
create policy read on conventions for select to cc_web
  using ((select ctx.ok())
    and (organisation_id = (select ctx.organisation()) or (select ctx.oversees()) or (select ctx.acts_for_operator())
      or region_id = any ((select ctx.acts_in())::int[])
      or region_id = any ((select ctx.role_regions('cssi'))::int[])));
-- Drafting and sending are the regional direction's; who acts for either party changes what follows from what they did.
create policy draft on conventions for insert to cc_web
  with check ((select ctx.ok()) and region_id = any ((select ctx.regions())::int[]) and effective_from is null
    and ends_at is null
    and created_by = (select ctx.account()));
create policy settle on conventions for update to cc_web
  using ((select ctx.ok())
    and (region_id = any ((select ctx.acts_in())::int[]) or (select ctx.acts_for_operator())
      or organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())))
  with check ((select ctx.ok())
    and (region_id = any ((select ctx.acts_in())::int[]) or (select ctx.acts_for_operator())
      or organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())));
create trigger written_now before insert or update of sent_at on conventions for each row
  execute function ctx.written_now('created_at', 'sent_at');

create trigger annexes_complete before update of sent_at on conventions
  for each row execute function ctx.annexes_complete();
create trigger end_lapsed_grants after insert or update of effective_from, ends_at on conventions
  for each row execute function ctx.end_lapsed_grants();

-- convention_templates
alter table convention_templates enable row level security, force row level security;
grant select, insert on convention_templates to cc_web;
create policy read on convention_templates for select to cc_web using ((select ctx.ok()));
create policy publish on convention_templates for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.holds_role('administrateur'))
    and published_by = (select ctx.account()));
create policy owner on convention_templates to cc_owner using (true) with check (true);
create trigger written_now before insert on convention_templates
  for each row execute function ctx.written_now('published_at');

-- operator_identities: read by whoever reads the model; change_operator_identity alone writes.
alter table operator_identities enable row level security, force row level security;
grant select on operator_identities to cc_web;
grant select, insert on operator_identities to cc_definer;
create policy owner on operator_identities to cc_owner using (true) with check (true);
create policy read on operator_identities for select to cc_web using ((select ctx.ok()));

-- convention_documents
alter table convention_documents enable row level security, force row level security;
grant select, insert on convention_documents to cc_web;
-- What hangs on a convention is read by who reads it. Each party writes in its own name.
create policy read on convention_documents for select to cc_web
  using ((select ctx.ok())
    and convention_id in (select c.id from conventions c where c.organisation_id <> (select ctx.organisation())
      or (select ctx.reads_own_file())
    or (select ctx.is_staff()) and (c.effective_from is not null and c.document_id = convention_documents.id
    or convention_documents.id in (select a.document_id from convention_amendments a where a.effective_at is not null)
    -- The act that empowers is read with the signatory whom it empowers.
    or convention_documents.id in (select s.act_document_id from convention_signatories s
      union all select x.act_document_id from convention_amendment_authorities x
      union all select y.act_document_id from convention_signers y)))
    -- An amendment that is composed, and proposed to nobody yet, is the operator's alone.
    and (kind <> 'avenant'
      or convention_id in (select c.id from conventions c where c.organisation_id <> (select ctx.organisation()))
      or convention_documents.id in (select a.document_id from convention_amendments a)));
create policy add on convention_documents for insert to cc_web
  with check ((select ctx.ok()) and added_by = (select ctx.account())
    and convention_id in (select c.id from conventions c
    where c.region_id = any ((select ctx.acts_in())::int[]) or (select ctx.acts_for_operator())
      or c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())));
create policy owner on convention_documents to cc_owner using (true) with check (true);
create trigger written_now before insert on convention_documents
  for each row execute function ctx.written_now('added_at');

-- convention_signatories
alter table convention_signatories enable row level security, force row level security;
grant select, insert, update (name, capacity, act, act_on, local_authority, prefecture_on, published_on, designates_rgc,
  act_document_id) on convention_signatories to cc_web;
create policy read on convention_signatories for select to cc_web
  using ((select ctx.ok())
    and convention_id in (select c.id from conventions c where c.organisation_id <> (select ctx.organisation())
      or (select ctx.reads_own_file()) or (select ctx.is_staff())));
create policy draft on convention_signatories for insert to cc_web
  with check ((select ctx.ok())
    and convention_id in (select c.id from conventions c where c.region_id = any ((select ctx.regions())::int[])));
create policy settle on convention_signatories for update to cc_web
  using ((select ctx.ok()) and convention_id in (select c.id from conventions c
    where c.region_id = any ((select ctx.regions())::int[]) or party = 'partenaire'
      and c.organisation_id = (select ctx.organisation())
      and (select ctx.acts_for_partner()) or party = 'operateur'
      and ((select ctx.acts_for_operator()) or c.region_id = any ((select ctx.acts_in())::int[]))))
  with check ((select ctx.ok()) and convention_id in (select c.id from conventions c
    where c.region_id = any ((select ctx.regions())::int[]) or party = 'partenaire'
      and c.organisation_id = (select ctx.organisation())
      and (select ctx.acts_for_partner()) or party = 'operateur'
      and ((select ctx.acts_for_operator()) or c.region_id = any ((select ctx.acts_in())::int[]))));
create policy owner on convention_signatories to cc_owner using (true) with check (true);

-- convention_amendments
alter table convention_amendments enable row level security, force row level security;
grant select, insert, update (effective_at, closed_by, closed_at, closed_reason, closed_by_account)
  on convention_amendments to cc_web;
-- Those in effect set the dates of the convention: whoever reads it reads them.
create policy read on convention_amendments for select to cc_web
  using ((select ctx.ok())
    and convention_id in (select c.id from conventions c where c.organisation_id <> (select ctx.organisation())
      or (select ctx.reads_own_file()) or convention_amendments.effective_at is not null));
create policy propose on convention_amendments for insert to cc_web
  with check ((select ctx.ok()) and effective_at is null and proposed_by = (select ctx.account())
    and convention_id in (select c.id from conventions c where c.region_id = any ((select ctx.regions())::int[])));
grant select on convention_amendments, convention_signatures, convention_answers to cc_definer;
grant select (id, convention_id, withdrawn_at) on convention_notices to cc_definer;
-- Its effect follows from its signatures, as that of the convention does: entered, contested, corrected by either
-- party. Each closes it in its own name, once.
create policy settle on convention_amendments for update to cc_web
  using ((select ctx.ok()) and closed_at is null
    and convention_id in (select c.id from conventions c where (select ctx.acts_for_operator())
      or c.region_id = any ((select ctx.acts_in())::int[])
      or c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())))
  with check ((select ctx.ok()) and (closed_by_account is null or closed_by_account = (select ctx.account()))
    and convention_id in (select c.id from conventions c
      where (closed_by is null or closed_by = 'operateur')
        and ((select ctx.acts_for_operator()) or c.region_id = any ((select ctx.acts_in())::int[]))
      or (closed_by is null or closed_by = 'partenaire') and c.organisation_id = (select ctx.organisation())
      and (select ctx.acts_for_partner())));
create policy owner on convention_amendments to cc_owner using (true) with check (true);
create trigger written_now before insert or update of closed_at on convention_amendments for each row
  execute function ctx.written_now('proposed_at', 'closed_at');

-- convention_amendment_authorities: read with their amendment; each party settles its own, the region's direction both.
alter table convention_amendment_authorities enable row level security, force row level security;
grant select, insert, update (local_authority, prefecture_on, published_on, act_document_id, settled_by, settled_at)
  on convention_amendment_authorities to cc_web;
create policy read on convention_amendment_authorities for select to cc_web
  using ((select ctx.ok()) and amendment_id in (select a.id from convention_amendments a));
create policy settle on convention_amendment_authorities for insert to cc_web
  with check ((select ctx.ok()) and settled_by = (select ctx.account())
    and amendment_id in (select a.id from convention_amendments a
      where a.convention_id = convention_amendment_authorities.convention_id)
    and convention_id in (select c.id from conventions c
    where c.region_id = any ((select ctx.regions())::int[]) or party = 'partenaire'
      and c.organisation_id = (select ctx.organisation())
      and (select ctx.acts_for_partner()) or party = 'operateur'
      and ((select ctx.acts_for_operator()) or c.region_id = any ((select ctx.acts_in())::int[]))));
create policy settle_again on convention_amendment_authorities for update to cc_web
  using ((select ctx.ok()) and convention_id in (select c.id from conventions c
    where c.region_id = any ((select ctx.regions())::int[]) or party = 'partenaire'
      and c.organisation_id = (select ctx.organisation())
      and (select ctx.acts_for_partner()) or party = 'operateur'
      and ((select ctx.acts_for_operator()) or c.region_id = any ((select ctx.acts_in())::int[]))))
  with check ((select ctx.ok()) and settled_by = (select ctx.account()));
create policy owner on convention_amendment_authorities to cc_owner using (true) with check (true);
create trigger written_now before insert or update of settled_at on convention_amendment_authorities for each row
  execute function ctx.written_now('settled_at');

-- convention_signatures
alter table convention_signatures enable row level security, force row level security;
grant select, insert, update (signed_at) on convention_signatures to cc_web;
create policy read on convention_signatures for select to cc_web
  using ((select ctx.ok())
    and convention_id in (select c.id from conventions c where c.organisation_id <> (select ctx.organisation())
      or (select ctx.reads_own_file()) or (select ctx.is_staff())));
-- Signing is the signataire's alone. A paper signed by hand is entered by whoever received it for the other party; the
-- region's direction, which gathers them, enters its own party's too.
create policy sign on convention_signatures for insert to cc_web
  with check ((select ctx.ok()) and account_id = (select ctx.account())
    and convention_id in (select c.id from conventions c
    where c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())
      and (party = 'partenaire' and not entered_by_other and (select ctx.holds_role('signataire'))
        or party = 'operateur' and entered_by_other)
    or (select ctx.acts_for_operator())
      and (party = 'operateur' and not entered_by_other and (select ctx.holds_role('signataire'))
        or party = 'partenaire' and entered_by_other)
    or c.region_id = any ((select ctx.role_regions('signataire'))::int[]) and (party = 'operateur') <> entered_by_other
    or c.region_id = any ((select ctx.regions())::int[]) and how = 'papier'
    and (party = 'partenaire') = entered_by_other)
    -- One's own party is signed for by who is named: by their account, or on the paper that bears their name.
    -- A deputy signs while their delegation holds (AGR-15).
    and (entered_by_other or ctx.signs_as(convention_id, amendment_id, party, how, signer_name)
      and ctx.deputy_holds(convention_id, amendment_id, party, how, signed_at)));
-- The day of a paper is corrected by the party that entered it.
create policy correct on convention_signatures for update to cc_web
  using ((select ctx.ok()) and how = 'papier' and convention_id in (select c.id from conventions c
    where c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())
      and (party = 'partenaire') <> entered_by_other
    or ((select ctx.acts_for_operator()) or c.region_id = any ((select ctx.acts_in())::int[]))
    and (party = 'operateur') <> entered_by_other));
create policy owner on convention_signatures to cc_owner using (true) with check (true);

-- convention_signers: laid with the document that names them, read as the signatories are.
alter table convention_signers enable row level security, force row level security;
grant select on convention_signatories to cc_definer;
grant select (id, signatories) on convention_documents to cc_definer;
grant insert on convention_signers to cc_definer;
grant select, insert on convention_signers to cc_web;
create policy read on convention_signers for select to cc_web
  using ((select ctx.ok())
    and convention_id in (select c.id from conventions c where c.organisation_id <> (select ctx.organisation())
      or (select ctx.reads_own_file()) or (select ctx.is_staff())));
-- Each party says who signs for it what is out and what it has not signed: the one of that name, or another under an
-- act.
create policy name on convention_signers for insert to cc_web
  with check ((select ctx.ok()) and named_by = (select ctx.account()) and completes is null
    and convention_id in (select c.id from conventions c
      where (party = 'partenaire' and c.organisation_id = (select ctx.organisation())
        and (select ctx.acts_for_partner())
        or party = 'operateur'
        and ((select ctx.acts_for_operator()) or c.region_id = any ((select ctx.acts_in())::int[])))
      and (amendment_id is not null or c.sent_at is not null
        and not exists (select from convention_signatures g where g.document_id = c.document_id
          and g.party = convention_signers.party)))
    and (amendment_id is null or amendment_id in (select a.id from convention_amendments a
      where a.convention_id = convention_signers.convention_id and a.closed_at is null
        and not exists (select from convention_signatures g where g.amendment_id = a.id
          and g.party = convention_signers.party)))
    and (account_id is null or exists (select from ctx.own_signers(convention_id) o
      where o.party = convention_signers.party and o.account_id = convention_signers.account_id
        and o.name = convention_signers.name))
    and (act is not null or account_id is not null
      and exists (select from ctx.named_signer(convention_id, amendment_id, party) n
      where ctx.name_words(n.name) = ctx.name_words(convention_signers.name)))
    and (deputy_id is null or exists (select from ctx.deputies_of(convention_id, party) d
      where d.deputy_id = convention_signers.deputy_id and d.version = convention_signers.deputy_version
        and (d.act, d.act_on, d.granted_by) = (convention_signers.act, convention_signers.act_on,
          convention_signers.granted_by)
        and (d.account_id = convention_signers.account_id
          or d.account_id is null and (d.name = convention_signers.name
            or convention_signers.account_id is not null
              and ctx.name_words(d.name) = ctx.name_words(convention_signers.name))))));
-- The act of who signs in another's place is completed once signed too: each party its own, the region's direction both
-- (AGR-11).
create policy complete on convention_signers for insert to cc_web
  with check ((select ctx.ok()) and named_by = (select ctx.account()) and completes is not null
    and (amendment_id is null or amendment_id in (select a.id from convention_amendments a
      where a.convention_id = convention_signers.convention_id and a.closed_at is null))
    and convention_id in (select c.id from conventions c
    where c.region_id = any ((select ctx.regions())::int[]) or party = 'partenaire'
      and c.organisation_id = (select ctx.organisation())
      and (select ctx.acts_for_partner()) or party = 'operateur'
      and ((select ctx.acts_for_operator()) or c.region_id = any ((select ctx.acts_in())::int[]))));
create policy owner on convention_signers to cc_owner using (true) with check (true);
create trigger completes_signer before insert on convention_signers for each row
  when (new.completes is not null) execute function ctx.completes_signer();
create trigger lay_signers after update of sent_at on conventions for each row
  when (new.sent_at is not null and new.sent_at is distinct from old.sent_at) execute function ctx.lay_signers();
create trigger adds_within_region before insert on convention_amendments for each row
  when (new.territories <> '{}') execute function ctx.adds_within_region();
create trigger lay_signers after insert on convention_amendments for each row execute function ctx.lay_signers();

-- signature_deputies: read as who signs is; each party records and corrects its own, version after version (AGR-15).
alter table signature_deputies enable row level security, force row level security;
grant select, insert on signature_deputies to cc_web;
grant select on signature_deputies to cc_definer;
create policy read on signature_deputies for select to cc_web
  using ((select ctx.ok())
    and (organisation_id in (select c.organisation_id from conventions c
      where c.organisation_id <> (select ctx.organisation())
        or (select ctx.reads_own_file()) or (select ctx.is_staff()))
      or region_id in (select c.region_id from conventions c where c.organisation_id <> (select ctx.organisation())
        or (select ctx.reads_own_file()) or (select ctx.is_staff()))));
create policy settle on signature_deputies for insert to cc_web
  with check ((select ctx.ok()) and recorded_by = (select ctx.account())
    and convention_id in (select c.id from conventions c
      where party = 'partenaire' and c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())
        or party = 'operateur'
        and ((select ctx.acts_for_operator()) or c.region_id = any ((select ctx.acts_in())::int[])))
    -- One who signs no more keeps their account and name in what ends or corrects their delegation.
    and (account_id is null or exists (select from ctx.own_signers(convention_id) o
        where o.party = signature_deputies.party and o.account_id = signature_deputies.account_id
          and o.name = signature_deputies.name)
      or exists (select from ctx.deputies_of(convention_id, party) d where d.deputy_id = signature_deputies.deputy_id
        and (d.account_id, d.name) = (signature_deputies.account_id, signature_deputies.name))));
create policy owner on signature_deputies to cc_owner using (true) with check (true);
create trigger deputy_follows before insert on signature_deputies for each row execute function ctx.deputy_follows();
create trigger written_now before insert on signature_deputies
  for each row execute function ctx.written_now('recorded_at');

-- convention_notices
alter table convention_notices enable row level security, force row level security;
grant select, insert, update (sent_on, received_on, partner_days, operator_days, receipt_document_id, withdrawn_at,
  withdrawn_by, withdrawal_reason)
  on convention_notices to cc_web;
create policy read on convention_notices for select to cc_web
  using ((select ctx.ok())
    and convention_id in (select c.id from conventions c where c.organisation_id <> (select ctx.organisation())
      or (select ctx.reads_own_file())));
-- Each party gives its own, and enters what it received in the name of the other (AGR-13).
create policy give on convention_notices for insert to cc_web
  with check ((select ctx.ok()) and recorded_by = (select ctx.account()) and withdrawn_at is null
    and convention_id in (select c.id from conventions c
    where (party = 'partenaire') <> entered_by_other and c.organisation_id = (select ctx.organisation())
      and (select ctx.acts_for_partner())
      or (party = 'operateur') <> entered_by_other
        and ((select ctx.acts_for_operator()) or c.region_id = any ((select ctx.acts_in())::int[]))));
-- Receipt is told by either party, of what still holds: who received the letter knows it best. Who told a date corrects
-- it. Who gave notice, or entered it, renounces it, in their own name and once.
create policy settle on convention_notices for update to cc_web
  using ((select ctx.ok()) and withdrawn_at is null
    and convention_id in (select c.id from conventions c
    where c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())
      and (party = 'partenaire' or partner_told or received_on is null)
    or ((select ctx.acts_for_operator()) or c.region_id = any ((select ctx.acts_in())::int[]))
      and (party = 'operateur' or operator_told or received_on is null)))
  with check ((select ctx.ok())
    and (withdrawn_at is null and withdrawn_by is null or withdrawn_by = (select ctx.account()))
    and convention_id in (select c.id from conventions c
    where c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())
      and (withdrawn_at is null and partner_told or withdrawn_at is not null
        and (party = 'partenaire' or entered_by_other))
    or ((select ctx.acts_for_operator()) or c.region_id = any ((select ctx.acts_in())::int[]))
      and (withdrawn_at is null and operator_told or withdrawn_at is not null
        and (party = 'operateur' or entered_by_other))));
create policy owner on convention_notices to cc_owner using (true) with check (true);

-- convention_breaches
alter table convention_breaches enable row level security, force row level security;
grant select, insert, update (sent_on, presented_on, delivered_on, partner_days, operator_days, receipt_document_id,
  withdrawn_at, withdrawn_by, withdrawal_reason)
  on convention_breaches to cc_web;
create policy read on convention_breaches for select to cc_web
  using ((select ctx.ok())
    and convention_id in (select c.id from conventions c where c.organisation_id <> (select ctx.organisation())
      or (select ctx.reads_own_file())));
-- Each party gives its own, and enters what it received in the name of the other (AGR-13).
create policy give on convention_breaches for insert to cc_web
  with check ((select ctx.ok()) and recorded_by = (select ctx.account()) and withdrawn_at is null
    and convention_id in (select c.id from conventions c
    where (party = 'partenaire') <> entered_by_other and c.organisation_id = (select ctx.organisation())
      and (select ctx.acts_for_partner())
      or (party = 'operateur') <> entered_by_other
        and ((select ctx.acts_for_operator()) or c.region_id = any ((select ctx.acts_in())::int[]))));
-- As for notices: a receipt is told by either party, a date corrected by who told it, a complaint renounced once.
create policy settle on convention_breaches for update to cc_web
  using ((select ctx.ok()) and withdrawn_at is null
    and convention_id in (select c.id from conventions c
    where c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())
      and (party = 'partenaire' or partner_told or (presented_on is null or delivered_on is null))
    or ((select ctx.acts_for_operator()) or c.region_id = any ((select ctx.acts_in())::int[]))
      and (party = 'operateur' or operator_told or (presented_on is null or delivered_on is null))))
  with check ((select ctx.ok())
    and (withdrawn_at is null and withdrawn_by is null or withdrawn_by = (select ctx.account()))
    and convention_id in (select c.id from conventions c
    where c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())
      and (withdrawn_at is null and partner_told or withdrawn_at is not null
        and (party = 'partenaire' or entered_by_other))
    or ((select ctx.acts_for_operator()) or c.region_id = any ((select ctx.acts_in())::int[]))
      and (withdrawn_at is null and operator_told or withdrawn_at is not null
        and (party = 'operateur' or entered_by_other))));
create policy owner on convention_breaches to cc_owner using (true) with check (true);

-- convention_answers
alter table convention_answers enable row level security, force row level security;
grant select, insert on convention_answers to cc_web;
-- Read with what it answers: a signature by the structure's own agents too.
create policy read on convention_answers for select to cc_web
  using ((select ctx.ok())
    and convention_id in (select c.id from conventions c where c.organisation_id <> (select ctx.organisation())
      or (select ctx.reads_own_file()) or convention_answers.kind = 'signature' and (select ctx.is_staff())));
-- The sender alone answers, to what the other party entered in its name.
create policy answer on convention_answers for insert to cc_web
  with check ((select ctx.ok()) and answered_by = (select ctx.account())
    and convention_id in (select c.id from conventions c
    where convention_answers.party = 'partenaire' and c.organisation_id = (select ctx.organisation())
      and (select ctx.acts_for_partner())
      or convention_answers.party = 'operateur'
      and ((select ctx.acts_for_operator()) or c.region_id = any ((select ctx.acts_in())::int[])))
    and (kind = 'notice' and subject_id in (select n.id from convention_notices n
        where n.entered_by_other and n.party = convention_answers.party
          and n.convention_id = convention_answers.convention_id)
      or kind = 'breach' and subject_id in (select b.id from convention_breaches b
        where b.entered_by_other and b.party = convention_answers.party
          and b.convention_id = convention_answers.convention_id)
      or kind = 'signature' and subject_id in (select s.id from convention_signatures s
        where s.entered_by_other and s.party = convention_answers.party
          and s.convention_id = convention_answers.convention_id)));
create policy owner on convention_answers to cc_owner using (true) with check (true);
create trigger written_now before insert on convention_answers
  for each row execute function ctx.written_now('answered_at');

-- convention_corrections
alter table convention_corrections enable row level security, force row level security;
grant select, insert on convention_corrections to cc_web;
create policy read on convention_corrections for select to cc_web
  using ((select ctx.ok())
    and convention_id in (select c.id from conventions c where c.organisation_id <> (select ctx.organisation())
      or (select ctx.reads_own_file())));
-- By a second person and within the delay: corrected_by_another.
create policy note on convention_corrections for insert to cc_web
  with check ((select ctx.ok()) and corrected_by = (select ctx.account())
    and convention_id in (select c.id from conventions c
    where party = 'partenaire' and c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())
      or party = 'operateur'
      and ((select ctx.acts_for_operator()) or c.region_id = any ((select ctx.acts_in())::int[]))));
create policy owner on convention_corrections to cc_owner using (true) with check (true);

create trigger corrected_by_another before insert on convention_corrections
  for each row execute function ctx.corrected_by_another();

-- Delays run from the instant of each, and a correction is judged at its own.
create trigger written_now before insert or update of withdrawn_at on convention_notices for each row
  execute function ctx.written_now('recorded_at', 'withdrawn_at');
create trigger written_now before insert or update of withdrawn_at on convention_breaches for each row
  execute function ctx.written_now('recorded_at', 'withdrawn_at');
create trigger written_now before insert on convention_receipts
  for each row execute function ctx.written_now('told_at');
create trigger written_now before insert on convention_corrections
  for each row execute function ctx.written_now('corrected_at');
create trigger written_now before insert on convention_signatures
  for each row execute function ctx.written_now('recorded_at');
-- A signature in the service bears its own instant; whoever enters a paper says its day.
create trigger signed_now before insert on convention_signatures for each row when (new.how <> 'papier')
  execute function ctx.written_now('signed_at');
create trigger written_now before insert on convention_signers
  for each row execute function ctx.written_now('named_at');

-- A day told once changes by a correction alone.
create trigger days_corrected before update of sent_on, received_on on convention_notices
  for each row execute function ctx.days_corrected();
create trigger days_corrected before update of sent_on, presented_on, delivered_on on convention_breaches
  for each row execute function ctx.days_corrected();
create trigger days_corrected before update of signed_at on convention_signatures
  for each row execute function ctx.days_corrected();

-- convention_receipts
alter table convention_receipts enable row level security, force row level security;
grant select, insert on convention_receipts to cc_web;
create policy read on convention_receipts for select to cc_web
  using ((select ctx.ok())
    and convention_id in (select c.id from conventions c where c.organisation_id <> (select ctx.organisation())
      or (select ctx.reads_own_file())));
create policy tell on convention_receipts for insert to cc_web
  with check ((select ctx.ok()) and told_by = (select ctx.account())
    and convention_id in (select c.id from conventions c
    where party = 'partenaire' and c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())
      or party = 'operateur'
      and ((select ctx.acts_for_operator()) or c.region_id = any ((select ctx.acts_in())::int[]))));
create policy owner on convention_receipts to cc_owner using (true) with check (true);

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
-- While no convention of a partner is in force, the regional direction that prepares one enters its contacts.
create policy name on convention_contacts for insert to cc_web
  with check ((select ctx.ok()) and recorded_by = (select ctx.account())
    and (organisation_id = (select ctx.organisation())
      and (party = 'partenaire' and (select ctx.acts_for_partner()) or party = 'operateur'
      and ((select ctx.holds_role('administrateur')) or region_id = any ((select ctx.regions())::int[])))
      or party = 'partenaire' and organisation_id = any ((select ctx.prepared_partners())::uuid[])));
create policy settle on convention_contacts for update to cc_web
  using ((select ctx.ok())
    and (organisation_id = (select ctx.organisation())
      and (party = 'partenaire' and (select ctx.acts_for_partner()) or party = 'operateur'
      and ((select ctx.holds_role('administrateur')) or region_id = any ((select ctx.regions())::int[])))
      or party = 'partenaire' and organisation_id = any ((select ctx.prepared_partners())::uuid[])))
  with check ((select ctx.ok())
    and (organisation_id = (select ctx.organisation())
      and (party = 'partenaire' and (select ctx.acts_for_partner()) or party = 'operateur'
      and ((select ctx.holds_role('administrateur')) or region_id = any ((select ctx.regions())::int[])))
      or party = 'partenaire' and organisation_id = any ((select ctx.prepared_partners())::uuid[])));
create policy owner on convention_contacts to cc_owner using (true) with check (true);
create trigger written_now before insert or update of ends_at on convention_contacts for each row
  execute function ctx.written_now('starts_at', 'ends_at');
