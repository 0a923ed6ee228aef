-- What the purges erased, by structure, without any data of a person (PRI-4).

-- The structure of each of these accounts, as many as they are: one a row erased. Null where there is no account.
create or replace function ctx.structures_of(accounts uuid[]) returns uuid[]
language sql stable security definer set search_path = '' as $$
  select array_agg(a.organisation_id) from unnest(accounts) x (id) left join public.accounts a on a.id = x.id
$$;
select pg_temp.as_definer('ctx.structures_of(uuid[])');

/*
 * Adds to the report, in the transaction that erases: how many rows of a table went, by structure, and after which
 * delay. `ending` is a key of endings.ts; `kept_for`, a duration (ISO 8601); `organisations` has one element a row,
 * null for what is of no structure. Answers their number; of nothing erased, nothing is written.
 */
create or replace function ctx.count_purged(ending text, of_table text, kept_for text, organisations uuid[]) returns int
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.purges (id, at, ending, of_table, kept_for, organisation_id, erased)
    select ctx.new_id(), ctx.clock(), count_purged.ending, count_purged.of_table, count_purged.kept_for,
      o.id, count(*)
    from unnest(organisations) o (id) group by o.id;
  return coalesce(cardinality(organisations), 0);
end $$;
select pg_temp.as_definer('ctx.count_purged(text, text, text, uuid[])');

-- As ctx.count_purged, and tells it in the trail: of a purge whose function tells nothing there itself.
create or replace function ctx.note_purge(ending text, of_table text, kept_for text, organisations uuid[]) returns int
language plpgsql security definer set search_path = '' as $$
declare erased int := ctx.count_purged(ending, of_table, kept_for, organisations); entry uuid; salt bytea; said jsonb;
begin
  if erased > 0 then
    entry := gen_random_uuid();
    salt := extensions.gen_random_bytes(16);
    said := jsonb_build_object('table', of_table, 'keptFor', kept_for, 'erased', erased);
    insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin,
        request_id, detail_digest)
      values (entry, ctx.clock(), null, null, 'personal-data.purged', 'personal-data', ending, '', '',
        public.audit_detail_digest(salt, said));
    insert into public.audit_details (entry_id, salt, detail) values (entry, salt, said);
  end if;
  return erased;
end $$;
select pg_temp.as_definer('ctx.note_purge(text, text, text, uuid[])');
