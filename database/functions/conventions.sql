-- The life of a convention as facts (articles 3 and 10): who signs under which act, what was signed, notices, breaches,
-- amendments, contacts. What follows from them is worked out by server/agreement/conventions/deadlines.ts. A partner
-- enters the service by its regional direction, which registers it and who signs for it, before their first convention
-- (AGR-1); the signatory may be replaced later.

-- Leads someone's work: the profile `responsable` or more of a tool, somewhere. They may ask a right for a colleague
-- (ACC-3).
create or replace function ctx.leads()
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.ok() and exists (select from ctx.held_grants(ctx.account(), ctx.clock()) h where h.missing = '{}'
    and ctx.rank(h.profile) >= 3);
end $$;
select pg_temp.as_definer('ctx.leads()', 'cc_web');

/*
 * What the regional console needs beside the conventions (AGR-10): is there an account manager, has one a certificate
 * under this convention, without which their tool stays closed (RGC-4), has the structure a territory (ACC-15), how
 * many people lack the yearly awareness. As structures_without_rgc counts them: a role whose deed was refused manages
 * nothing. An awareness to come is none yet, as in ctx.held_grants.
 */
create or replace function ctx.partner_duties(at timestamptz)
returns table (organisation_id uuid, has_rgc boolean, rgc_certified boolean, has_territories boolean, awareness_due int)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() then return; end if;
  return query
    select o.id, exists (select from ctx.rgc_in_place(o.id, at)),
      exists (select from ctx.rgc_in_place(o.id, at) m (id) join public.rgc_certificates x on x.account_id = m.id
        where x.recorded_at <= at and ctx.of_current_convention(x.convention_id, at)),
      ctx.ceiling(o.id, at) <> '{}',
      (select count(*)::int from public.accounts a where a.organisation_id = o.id and a.status = 'active'
        and exists (select from public.grants g where g.account_id = a.id and g.revoked_at is null
          and (g.ends_on is null or g.ends_on >= ctx.paris_day(at)))
        and ctx.paris_day(at) > (coalesce((select max(w.done_on) from public.awareness_records w
          where w.account_id = a.id
          and w.done_on <= ctx.paris_day(at)), ctx.paris_day(a.created_at)) + interval '1 year')::date)
    from public.organisations o
    where exists (select from public.conventions c where c.organisation_id = o.id
      and (c.organisation_id = ctx.organisation() or ctx.oversees() or ctx.acts_for_operator()
        or c.region_id = any (ctx.acts_in() || ctx.role_regions('cssi'))));
end $$;
select pg_temp.as_definer('ctx.partner_duties(timestamptz)', 'cc_web');

create or replace function ctx.reads_own_file() returns boolean language sql stable as $$
  select ctx.roles() && array['rgc', 'signataire', 'correspondant-si', 'dpd', 'rssi', 'responsable-formation',
    'responsable-operationnel']
$$;

-- The partners with which one's region prepares a convention, none being in force in any region: it enters their
-- contacts (annex 2).
create or replace function ctx.prepared_partners()
returns uuid[] language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return '{}'; end if;
  return array(select distinct c.organisation_id from public.conventions c
    where c.region_id = any (ctx.regions()) and c.effective_from is null
      and not ctx.in_force(c.organisation_id, ctx.clock()));
end $$;
select pg_temp.as_definer('ctx.prepared_partners()', 'cc_web');

-- Who last told a day of a letter or a paper, and when: with it, after it, or by a correction. Read as its reader reads
-- these tables.
create or replace function ctx.told_last(of_kind text, of_subject uuid, of_day text)
returns table (by uuid, at timestamptz) language sql stable as $$
  select t.by, t.at from (
    select n.recorded_by, n.recorded_at, 0, n.id from public.convention_notices n where of_kind = 'notice'
      and n.id = of_subject
    union all select b.recorded_by, b.recorded_at, 0, b.id from public.convention_breaches b where of_kind = 'breach'
      and b.id = of_subject
    union all select s.account_id, s.recorded_at, 0, s.id from public.convention_signatures s
    where of_kind = 'signature' and s.id = of_subject
    union all select r.told_by, r.told_at, 1, r.id from public.convention_receipts r where r.kind = of_kind
      and r.subject_id = of_subject and r.days ? of_day
    union all select x.corrected_by, x.corrected_at, 2, x.id from public.convention_corrections x
      where x.kind = of_kind and x.subject_id = of_subject and x.after ? of_day
    union all select d.created_by, d.created_at, 0, d.id from public.rgc_deeds d where of_kind = 'deed'
      and d.id = of_subject
    union all select e.declared_by, e.declared_at, 0, e.id from public.rgc_events e where of_kind = 'event'
      and e.id = of_subject
    union all select y.corrected_by, y.corrected_at, 2, y.id from public.rgc_paper_corrections y
      where case of_kind when 'deed' then y.deed_id when 'event' then y.event_id end = of_subject and y.after ? of_day
  ) t(by, at, rank, id) order by t.at desc, t.rank desc, t.id desc limit 1
