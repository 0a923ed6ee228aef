-- Files sent by pieces, until an act takes them (server/people-and-rights/uploads).

-- Who sends files: those who act for a party, and security officers. The SQL twin of maySend.
create or replace function ctx.sends_files() returns boolean language sql stable as $$
  select exists (select from unnest(ctx.roles()) r
    where split_part(r, ':', 1) in ('signataire', 'responsable-operationnel', 'direction-regionale', 'cssi'))
    or cardinality(ctx.regions()) > 0 $$;

/*
 * One's own file, checked, for the act that keeps it; no row for any other. Its pieces are never changed: what was
 * checked is what is kept, and its digest is compared again.
 */
create or replace function checked_upload(upload uuid)
returns table (name text, media_type text, bytes bytea, sha256 bytea) language sql stable as $$
  select u.name, u.media_type, whole.bytes, u.sha256 from public.uploads u
    cross join lateral (select string_agg(p.bytes, ''::bytea order by p.position) as bytes from public.upload_pieces p
      where p.upload_id = u.id offset 0) whole
    where u.id = upload and u.by_id = ctx.account() and u.checked_at is not null and sha256(whole.bytes) = u.sha256 $$;
revoke all on function checked_upload(uuid) from public;
grant execute on function checked_upload(uuid) to cc_web;

-- What no act took within a day.
create or replace function ctx.purge_uploads() returns int language plpgsql security definer set search_path = '' as $$
declare purged int;
begin
  perform ctx.await_holds();
  with due as materialized (
    select u.ctid as place, u.by_id as account,
      ctx.is_held('uploads', u.by_id, null) as held
    from public.uploads u
    where u.begun_at < ctx.clock() - interval 'P1D'
    for update of u),
  gone as (
    delete from public.uploads u using due where u.ctid = due.place and not due.held
    returning due.place)
  select ctx.note_purge('uploads', 'uploads', 'P1D',
      ctx.structures_of(array_agg(due.account) filter (where gone.place is not null)),
      ctx.structures_of(array_agg(due.account) filter (where due.held)))
    into purged from due left join gone on gone.place = due.place;
  return purged;
end $$;
select pg_temp.as_definer('ctx.purge_uploads()', 'cc_worker');
