/*
 * Sealing the trail (SEC-1): each entry's leaf takes a position in a Merkle tree (RFC 6962), whose head is signed now and then (a checkpoint). The writers
 * wait for none of it: the worker's sequencer does it after them. cc_web reaches nothing of this; the worker only runs the functions below, which choose
 * the positions and the leaves themselves; nobody updates or deletes.
 */
create table trail_leaves (
  position bigint primary key check (position >= 0),
  entry_id uuid not null unique references audit_entries,
  leaf bytea not null check (length(leaf) = 32)
);
-- Roots of the full subtrees of 256, 65 536, 16 777 216… leaves, by their number from the left: what a proof reads instead of all the leaves below.
create table trail_nodes (
  level smallint not null check (level > 0 and level % 8 = 0),
  index bigint not null check (index >= 0),
  hash bytea not null check (length(hash) = 32),
  primary key (level, index)
);
create table trail_checkpoints (
  size bigint primary key check (size > 0),
  note text not null check (length(note) < 2000), -- origin, size, root; an empty line; the signature
  -- Whether nothing settled was left to seal: what is sealed later cannot have happened long before.
  caught_up boolean not null,
  at timestamptz not null default clock_timestamp()
);
-- Where the sequencer is. No evidence: it can be made again from the leaves, and the verification compares it with them.
create table trail_head (
  one boolean primary key default true check (one),
  size bigint not null,
  peaks bytea not null, -- roots of the full subtrees that make the tree, the largest first, 32 bytes each
  cursor_xid xid8 not null,
  cursor_id uuid not null,
  -- Transactions are numbered anew in another server (a logical copy restored): the sequencer must know.
  cluster text not null
);
insert into trail_head select true, 0, '', '0', '00000000-0000-0000-0000-000000000000', system_identifier::text from pg_control_system();

do $$
declare t text;
begin
  foreach t in array array['trail_leaves', 'trail_nodes', 'trail_checkpoints', 'trail_head'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner_reads on %I for select to cc_owner using (true)', t);
    if t <> 'trail_head' then
      execute format('create trigger append_only before update or delete on %I for each row execute function audit_refuse_change()', t);
      execute format('create trigger append_only_truncate before truncate on %I execute function audit_refuse_change()', t);
      execute format('grant select, insert on %I to cc_definer', t);
    end if;
  end loop;
end $$;
grant select, update on trail_head to cc_definer;
grant select (id, at, leaf, xid) on audit_entries to cc_definer;

-- Opens a seal: the head as it stands, or nothing while another sequencer is at work. Held to the end of the transaction.
create function ctx.trail_open() returns table (size bigint, peaks bytea, note text) language plpgsql security definer set search_path = '' as $$
begin
  if not pg_try_advisory_xact_lock(33005) then return; end if;
  return query select h.size, h.peaks, (select c.note from public.trail_checkpoints c where c.size = h.size) from public.trail_head h;
end $$;

/*
 * Gives their positions to the next settled entries, at most so many, and answers their leaves in order. Settled: every transaction numbered below xmin is
 * over, so that none can add an entry behind the cursor; what a long transaction holds back waits. After a restore into another server, whose
 * transactions are numbered anew, entries of a number not reached yet come from the former one: settled too, and taken once by what has no position.
 */
create function ctx.trail_take(at_most int) returns table ("position" bigint, leaf bytea) language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  head public.trail_head;
  here text := (select system_identifier::text from pg_control_system());
  settled_below xid8 := pg_snapshot_xmin(pg_current_snapshot());
  not_reached xid8 := pg_snapshot_xmax(pg_current_snapshot());
  taken int;
begin
  if not pg_try_advisory_xact_lock(33005) then return; end if;
  select * into head from public.trail_head;
  if head.cluster = here then
    return query with settled as (
        select e.id, e.leaf, e.xid from public.audit_entries e
        where (e.xid, e.id) > (head.cursor_xid, head.cursor_id) and e.xid < settled_below and not exists (select from public.trail_leaves l where l.entry_id = e.id) order by e.xid, e.id limit at_most),
      placed as (insert into public.trail_leaves as l select head.size - 1 + row_number() over (order by xid, id), id, leaf from settled returning l.position, l.leaf)
      select p.position, p.leaf from placed p order by p.position;
  else
    return query with settled as (
        select e.id, e.leaf, e.xid from public.audit_entries e
        where (e.xid < settled_below or e.xid >= not_reached) and not exists (select from public.trail_leaves l where l.entry_id = e.id) order by e.xid, e.id limit at_most),
      placed as (insert into public.trail_leaves as l select head.size - 1 + row_number() over (order by xid, id), id, leaf from settled returning l.position, l.leaf)
      select p.position, p.leaf from placed p order by p.position;
  end if;
  get diagnostics taken = row_count;
  if taken = 0 and head.cluster = here then
    return; -- nothing new: nothing is written
  elsif taken < at_most then
    update public.trail_head set cursor_xid = settled_below, cursor_id = '00000000-0000-0000-0000-000000000000', cluster = here;
  elsif head.cluster = here then
    update public.trail_head set (cursor_xid, cursor_id) = (select e.xid, e.id from public.trail_leaves l join public.audit_entries e on e.id = l.entry_id order by l.position desc limit 1);
  end if;
end $$;

-- Closes the seal opened in this transaction: the tree over all the positions given, and its signed head.
create function ctx.trail_close(new_size bigint, new_peaks bytea, new_note text, all_taken boolean, levels int[], indexes bigint[], hashes bytea[])
returns void language plpgsql security definer set search_path = '' as $$
begin
  if not pg_try_advisory_xact_lock(33005) then raise exception 'another sequencer is at work'; end if;
  if new_size is distinct from (select max(position) + 1 from public.trail_leaves) then raise exception 'the tree is not over all the positions'; end if;
  insert into public.trail_nodes select * from unnest(levels, indexes, hashes);
  insert into public.trail_checkpoints (size, note, caught_up) values (new_size, new_note, all_taken);
  update public.trail_head set size = new_size, peaks = new_peaks;
end $$;

-- The checkpoint of that size: what the witness kept is compared with it.
create function ctx.trail_note(of_size bigint) returns text language sql stable security definer set search_path = '' as $$ select note from public.trail_checkpoints where size = of_size $$;

-- Seconds that the oldest entry without a position has been waiting; 0 when all are sealed.
create function ctx.trail_lag() returns double precision language sql stable security definer set search_path = '' as $$
  select coalesce(greatest(0, extract(epoch from clock_timestamp() - (
    select e.at from public.audit_entries e, public.trail_head h where (e.xid, e.id) > (h.cursor_xid, h.cursor_id) and not exists (select from public.trail_leaves l where l.entry_id = e.id)
      order by e.xid, e.id limit 1))), 0)
$$;
alter function ctx.trail_open() owner to cc_definer;
alter function ctx.trail_take(int) owner to cc_definer;
alter function ctx.trail_close(bigint, bytea, text, boolean, int[], bigint[], bytea[]) owner to cc_definer;
alter function ctx.trail_note(bigint) owner to cc_definer;
alter function ctx.trail_lag() owner to cc_definer;
revoke all on function ctx.trail_open(), ctx.trail_take(int), ctx.trail_close(bigint, bytea, text, boolean, int[], bigint[], bytea[]), ctx.trail_note(bigint), ctx.trail_lag() from public;
grant execute on function ctx.trail_open(), ctx.trail_take(int), ctx.trail_close(bigint, bytea, text, boolean, int[], bigint[], bytea[]), ctx.trail_note(bigint) to cc_worker;
grant execute on function ctx.trail_lag() to cc_worker, cc_web;