$$;
-- For how many days after it was told a date is corrected. The contract's twin is correctionDays.
create or replace function ctx.correction_days() returns int language sql immutable as $$ select 90 $$;
-- Someone else than who told them corrects these days, within the delay that runs from then (AGR-13).
create or replace function ctx.corrects(of_kind text, of_subject uuid, days jsonb, corrected_at timestamptz)
returns boolean language sql stable as $$
  select not exists (select from jsonb_object_keys(days) d(day), ctx.told_last(of_kind, of_subject, d.day) t
    where t.by is not distinct from ctx.account()
      or corrected_at > t.at + make_interval(hours => 24 * ctx.correction_days()))
$$;
create or replace function ctx.corrected_by_another() returns trigger language plpgsql as $$
declare said jsonb := to_jsonb(new);
begin
  if current_user = 'cc_web' and not ctx.corrects(
    coalesce(said ->> 'kind', case when said ->> 'deed_id' is not null then 'deed' else 'event' end),
    coalesce(said ->> 'subject_id', said ->> 'deed_id', said ->> 'event_id')::uuid, new.after, new.corrected_at) then
    raise exception 'a second person corrects what one told, within the delay' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
-- A day that was told changes by the correction that the same person has just noted, and in no other way.
create or replace function ctx.days_corrected() returns trigger language plpgsql as $$
declare was jsonb := to_jsonb(old); becomes jsonb := to_jsonb(new); d record; noted record;
begin
  if current_user <> 'cc_web' then return new; end if;
  for d in select * from (values ('sent_on', 'sentOn'), ('received_on', 'receivedOn'), ('presented_on', 'presentedOn'),
    ('delivered_on', 'deliveredOn'), ('signed_at', 'signedOn'), ('signed_on', 'signedOn'),
      ('paper_signed_on', 'signedOn'),
    ('paper_received_on', 'receivedOn')) v(col, name) loop
    continue when was ->> d.col is null or was ->> d.col is not distinct from becomes ->> d.col;
    select x.corrected_by, x.after into noted from (
      select c.id, c.corrected_by, c.corrected_at, c.after from public.convention_corrections c
      where c.subject_id = new.id
      union all select p.id, p.corrected_by, p.corrected_at, p.after from public.rgc_paper_corrections p
      where p.deed_id = new.id
      union all select p.id, p.corrected_by, p.corrected_at, p.after from public.rgc_paper_corrections p
      where p.event_id = new.id) x
      where x.after ? d.name order by x.corrected_at desc, x.id desc limit 1;
    if noted.corrected_by is distinct from ctx.account()
      or d.col <> 'signed_at' and noted.after ->> d.name is distinct from becomes ->> d.col then
      raise exception 'a day that was told changes by a correction' using errcode = 'insufficient_privilege';
    end if;
  end loop;
  return new;
end $$;

-- The roles of annexes 2 and 2 bis that nobody holds at that instant (AGR-1).
create or replace function ctx.missing_contacts(of_organisation uuid, of_region int, on_instant timestamptz)
returns table (party text, role text) language sql stable as $$
  select a.party, a.role from (values ('partenaire', 'gouvernance'), ('partenaire', 'responsable-operationnel'),
    ('partenaire', 'correspondant-si'),
      ('partenaire', 'dpd'), ('partenaire', 'rssi'), ('partenaire', 'responsable-formation'),
        ('operateur', 'gouvernance'), ('operateur', 'cssi'),
      ('operateur', 'rssi'), ('operateur', 'support'), ('operateur', 'dpd')) a(party, role)
  where not exists (select from public.convention_contacts x where x.party = a.party and x.role = a.role
    and (x.organisation_id = of_organisation or x.party = 'operateur' and x.region_id in (of_region, 0))
    and x.starts_at <= on_instant and (x.ends_at is null or x.ends_at > on_instant))
$$;
-- A convention leaves for its signatures once each of these roles has its contact.
create or replace function ctx.annexes_complete() returns trigger language plpgsql as $$
begin
  if current_user = 'cc_web' and new.sent_at is not null and old.sent_at is null
    and exists (select from ctx.missing_contacts(new.organisation_id, new.region_id, new.sent_at)) then
    raise exception 'contacts of the annexes are missing' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

-- The words of a name, in one order, without accents nor capitals: the TypeScript twin is isNamedSigner. Whatever is no
-- letter nor digit parts them, and so do the letters that stand for an apostrophe or an accent of their own (U+02B0 to
-- U+02FF).
create or replace function ctx.name_words(of_name text) returns text language sql immutable as $$
  select coalesce(string_agg(x, ' ' order by x collate "C"), '')
    from regexp_split_to_table(lower(regexp_replace(normalize(of_name, NFD), '[\u0300-\u036F]', '',
      'g') collate "fr-x-icu"), '([^[:alnum:]]|[\u02B0-\u02FF])+') x
    where x <> ''
