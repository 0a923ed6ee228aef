-- A file of employers undone, and its rows purged (CAM-10).

-- Whether the viewer records at a place: what recording there once asks, and what removing it asks again.
create or replace function ctx.records_at(region int, departement int, epci int, clpe int)
returns boolean language sql stable set search_path = '' as $$
  select ctx.covers((select ctx.conseiller()), region, departement, epci, clpe)
    and ctx.covers((select ctx.fiche()), region, departement, epci, clpe)
$$;
revoke all on function ctx.records_at(int, int, int, int) from public;
grant execute on function ctx.records_at(int, int, int, int) to cc_definer;

/*
 * Removes an exchange that a file of the viewer made, as long as nobody changed it since: its first version, with no
 * action after it.
 * False: it stays. A SQL twin of mayRemoveFiled.
 */
create or replace function ctx.remove_filed_exchange(file uuid, of_id uuid)
returns boolean language plpgsql security definer set search_path = '' as $$
begin
  perform from public.exchanges x where x.id = of_id and x.file_id = file and x.author_id = ctx.account()
    and x.organisation_id = ctx.organisation()
    and x.version = 1 and x.status = 'recorded'
    and ctx.records_at(x.region_id, x.departement_id, x.epci_id, x.clpe_id) for update;
  if not found then return false; end if;
  delete from public.exchange_contents c where c.exchange_id = of_id;
  delete from public.exchange_versions v where v.exchange_id = of_id;
  delete from public.exchanges x where x.id = of_id;
  return true;
exception when foreign_key_violation then
  -- An action follows it or answers to it, or a need comes from it: it is somebody's work now.
  return false;
end $$;
select pg_temp.as_definer('ctx.remove_filed_exchange(uuid, uuid)');

/*
 * Removes a note that a file of the viewer made, as long as nobody corrected or withdrew it since. False: it stays.
 * A SQL twin of mayRemoveFiled.
 */
create or replace function ctx.remove_filed_note(file uuid, of_id uuid)
returns boolean language plpgsql security definer set search_path = '' as $$
begin
  perform from public.notes n where n.id = of_id and n.file_id = file and n.author_id = ctx.account()
    and n.organisation_id = ctx.organisation()
    and n.version = 1 and ctx.records_at(n.region_id, n.departement_id, n.epci_id, n.clpe_id) for update;
  if not found then return false; end if;
  delete from public.note_versions v where v.note_id = of_id;
  delete from public.notes n where n.id = of_id;
  return true;
end $$;
select pg_temp.as_definer('ctx.remove_filed_note(uuid, uuid)');

/* Removes values that a file brought to a person, unless somebody confirmed or replaced one since. */
create or replace function ctx.remove_filed_values(person uuid, brought uuid[])
returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if (select count(*) from public.correspondent_values v where v.id = any (brought) and v.correspondent_id = person
    and v.source = 'fichier-partenaire'
    and v.author_id = ctx.account() and v.replaced_at is null and v.confirmed_at is null
    and (ctx.records_at(v.region_id, v.departement_id, v.epci_id, v.clpe_id)
      or ctx.keeps_linked(person))) < cardinality(brought) then return false; end if;
  delete from public.correspondent_values v where v.id = any (brought);
  update public.correspondents c set version = c.version + 1 where c.id = person;
  return true;
end $$;
select pg_temp.as_definer('ctx.remove_filed_values(uuid, uuid[])');

/* Removes a person whom a file of the viewer brought, as long as nothing else was said of them since. */
create or replace function ctx.remove_filed_person(person uuid, brought uuid[])
returns boolean language plpgsql security definer set search_path = '' as $$
begin
  perform from public.correspondents c where c.id = person and c.version = 1 and c.retired_at is null
    and c.merged_into is null
    and ctx.records_at(c.region_id, c.departement_id, c.epci_id, c.clpe_id)
    and not exists (select from public.correspondent_values v where v.correspondent_id = person
      and not (v.id = any (brought)
      and v.source = 'fichier-partenaire' and v.author_id = ctx.account() and v.replaced_at is null
      and v.confirmed_at is null)) for update;
  if not found then return false; end if;
  delete from public.correspondent_values v where v.correspondent_id = person;
  delete from public.correspondents c where c.id = person;
  return true;
exception when foreign_key_violation then
  -- An exchange or a need of somebody names them.
  return false;
end $$;
select pg_temp.as_definer('ctx.remove_filed_person(uuid, uuid[])');

