-- The task force of a CLPE (TER-2): its pilot, its members, the sectors they hold sensitive. Partner data: forced row-level security.
create table task_forces (
  clpe_id int primary key references territories check (clpe_id between 10001 and 99999999),
  pilot_id uuid not null references organisations,
  -- Divisions of the NAF.
  sensitive_sectors text[] not null default '{}' check (array_position(sensitive_sectors, null) is null),
  version int not null default 1
);
create table task_force_members (
  clpe_id int not null references task_forces on delete cascade,
  organisation_id uuid not null references organisations,
  primary key (clpe_id, organisation_id)
);
create index task_force_members_organisation on task_force_members (organisation_id);

/* The task forces a viewer reads: those its organisation is a member of, and those its perimeter shares a commune with. The SQL twin of mayRead. */
create function ctx.visible_task_forces() returns setof int language sql stable security definer set search_path = '' as $$
  select f.clpe_id from public.task_forces f
  where (select ctx.ok()) and ((select ctx.national(ctx.campagnes())) or f.clpe_id = any ((select ctx.campagnes())::int[])
    or exists (select from public.task_force_members m where m.clpe_id = f.clpe_id and m.organisation_id = (select ctx.organisation())))
$$;
/* Those a viewer edits: of the pilot organisation, with the profile pilote over the whole CLPE. The SQL twin of mayEdit. */
create function ctx.piloted_task_forces() returns setof int language sql stable security definer set search_path = '' as $$
  select f.clpe_id from public.task_forces f cross join lateral public.territory_line(f.clpe_id) t
  where (select ctx.ok()) and f.pilot_id = (select ctx.organisation()) and ctx.covers((select ctx.pilote()), t.region_id, t.departement_id, t.epci_id, f.clpe_id)
$$;
alter function ctx.visible_task_forces() owner to cc_definer;
alter function ctx.piloted_task_forces() owner to cc_definer;
revoke all on function ctx.visible_task_forces(), ctx.piloted_task_forces() from public;
grant execute on function ctx.visible_task_forces(), ctx.piloted_task_forces() to cc_web;
grant select on task_forces, task_force_members, communes to cc_definer;

alter table task_forces enable row level security; alter table task_forces force row level security;
alter table task_force_members enable row level security; alter table task_force_members force row level security;
create policy read on task_forces for select to cc_web using (clpe_id in (select ctx.visible_task_forces()));
-- The new pilot need not be the old one: handing over is the last act of a pilot.
create policy edit on task_forces for update to cc_web using (clpe_id in (select ctx.piloted_task_forces())) with check (clpe_id in (select ctx.piloted_task_forces()));
create policy read on task_force_members for select to cc_web using (clpe_id in (select ctx.visible_task_forces()));
create policy add on task_force_members for insert to cc_web with check (clpe_id in (select ctx.piloted_task_forces()));
create policy remove on task_force_members for delete to cc_web using (clpe_id in (select ctx.piloted_task_forces()));
create policy owner on task_forces to cc_owner using (true) with check (true);
create policy owner on task_force_members to cc_owner using (true) with check (true);
grant select, insert, delete on task_force_members to cc_web;
grant select on task_forces to cc_web;
grant update (pilot_id, sensitive_sectors, version) on task_forces to cc_web;