$$;
-- The accounts that sign for a party of a convention: the partner's signatories; the operator's, everywhere or in that
-- region.
create or replace function ctx.signers_of(of_convention uuid, of_party text, at timestamptz)
returns table (account_id uuid, name text) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query select distinct a.id, a.given_name || ' ' || a.family_name from public.conventions c
    join public.role_assignments r on r.role = 'signataire'
      and r.starts_at <= at and (r.ends_at is null or r.ends_at > at)
      and (r.region_id is null or r.region_id = c.region_id)
    join public.accounts a on a.id = r.account_id and a.status = 'active'
    join public.organisations o on o.id = a.organisation_id
    where c.id = of_convention
      and case of_party when 'partenaire' then o.id = c.organisation_id else o.kind = 'operateur' end;
end $$;
select pg_temp.as_definer('ctx.signers_of(uuid, text, timestamptz)');
-- Those of the party for which one acts: it names who signs among them. Function and address tell namesakes apart
-- (ACC-16).
create or replace function ctx.own_signers(of_convention uuid)
returns table (party text, account_id uuid, name text, job text, email text)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() then return; end if;
  return query select v.party, s.account_id, s.name, a.function, k.email
    from public.conventions c cross join (values ('partenaire'), ('operateur')) v(party)
    cross join lateral ctx.signers_of(c.id, v.party, ctx.clock()) s
    join public.accounts a on a.id = s.account_id left join public.account_contacts k on k.account_id = s.account_id
    where c.id = of_convention and (v.party = 'partenaire' and c.organisation_id = ctx.organisation()
      and ctx.acts_for_partner()
      or v.party = 'operateur' and (ctx.acts_for_operator() or c.region_id = any (ctx.acts_in())))
    order by v.party, s.name, s.account_id;
end $$;
select pg_temp.as_definer('ctx.own_signers(uuid)', 'cc_web');
-- Who signs a document for a party: the last one named. Read as its reader reads the table.
create or replace function ctx.named_signer(of_convention uuid, of_amendment uuid, of_party text)
returns table (name text, account_id uuid) language sql stable as $$
  select s.name, s.account_id from public.convention_signers s
    where s.convention_id = of_convention and s.amendment_id is not distinct from of_amendment and s.party = of_party
    order by s.id desc limit 1
$$;
-- In the service the account of who is named signs, and no other; a paper bears their name.
create or replace function ctx.signs_as(of_convention uuid, of_amendment uuid, of_party text, of_how text, of_name text)
returns boolean language sql stable as $$
  select exists (select from ctx.named_signer(of_convention, of_amendment, of_party) n
    where of_how = 'application' and n.account_id = ctx.account() or of_how = 'papier' and n.name = of_name)
$$;
-- The deputies of a party of a convention, each as last recorded (AGR-15). Read as their reader reads the table.
create or replace function ctx.deputies_of(of_convention uuid, of_party text)
returns setof public.signature_deputies language sql stable as $$
  select distinct on (d.deputy_id) d.* from public.conventions c
    join public.signature_deputies d on d.party = of_party
      and (d.organisation_id = c.organisation_id or d.region_id = c.region_id)
    where c.id = of_convention order by d.deputy_id, d.version desc
$$;
/*
 * A deputy signs on the days that their delegation holds: from and until the days recorded, and once a local
 * authority's act is received by the prefecture and published. The TypeScript twin is holdsOn. True of who is no
 * deputy. The day of a paper ends at midnight.
 */
create or replace function ctx.deputy_holds(of_convention uuid, of_amendment uuid, of_party text,
  of_how text, at timestamptz)
returns boolean language sql stable as $$
  select not exists (
    select from (select s.deputy_id from public.convention_signers s
        where s.convention_id = of_convention and s.amendment_id is not distinct from of_amendment
          and s.party = of_party
        order by s.id desc limit 1) n
      cross join (select ctx.paris_day(case of_how when 'papier' then at - interval '1 millisecond'
        else at end) as day) t
    where n.deputy_id is not null and not exists (select from ctx.deputies_of(of_convention, of_party) d
      where d.deputy_id = n.deputy_id
        and d.from_on <= t.day
        and coalesce(d.until_on, t.day) >= t.day
        and (not d.local_authority or coalesce(d.prefecture_on <= t.day, false)
          and coalesce(d.published_on <= t.day, false))))