/*
 * The next rows of a file of the viewer that is being undone, the last done first: what they made goes, unless somebody
 * changed it since.
 * Answers what became of each.
 */
create or replace function undo_employer_file_part(file uuid, size int, at timestamptz)
returns table (line int, siret bigint, exchange_id uuid, correspondent_id uuid, note_id uuid, exchange text,
  person text, note text)
language plpgsql security definer set search_path = '' as $$
declare l record; brought uuid[];
begin
  if not ctx.ok() then return; end if;
  perform from public.employer_files f where f.id = file and f.by_id = ctx.account() and f.state = 'undoing'
    and f.asked_at > undo_employer_file_part.at - interval '31 days' for update;
  if not found then return; end if;
  for l in select x.line, x.siret, x.made from public.employer_file_lines x where x.file_id = file and x.state = 'done'
    order by x.siret desc, x.line desc limit size loop
    line := l.line; siret := l.siret; exchange := null; person := null; note := null;
    exchange_id := (l.made ->> 'exchange')::uuid;
    correspondent_id := coalesce(l.made ->> 'person', l.made ->> 'completed')::uuid;
    note_id := (l.made ->> 'note')::uuid;
    brought := array(select jsonb_array_elements_text(coalesce(l.made -> 'values', '[]'))::uuid);
    if exchange_id is not null then
      exchange := case when ctx.remove_filed_exchange(file, exchange_id) then 'removed' else 'kept' end;
    end if;
    if note_id is not null then
      note := case when ctx.remove_filed_note(file, note_id) then 'removed' else 'kept' end;
    end if;
    if l.made ? 'person' then
      person := case when ctx.remove_filed_person(correspondent_id, brought) then 'removed' else 'kept' end;
    elsif cardinality(brought) > 0 then
      person := case when ctx.remove_filed_values(correspondent_id, brought) then 'removed' else 'kept' end;
    end if;
    update public.employer_file_lines x set person = coalesce(undo_employer_file_part.person, x.person),
        exchange = coalesce(undo_employer_file_part.exchange, x.exchange),
          note = coalesce(undo_employer_file_part.note, x.note),
        state = case when 'kept' in (undo_employer_file_part.person, undo_employer_file_part.exchange,
          undo_employer_file_part.note) then 'kept' else 'undone' end,
        because = case when 'kept' in (undo_employer_file_part.person, undo_employer_file_part.exchange,
          undo_employer_file_part.note) then 'changed' end
      where x.file_id = file and x.line = l.line;
    return next;
  end loop;
end $$;
select pg_temp.as_definer('undo_employer_file_part(uuid, int, timestamptz)', 'cc_web');

/*
 * A file that nobody confirmed goes after seven days. Of one that was done, the rows go once it cannot be undone any
 * more: what they said is in the cards, and the trail says what it did.
 */
create or replace function ctx.purge_employer_files()
returns int language plpgsql security definer set search_path = '' as $$
declare unasked int; purged int;
begin
  perform ctx.await_holds();
  with due as materialized (
    select f.ctid as place, f.organisation_id as structure,
      ctx.is_held('employer-lines', f.by_id, f.organisation_id) as held
    from public.employer_files f
    where f.state in ('receiving', 'trying', 'tried') and f.opened_at < ctx.clock() - interval 'P7D'
    for update of f),
  gone as (
    delete from public.employer_files f using due where f.ctid = due.place and not due.held
    returning due.place)
  select ctx.note_purge('employer-lines', 'employer_files', 'P7D',
      array_agg(due.structure) filter (where gone.place is not null),
      array_agg(due.structure) filter (where due.held))
    into unasked from due left join gone on gone.place = due.place;
  with due as materialized (
    select l.ctid as place, f.organisation_id as structure,
      ctx.is_held('employer-lines', f.by_id, f.organisation_id) as held
    from public.employer_file_lines l, public.employer_files f
    where f.id = l.file_id and f.asked_at < ctx.clock() - interval 'P31D'
    for update of l),
  gone as (
    delete from public.employer_file_lines l using due where l.ctid = due.place and not due.held
    returning due.place)
  select ctx.note_purge('employer-lines', 'employer_file_lines', 'P31D',
      array_agg(due.structure) filter (where gone.place is not null),
      array_agg(due.structure) filter (where due.held))
    into purged from due left join gone on gone.place = due.place;
  return unasked + purged;
end $$;
select pg_temp.as_definer('ctx.purge_employer_files()', 'cc_worker');
