-- Sharing out the targets of a campaign (CAM-4): to which organisation a target is entrusted, and who held it before, since when and why it changed.

alter table campaign_targets add column assigned_organisation uuid references organisations;
-- What is entrusted to an organisation is taken care of by its own people.
alter table campaign_targets add check (assigned_organisation = taken_by_organisation);
create index campaign_targets_taken_by on campaign_targets (taken_by) where taken_by is not null;

-- An act of sharing out: simulated first (done_at null), then done, then perhaps undone.
create table target_sharings (
  id uuid primary key,
  campaign_id uuid not null references campaigns,
  by_id uuid not null references accounts,
  within_organisation uuid references organisations, -- a lead's, within their organisation; null for a pilot's
  how text not null check (how in ('main', 'charge', 'zone', 'activite', 'referent')),
  reason text check (length(reason) <= 300),
  simulated_at timestamptz not null,
  planned int not null check (planned >= 0),
  done_at timestamptz,
  moved int check (moved between 0 and planned), -- what still held when it was done
  undone_at timestamptz,
  undone_by uuid references accounts,
  restored int check (restored between 0 and moved),
  check (num_nulls(done_at, moved) in (0, 2)),
  check (num_nulls(undone_at, undone_by, restored) in (0, 3)),
  check (undone_at is null or done_at is not null)
);
create index target_sharings_campaign on target_sharings (campaign_id, done_at desc, id desc);

/*
 * From whom to whom each target went: a line of a sharing out, or (without one) what an advisor took or gave back. No foreign keys but the act's: fifty thousand
 * lines are written at once, from values that the target and the recipients just gave.
 */
create table target_assignments (
  id bigint generated always as identity primary key,
  sharing_id uuid references target_sharings on delete cascade,
  campaign_id uuid not null,
  siret bigint not null,
  at timestamptz, -- of what was taken or given back; a sharing out has its own
  by_id uuid,
  from_assigned uuid,
  from_organisation uuid, -- of the person who took care of it
  from_account uuid,
  from_taken_at timestamptz,
  to_organisation uuid,
  to_account uuid,
  -- Where the target stood when it was planned: what moved since is left alone.
  status text not null,
  contacts int not null,
  kept boolean not null default false, -- the undoing left it: it was worked since
  check ((sharing_id is null) = (at is not null)),
  check ((sharing_id is null) = (by_id is not null))
);
create index target_assignments_target on target_assignments (campaign_id, siret);
create index target_assignments_sharing on target_assignments (sharing_id) where sharing_id is not null;
-- As for the targets (0420): what the statistics have not met is not one row.
alter table target_assignments alter campaign_id set statistics 0;
alter table target_assignments alter sharing_id set statistics 0;

/* The campaigns where the viewer leads people of their own organisation. The SQL twin of mayLead. */
create function ctx.led_campaigns() returns setof uuid language sql stable security definer set search_path = '' as $$
  select c.id from public.campaigns c
  where c.id in (select ctx.visible_campaigns()) and exists (
    select from ctx.effective_grants((select ctx.account()), (now() at time zone 'Europe/Paris')::date) g
    where g.tool = 'campagnes' and ctx.rank(g.profile) >= 3 and (g.territory_id in (0, c.territory_id) or c.territory_id = 0
      or exists (select from public.territory_overlaps o where o.territory_id = g.territory_id and o.other_id = c.territory_id)))
$$;

/*
 * Who may be given targets, over which territories they work, and how many open ones they have already: advisors of the viewer's own organisation with all they
 * hold in any open campaign (their load is read by who leads there, CAM-8), and, for the pilot, the members, with what the campaigns that the viewer sees hold.
 * Grants are read by nobody else than their holder's organisation: this bypasses row-level security, and answers only who pilots or leads in that campaign.
 */
create function sharing_recipients(campaign uuid, on_day date)
returns table (organisation_id uuid, account_id uuid, territories int[], load int) language sql stable security definer set search_path = '' as $$
  with asked as (
    select c.id, c.territory_id, c.id in (select ctx.piloted_campaigns()) as piloted from public.campaigns c
    where c.id = campaign and c.id in (select ctx.visible_campaigns()) and (c.id in (select ctx.piloted_campaigns()) or c.id in (select ctx.led_campaigns()))),
  advisor as (
    select a.organisation_id, a.id, array_agg(distinct coalesce(g.territory_id, t.territory_id)) as territories
    from asked c join public.campaign_members m on m.campaign_id = c.id and (c.piloted or m.organisation_id = (select ctx.organisation()))
    join public.accounts a on a.organisation_id = m.organisation_id and a.status = 'active'
    join public.grants g on g.account_id = a.id and g.organisation_id = a.organisation_id and g.tool = 'campagnes' and ctx.rank(g.profile) >= 2
      and g.revoked_at is null and g.starts_on <= on_day and (g.ends_on is null or g.ends_on >= on_day)
    left join public.agency_territories t on t.agency_id = g.agency_id
    where coalesce(g.territory_id, t.territory_id) in (0, c.territory_id) or c.territory_id = 0
      or exists (select from public.territory_overlaps o where o.territory_id = coalesce(g.territory_id, t.territory_id) and o.other_id = c.territory_id)
    group by 1, 2)
  select a.organisation_id, a.id, a.territories,
    (select count(*)::int from public.campaign_targets t join public.campaigns c on c.id = t.campaign_id and c.status = 'open'
      where t.taken_by = a.id and t.status not in ('traite', 'ecarte'))
  from advisor a where a.organisation_id = (select ctx.organisation())
  union all
  select m.organisation_id, null, coalesce((select array_agg(distinct t) from advisor a cross join unnest(a.territories) t where a.organisation_id = m.organisation_id), '{}'),
    (select count(*)::int from public.campaigns c join public.campaign_targets t on t.campaign_id = c.id
      where c.status = 'open' and c.id in (select ctx.visible_campaigns()) and t.status not in ('traite', 'ecarte') and coalesce(t.assigned_organisation, t.taken_by_organisation) = m.organisation_id)
  from asked c join public.campaign_members m on m.campaign_id = c.id where c.piloted