$$;
-- A version follows the last one of the same deputy, of the same party; whose it is follows from the convention.
create or replace function ctx.deputy_follows()
returns trigger language plpgsql security definer set search_path = '' as $$
declare last public.signature_deputies;
begin
  select case new.party when 'partenaire' then c.organisation_id end, case new.party
    when 'operateur' then c.region_id end
    into new.organisation_id, new.region_id from public.conventions c where c.id = new.convention_id;
  select d.* into last from public.signature_deputies d where d.deputy_id = new.deputy_id
    order by d.version desc limit 1;
  if new.version > coalesce(last.version, 0) + 1
    or last.version is not null
      and (last.organisation_id, last.region_id) is distinct from (new.organisation_id, new.region_id) then
    raise exception 'a deputy is corrected from the last version of their own party'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
select pg_temp.as_definer('ctx.deputy_follows()');
-- What completes an act says it of the last one named, whose name, account and act it bears.
create or replace function ctx.completes_signer() returns trigger language plpgsql as $$
declare named public.convention_signers;
begin
  select * into named from public.convention_signers s where s.convention_id = new.convention_id
    and s.amendment_id is not distinct from new.amendment_id and s.party = new.party
    and s.completes is null order by s.id desc limit 1;
  if named.id is distinct from new.completes or named.act is null then
    raise exception 'an act is completed for the last one named' using errcode = 'insufficient_privilege';
  end if;
  new.name := named.name; new.account_id := named.account_id;
  new.act := named.act; new.act_on := named.act_on; new.granted_by := named.granted_by;
  new.deputy_id := named.deputy_id; new.deputy_version := named.deputy_version;
  return new;
end $$;
/*
 * A document that leaves for its signatures names who signs it (AGR-2, AGR-6). An account is linked by itself only when
 * a single one of the party bears that name: of homonyms, and of a name borne by nobody, the party says who.
 */
create or replace function ctx.lay_signers()
returns trigger language plpgsql security definer set search_path = '' as $$
declare of_convention uuid; of_amendment uuid; at timestamptz; own jsonb := '[]';
begin
  if tg_table_name = 'convention_amendments' then
    of_convention := new.convention_id; of_amendment := new.id; at := new.proposed_at;
    select coalesce(d.signatories, '[]') into own from public.convention_documents d where d.id = new.document_id;
  else
    of_convention := new.id; at := new.sent_at;
  end if;
  insert into public.convention_signers (convention_id, amendment_id, party, name, account_id, named_at)
    select of_convention, of_amendment, n.party, n.name, k.account_id, at
    from (select x ->> 'party' as party, x ->> 'name' as name from jsonb_array_elements(own) x
      union all select s.party, s.name from public.convention_signatories s where s.convention_id = of_convention
        and own = '[]') n
    cross join lateral (select case when count(*) = 1 then (array_agg(s.account_id))[1] end as account_id
      from ctx.signers_of(of_convention, n.party, ctx.clock()) s
      where ctx.name_words(s.name) = ctx.name_words(n.name)) k;
  return null;
end $$;
select pg_temp.as_definer('ctx.lay_signers()');

-- Who reads the conventions of others.
create or replace function ctx.reads_conventions()
returns boolean language sql stable as $$ select ctx.oversees() or ctx.acts_for_operator()
or ctx.acts_in() || ctx.role_regions('cssi') <> '{}' $$;

-- False: a structure with this SIRET is already there.
create or replace function register_partner(new_id uuid, of_siret bigint, of_name text, of_kind text)
returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.ok() or not ctx.holds_role('direction-regionale') or of_kind = 'operateur' then return false; end if;
  insert into public.organisations (id, siret, name, kind, created_at)
    values (new_id, of_siret, of_name, of_kind, ctx.clock()) on conflict (siret) do nothing;
  return found;
exception when exclusion_violation then return false; -- another structure's, beside its seat
end $$;
select pg_temp.as_definer('register_partner(uuid, bigint, text, text)', 'cc_web');

-- Who a structure is when it enters the service is the first version of its identity.
create or replace function ctx.lay_first_identity()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.organisation_identities (organisation_id, version, cause, from_on, siret, name, kind,
    address, recorded_at)
    values (new.id, 1, 'registered', ctx.paris_day(new.created_at), new.siret, new.name, new.kind, new.address,
      new.created_at);
  return null;
end $$;
select pg_temp.as_definer('ctx.lay_first_identity()');

/*
 * Which SIRETs are whose, on which days (AGR-15): those of the seat follow from the identities, a corrected one left
 * aside; the others from their last version. Two structures never hold one at once: the constraint refuses the second.
 */
create or replace function ctx.lay_sirets() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  delete from public.organisation_sirets s where s.organisation_id = new.organisation_id;
  insert into public.organisation_sirets (organisation_id, siret, siret_id, period)
    select new.organisation_id, h.siret, h.siret_id, h.period from (
      select i.siret, null::uuid as siret_id, daterange(i.from_on, lead(i.from_on) over (order by i.version)) as period
      from public.organisation_identities i where i.organisation_id = new.organisation_id
        and not exists (select from public.organisation_identities c where c.organisation_id = i.organisation_id
          and c.version = i.version + 1 and c.cause = 'correction')
      union all
      select v.siret, v.siret_id, daterange(v.from_on, v.until_on, '[]') from (
        select distinct on (x.siret_id) x.* from public.organisation_siret_versions x
        where x.organisation_id = new.organisation_id order by x.siret_id, x.version desc) v where not v.withdrawn) h
    where not isempty(h.period);
  return null;
