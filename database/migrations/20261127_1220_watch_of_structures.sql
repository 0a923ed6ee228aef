-- Budgets of reading by partner, and smaller ones for young accounts (SEC-2): people made up by one account manager are not each given a budget of their own.

-- Of these accounts, those opened less than a week before. The SQL twin of isYoung in server/security/suspicion-rules.ts.
create function ctx.young_accounts(accounts uuid[], until timestamptz) returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  return query select a.id from public.accounts a where a.id = any (accounts) and a.created_at > until - interval '7 days';
end $$;

/*
 * Of each partner someone of which read persons since then: the employers whose persons all its accounts read in the last day, each once, and its people, those with an active account of a
 * week at least. The operator's is not counted: the budget of its people together would be that of the whole country.
 * The SQL twin of countStructureUses in server/security/suspicion-rules.ts.
 */
create function ctx.structure_uses_to_watch(until timestamptz, since timestamptz) returns table (organisation_id uuid, people int, persons_per_day int) language sql stable security definer set search_path = '' as $$
  with active as (
    select distinct e.organisation_id from public.audit_entries e join public.organisations o on o.id = e.organisation_id and o.kind <> 'operateur' where e.at > since and e.at <= until and e.action = 'persons.read'),
  entry as (
    select e.organisation_id, e.id, e.subject_kind, e.subject_id from active a join public.audit_entries e on e.organisation_id = a.organisation_id
    where e.at > until - interval '24 hours' and e.at <= until and e.action = 'persons.read'),
  read as (
    select e.organisation_id, e.subject_id as subject from entry e where e.subject_kind <> 'list'
    union all
    select e.organisation_id, s.subject from entry e join public.audit_details d on d.entry_id = e.id cross join lateral jsonb_array_elements_text(d.detail -> 'establishments') s (subject) where e.subject_kind = 'list')
  select r.organisation_id, (select count(*)::int from public.accounts p where p.organisation_id = r.organisation_id and p.status = 'active' and p.created_at <= until - interval '7 days'), count(distinct r.subject)::int
  from read r group by 1
$$;

-- Writes that a structure read beyond its budget; false: it was written in the last day already.
create function ctx.note_structure_reading(of_organisation uuid, said text, at timestamptz) returns boolean language plpgsql security definer set search_path = '' as $$
declare entry uuid := gen_random_uuid(); salt bytea := extensions.gen_random_bytes(16); what jsonb := jsonb_build_object('why', said);
begin
  perform pg_advisory_xact_lock(hashtextextended('structure-reading ' || of_organisation, 0));
  if exists (select from public.audit_entries e where e.subject_kind = 'organisation' and e.subject_id = of_organisation::text and e.action = 'structure.read-beyond-ordinary' and e.at > note_structure_reading.at - interval '24 hours') then return false; end if;
  insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin, request_id, detail_digest)
    values (entry, note_structure_reading.at, null, of_organisation, 'structure.read-beyond-ordinary', 'organisation', of_organisation::text, '', '', public.audit_detail_digest(salt, what));
  insert into public.audit_details (entry_id, salt, detail) values (entry, salt, what);
  return true;
end $$;

do $$ declare f text; begin
  foreach f in array array['ctx.young_accounts(uuid[], timestamptz)', 'ctx.structure_uses_to_watch(timestamptz, timestamptz)', 'ctx.note_structure_reading(uuid, text, timestamptz)'] loop
    execute format('alter function %s owner to cc_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to cc_worker', f);
  end loop;
end $$;