$$;

/*
 * Who knows the employer of each of these targets already: who last contacted it, and failing that who told of a correspondent. An organisation for the pilot, as
 * every member reads it (EST-11); the person only within the viewer's own. A lead looks within their own organisation alone.
 */
create function sharing_referents(campaign uuid, sirets bigint[])
returns table (siret bigint, organisation_id uuid, account_id uuid) language sql stable security definer set search_path = '' as $$
  with asked as (
    select c.id, c.id in (select ctx.piloted_campaigns()) as piloted from public.campaigns c
    where c.id = campaign and c.id in (select ctx.visible_campaigns()) and (c.id in (select ctx.piloted_campaigns()) or c.id in (select ctx.led_campaigns()))),
  member as (select m.organisation_id as id from asked c join public.campaign_members m on m.campaign_id = c.id and (c.piloted or m.organisation_id = (select ctx.organisation()))),
  known as (
    select t.siret, r.organisation_id, r.account_id
    from unnest(sirets) s (siret) join public.campaign_targets t on t.campaign_id = (select id from asked) and t.siret = s.siret
    cross join lateral (
      (select x.organisation_id, x.author_id as account_id, 1 as rank from public.exchanges x
        where x.siret = t.siret and x.status = 'recorded' and x.organisation_id in (select id from member) order by x.occurred_on desc, x.id desc limit 1)
      union all
      (select v.organisation_id, v.author_id, 2 from public.correspondents c join public.correspondent_values v on v.correspondent_id = c.id and v.replaced_at is null
        where c.siret = t.siret and c.retired_at is null and v.organisation_id in (select id from member) order by v.recorded_at desc, v.id desc limit 1)
      order by rank limit 1) r)
  select k.siret, k.organisation_id, case when k.organisation_id = (select ctx.organisation()) then k.account_id end from known k
$$;

do $$ declare f text; begin
  foreach f in array array['ctx.led_campaigns()', 'sharing_recipients(uuid, date)', 'sharing_referents(uuid, bigint[])'] loop
    execute format('alter function %s owner to cc_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to cc_web', f);
  end loop;
end $$;
grant select on correspondents, correspondent_values to cc_definer;

do $$ declare t text; begin
  foreach t in array array['target_sharings', 'target_assignments'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner on %I to cc_owner using (true) with check (true)', t);
    execute format('create policy read on %I for select to cc_web using (campaign_id in (select ctx.visible_campaigns()))', t);
  end loop;
end $$;
-- The SQL twin of mayShareOut: the pilots; the leads, within their own organisation.
create policy share_out on target_sharings for insert to cc_web with check (by_id = (select ctx.account())
  and (campaign_id in (select ctx.piloted_campaigns()) or within_organisation = (select ctx.organisation()) and campaign_id in (select ctx.led_campaigns())));
create policy settle on target_sharings for update to cc_web
  using (campaign_id in (select ctx.piloted_campaigns()) or within_organisation = (select ctx.organisation()) and campaign_id in (select ctx.led_campaigns()))
  with check (campaign_id in (select ctx.piloted_campaigns()) or within_organisation = (select ctx.organisation()) and campaign_id in (select ctx.led_campaigns()));
-- A simulation that came to nothing goes; what was done stays.
create policy forget on target_sharings for delete to cc_web using (done_at is null
  and (campaign_id in (select ctx.piloted_campaigns()) or within_organisation = (select ctx.organisation()) and campaign_id in (select ctx.led_campaigns())));
create policy plan on target_assignments for insert to cc_web with check (
  sharing_id is not null and (campaign_id in (select ctx.piloted_campaigns())
    or campaign_id in (select ctx.led_campaigns()) and to_organisation = (select ctx.organisation()) and coalesce(from_assigned, from_organisation, to_organisation) = (select ctx.organisation()))
  or sharing_id is null and by_id = (select ctx.account()) and campaign_id in (select ctx.visible_campaigns()) and coalesce(to_organisation, from_organisation) = (select ctx.organisation()));
create policy settle on target_assignments for update to cc_web using (sharing_id is not null and (campaign_id in (select ctx.piloted_campaigns()) or campaign_id in (select ctx.led_campaigns())))
  with check (campaign_id in (select ctx.piloted_campaigns()) or campaign_id in (select ctx.led_campaigns()));
-- Only lines of a simulation, which are no history yet.
create policy forget on target_assignments for delete to cc_web using ((campaign_id in (select ctx.piloted_campaigns()) or campaign_id in (select ctx.led_campaigns()))
  and sharing_id in (select s.id from target_sharings s where s.done_at is null));
grant select, insert, delete on target_sharings, target_assignments to cc_web;
grant update (planned, reason, done_at, moved, undone_at, undone_by, restored) on target_sharings to cc_web;
grant update (kept) on target_assignments to cc_web;