end $$;
select pg_temp.as_definer('ctx.lay_sirets()');
-- The other SIRETs of a structure that held on the day of an instant, as recorded until then. Read as their reader
-- reads the table.
create or replace function ctx.other_sirets(of_organisation uuid, at timestamptz)
returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(jsonb_build_object('name', v.name, 'siret', v.siret) order by v.from_on, v.siret), '[]')
    from (
    select distinct on (x.siret_id) x.* from public.organisation_siret_versions x
    where x.organisation_id = of_organisation and x.recorded_at <= at order by x.siret_id, x.version desc) v
  where not v.withdrawn and v.from_on <= ctx.paris_day(at)
    and coalesce(v.until_on, ctx.paris_day(at)) >= ctx.paris_day(at)
$$;

/*
 * Records, corrects, ends or withdraws a SIRET of a partner beside that of its seat, by the regional direction of one
 * of its conventions (AGR-15). The structure is held first: of two at once, the second finds it changed. Answers '' or
 * why not.
 */
create or replace function settle_party_siret(of_convention uuid, of_id uuid, seen int, of_siret bigint,
  of_name text, of_from date,
  of_until date, of_withdrawn boolean, said text)
returns text language plpgsql security definer set search_path = '' as $$
declare structure uuid; last public.organisation_siret_versions;
begin
  if not ctx.ok() then return 'not-found'; end if;
  select x.id into structure from public.organisations x join public.conventions c on c.organisation_id = x.id
    where c.id = of_convention and c.region_id = any (ctx.regions()) and x.kind <> 'operateur' for update of x;
  if not found then return 'not-found'; end if;
  select v.* into last from public.organisation_siret_versions v
    where v.siret_id = of_id order by v.version desc limit 1;
  if last.organisation_id <> structure then return 'not-found'; end if;
  if coalesce(last.version, 0) <> seen then return 'request/changed-meanwhile'; end if;
  if of_until < of_from then return 'structure/siret-days'; end if;
  if seen > 0 and (last.siret, last.name, last.from_on, last.until_on, last.withdrawn)
    is not distinct from (of_siret, of_name, of_from, of_until, of_withdrawn) then
    return 'structure/siret-unchanged';
  end if;
  begin
    insert into public.organisation_siret_versions (siret_id, version, organisation_id, siret, name, from_on, until_on,
      withdrawn, reason,
        recorded_by, recorded_at)
      values (of_id, seen + 1, structure, of_siret, of_name, of_from, of_until, of_withdrawn, said,
        ctx.account(), ctx.clock());
  exception
    when exclusion_violation then return 'structure/siret-taken';
    when unique_violation then return 'request/changed-meanwhile'; -- two structures recorded the same id at once
  end;
  -- A document composed before may list them: it is composed again before it is sent.
  update public.conventions c set version = c.version + 1
    where c.organisation_id = structure and c.sent_at is null and c.effective_from is null;
  return '';
end $$;
select pg_temp.as_definer('settle_party_siret(uuid, uuid, int, bigint, text, date, date, boolean, text)', 'cc_web');

/*
 * Corrects or changes who a partner is, by the regional direction of one of its conventions (AGR-15). Each version says
 * since when it holds: a correction holds since the day of the version that it corrects. The structure is held first:
 * of two at once, the second finds it changed. Answers '' or why not.
 */
create or replace function change_party_identity(of_convention uuid, seen int, of_cause text, of_day date,
  of_siret bigint, of_name text, of_kind text, of_address text,
  said text)
returns text language plpgsql security definer set search_path = '' as $$
declare o public.organisations; at timestamptz := ctx.clock(); last_day date; since date;
begin
  if not ctx.ok() then return 'not-found'; end if;
  select x.* into o from public.organisations x join public.conventions c on c.organisation_id = x.id
    where c.id = of_convention and c.region_id = any (ctx.regions()) and x.kind <> 'operateur' for update of x;
  if not found or of_kind = 'operateur' or of_cause = 'registered' then return 'not-found'; end if;
  if o.identity_version <> seen then return 'request/changed-meanwhile'; end if;
  if (o.siret, o.name, o.kind, o.address) is not distinct from (of_siret, of_name, of_kind, of_address) then
    return 'structure/identity-unchanged'; end if;
  select i.from_on into last_day from public.organisation_identities i where i.organisation_id = o.id
    and i.version = o.identity_version;
  since := case when of_cause = 'correction' then last_day else of_day end;
  if since > ctx.paris_day(at) then return 'convention/day-in-future'; end if;
  if since < last_day then return 'structure/identity-before-last'; end if;
  begin
    update public.organisations x set siret = of_siret, name = of_name, kind = of_kind, address = of_address,
      identity_version = x.identity_version + 1 where x.id = o.id;
    insert into public.organisation_identities (organisation_id, version, cause, from_on, siret, name, kind, address,
      reason, recorded_by, recorded_at)
      values (o.id, o.identity_version + 1, of_cause, since, of_siret, of_name, of_kind, of_address, said,
        ctx.account(), at);
  exception when unique_violation or exclusion_violation then return 'partner/siret-taken';
  end;
  -- A document composed before says who it was: it is composed again before it is sent.
  update public.conventions c set version = c.version + 1 where c.organisation_id = o.id and c.sent_at is null
    and c.effective_from is null;
  return '';
end $$;
select pg_temp.as_definer('change_party_identity(uuid, int, text, date, bigint, text, text, text, text)', 'cc_web');

/*
 * Records, corrects or changes who the operator is in its documents, by an administrator (AGR-15). Of two at once, the
 * second finds it changed. A correction holds since the day of the version that it corrects. Answers '' or why not.
 */
create or replace function change_operator_identity(seen int, of_cause text, of_day date, of_siret bigint, of_name text,
  of_address text, said text)
returns text language plpgsql security definer set search_path = '' as $$
declare last public.operator_identities; at timestamptz := ctx.clock(); since date;
begin
  if not ctx.ok() or not ctx.holds_role('administrateur') then return 'access/role-required'; end if;
  perform pg_advisory_xact_lock(hashtextextended('operator-identity', 0));
  select i.* into last from public.operator_identities i order by i.version desc limit 1;
  if coalesce(last.version, 0) <> seen then return 'request/changed-meanwhile'; end if;
  if (last.siret, last.name, last.address) is not distinct from (of_siret, of_name, of_address) then
    return 'structure/identity-unchanged';
  end if;
  since := case when of_cause = 'correction' then coalesce(last.from_on, of_day) else of_day end;
  if since > ctx.paris_day(at) then return 'convention/day-in-future'; end if;
  if since < last.from_on then return 'structure/identity-before-last'; end if;
  if exists (select from public.organisation_sirets s join public.organisations o on o.id = s.organisation_id
    where s.siret = of_siret and o.kind <> 'operateur' and coalesce(upper(s.period) > ctx.paris_day(at), true)) then
    return 'partner/siret-taken';
  end if;
  insert into public.operator_identities (version, cause, from_on, siret, name, address, reason,
    recorded_by, recorded_at)
    values (seen + 1, case when seen = 0 then 'registered' else of_cause end, since, of_siret, of_name,
      of_address, said,
      ctx.account(), at);
  -- A document composed before says who it was: it is composed again before it is sent.
  update public.conventions c set version = c.version + 1 where c.sent_at is null and c.effective_from is null;
  return '';
end $$;
select pg_temp.as_definer('change_operator_identity(int, text, date, bigint, text, text, text)', 'cc_web');

/*
 * Gives the role of signatory of a partner to whoever has this address, with an account opened where they have none;
 * `replaces` ends the role of those who held it. Null: the address is that of another structure's account, or of one
 * that is not its own agent's. A partner has no region before its first convention: any regional direction then names
 * its first signatory; afterwards, that of one of its conventions.
 */
create or replace function name_signatory(of_organisation uuid, new_account uuid, new_role uuid, of_email text,
  given_name text,
  family_name text, of_function text, replaces boolean)
returns uuid language plpgsql security definer set search_path = '' as $$
declare known record; named uuid := new_account; at timestamptz := ctx.clock();
begin
  if not ctx.ok() or not ctx.holds_role('direction-regionale')
    or not exists (select from public.organisations o where o.id = of_organisation and o.kind <> 'operateur')
    or exists (select from public.conventions c where c.organisation_id = of_organisation)
      and not exists (select from public.conventions c where c.organisation_id = of_organisation
        and c.region_id = any (ctx.regions()))
  then return null; end if;
  perform pg_advisory_xact_lock(hashtextextended('name-signatory ' || of_organisation, 0));
  select a.id, a.organisation_id, a.status, a.attachment into known from public.account_contacts c
    join public.accounts a on a.id = c.account_id where c.email = lower(of_email)
    order by (a.organisation_id = of_organisation) desc limit 1;
  if found and not (known.organisation_id <> of_organisation
    and ctx.address_shared_with(of_email, of_organisation)) then
    if known.organisation_id <> of_organisation or known.status <> 'active'
      or known.attachment <> 'agent' then return null; end if;
    named := known.id;
  else
    insert into public.accounts (id, organisation_id, given_name, family_name, function, created_at)
      values (new_account, of_organisation, name_signatory.given_name, name_signatory.family_name, of_function, at);
    insert into public.account_contacts (account_id, organisation_id, email)
      values (new_account, of_organisation, lower(of_email));
  end if;
  if replaces then
    update public.role_assignments r set ends_at = greatest(at, r.starts_at) where r.organisation_id = of_organisation
      and r.role = 'signataire' and r.account_id <> named and (r.ends_at is null or r.ends_at > at);
  end if;
  insert into public.role_assignments (id, account_id, organisation_id, role, region_id, starts_at, assigned_by, reason)
    select new_role, named, of_organisation, 'signataire', null, at, ctx.account(),
      'Désigné par la structure, enregistré par la direction régionale'
    where not exists (select from public.role_assignments r where r.account_id = named and r.role = 'signataire'
      and (r.ends_at is null or r.ends_at > at));
  return named;
end $$;
select pg_temp.as_definer('name_signatory(uuid, uuid, uuid, text, text, text, text, bool)', 'cc_web');

-- The conventions that ended within a month and whose end nobody was told of since (AGR-4).
create or replace function ctx.ended_untold(at timestamptz)
returns table (convention_id uuid, organisation_id uuid, region_id int, number text, name text, ended_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query select c.id, c.organisation_id, c.region_id, c.number, o.name, c.ends_at
    from public.conventions c join public.organisations o on o.id = c.organisation_id
    where c.effective_from is not null and c.ends_at <= at and c.ends_at > at - interval '1 month'
      and not exists (select from public.mails m where m.kind = 'convention-ended' and m.about_kind = 'convention'
        and m.about_id = c.id::text and m.created_at >= c.ends_at)
    order by c.ends_at, c.id;
end $$;
select pg_temp.as_definer('ctx.ended_untold(timestamptz)', 'cc_worker');

/*
 * The conventions in force that nothing ends, with the term that holds, since when, and when a renewal was last told
 * (AGR-4). One of which a notice stands, received or on its way, is not among them.
 */
create or replace function ctx.renewable(at timestamptz)
returns table (convention_id uuid, organisation_id uuid, region_id int, number text, name text, term_on date,
  since timestamptz,
  told_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query select c.id, c.organisation_id, c.region_id, c.number, o.name, coalesce(a.term_on, c.first_term_on),
      greatest(c.effective_from, a.effective_at), t.told_at
    from public.conventions c join public.organisations o on o.id = c.organisation_id
    left join lateral (select y.term_on, y.effective_at from public.convention_amendments y
      where y.convention_id = c.id and y.term_on is not null and y.effective_at <= at
      order by y.effective_at desc limit 1) a on true
    cross join lateral (select max(m.created_at) as told_at from public.mails m
      where m.kind = 'convention-renewed' and m.about_kind = 'convention' and m.about_id = c.id::text) t
    where c.effective_from <= at and c.ends_at is null
      and not exists (select from public.convention_notices n where n.convention_id = c.id and n.withdrawn_at is null
        and coalesce((select w.answer from public.convention_answers w where w.subject_id = n.id
          order by w.answered_at desc, w.id desc limit 1), 'confirm') <> 'contest')
    order by c.id;
end $$;
select pg_temp.as_definer('ctx.renewable(timestamptz)', 'cc_worker');

/*
 * The structures without a territory whose convention is at signature, or began, and of which nobody was told since
 * (ACC-15): no right can be given there. Sent, then begun: each once.
 */
create or replace function ctx.without_territories_untold(at timestamptz)
returns table (convention_id uuid, organisation_id uuid, region_id int, number text, name text, begun boolean)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query select c.id, c.organisation_id, c.region_id, c.number, o.name, w.begun
    from public.conventions c join public.organisations o on o.id = c.organisation_id and o.kind <> 'operateur'
    cross join lateral (select coalesce(c.effective_from <= at, false) as begun) w
    where (w.begun or c.sent_at <= at) and (c.ends_at is null or c.ends_at > at) and ctx.ceiling(o.id, at) = '{}'
      and not exists (select from public.mails m where m.kind = 'structure-without-territories'
        and m.about_kind = 'convention' and m.about_id = c.id::text
        and m.created_at >= case when w.begun then c.effective_from else c.sent_at end)
    order by c.id;
end $$;
select pg_temp.as_definer('ctx.without_territories_untold(timestamptz)', 'cc_worker');

/*
 * Whether a structure has its territories in that region by what was signed, or is out for its signatures (ACC-15):
 * others are added by an amendment. One that never had any there was given none by its convention: its regional
 * direction settles the first ones, at once.
 */
create or replace function ctx.widened_by_amendment(of_organisation uuid, of_region int)
returns boolean language plpgsql stable security definer set search_path = '' as $$
declare at timestamptz := ctx.clock();
begin
  if not ctx.ok() then return true; end if;
  return exists (select from public.conventions c
      where c.organisation_id = of_organisation and c.region_id = of_region
        and (c.sent_at is not null or c.effective_from is not null) and (c.ends_at is null or c.ends_at > at))
    and exists (select from public.organisation_territories t
      where t.organisation_id = of_organisation
        and t.from_at < at and ctx.lies_within(t.territory_id, array[of_region]));
end $$;
select pg_temp.as_definer('ctx.widened_by_amendment(uuid, int)', 'cc_web');

-- An amendment adds territories of its convention's region alone; the whole country lies in none.
create or replace function ctx.adds_within_region() returns trigger language plpgsql as $$
begin
  if current_user = 'cc_web' and exists (select from unnest(new.territories) t(id)
    where t.id = 0 or not ctx.lies_within(t.id, array(select c.region_id from public.conventions c
      where c.id = new.convention_id))) then
    raise exception 'an amendment adds territories of its region' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

-- Whether each party signed an amendment, and neither contests it: as settleAmendment counts.
create or replace function ctx.signed_by_both(of_amendment uuid) returns boolean language sql stable as $$
  select count(distinct s.party) = 2 from public.convention_signatures s
    left join lateral (select n.answer from public.convention_answers n where n.kind = 'signature'
      and n.subject_id = s.id
      order by n.answered_at desc, n.id desc limit 1) l on true
    where s.amendment_id = of_amendment and l.answer is distinct from 'contest'
      and (s.party = 'partenaire' or not s.entered_by_other or l.answer is not distinct from 'confirm')
$$;
/*
 * Opens the territories that an amendment adds once both signed it, and closes them when a signature is contested
 * (ACC-15). It reads the signatures itself: whoever calls it decides nothing. What the regional direction took away
 * since stays away.
 */
create or replace function settle_amendment_territories(of_amendment uuid)
returns table (territory_id int, name text, opened boolean)
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_column
declare a record; at timestamptz := ctx.clock();
begin
  if not ctx.ok() then return; end if;
  select y.id, y.number, y.territories, y.closed_at, c.organisation_id, c.region_id into a
    from public.convention_amendments y join public.conventions c on c.id = y.convention_id
    where y.id = of_amendment and (ctx.acts_for_operator() or c.region_id = any (ctx.acts_in())
      or c.organisation_id = ctx.organisation() and ctx.acts_for_partner()) for update of c;
  if not found or a.closed_at is not null or a.territories = '{}' then return; end if;
  if ctx.signed_by_both(a.id) then
    return query with laid as (
      insert into public.organisation_territories (id, organisation_id, territory_id, from_at, reason, amendment_id)
        select gen_random_uuid(), a.organisation_id, t.id, at, 'Avenant n° ' || a.number, a.id
        from public.territories t
        where t.id = any (a.territories) and t.id <> 0 and ctx.lies_within(t.id, array[a.region_id])
          and not exists (select from public.organisation_territories x
            where x.organisation_id = a.organisation_id and x.territory_id = t.id
              and (x.until_at is null or x.amendment_id = a.id and x.ended_by is not null))
        returning territory_id)
      select t.id, t.name, true from laid join public.territories t on t.id = laid.territory_id order by t.name, t.id;
  else
    return query with ended as (
      update public.organisation_territories x set until_at = greatest(at, x.from_at),
          end_reason = 'Avenant n° ' || a.number || ' : signature contestée'
        where x.amendment_id = a.id and x.until_at is null returning x.territory_id)
      select t.id, t.name, false from ended join public.territories t on t.id = ended.territory_id
        order by t.name, t.id;
  end if;
end $$;
select pg_temp.as_definer('settle_amendment_territories(uuid)', 'cc_web');

-- The region that answers for a partner: of its convention in force, else of the last one, be it in preparation. Null:
-- it has none.
create or replace function ctx.region_of(of_organisation uuid, at timestamptz)
returns int language sql stable security definer set search_path = '' as $$
  select c.region_id from public.conventions c where c.organisation_id = of_organisation
    order by coalesce(c.effective_from <= at and (c.ends_at is null or c.ends_at > at), false) desc, c.created_at desc
    limit 1 $$;
select pg_temp.as_definer('ctx.region_of(uuid, timestamptz)');

/*
 * Either party settles the authority of its signatory over the convention that it read: one version more, or false
 * where another wrote it since (API-4). A document composed before the sending says the act: it is composed again. As
 * the policies settle and settle_again.
 */
create or replace function settle_over(of_convention uuid, read_version int)
returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.ok() then return false; end if;
  update public.conventions c set version = c.version + 1 where c.id = of_convention and c.version = read_version
    and (c.region_id = any (ctx.regions()) or c.organisation_id = ctx.organisation() and ctx.acts_for_partner()
      or ctx.acts_for_operator() or c.region_id = any (ctx.acts_in()));
  return found;
end $$;
select pg_temp.as_definer('settle_over(uuid, int)', 'cc_web');
