/*
 * What was noted of an account manager ends with the declaration that it called for, so that a later departure or absence of the same person can be noted. (20261125_0971 read it from
 * dates: nothing was shown to declare, and the note that stayed open refused the next.) A note is of the structure's own person, as a declaration is.
 */
alter table rgc_known_events add column declared_as uuid references rgc_events, add check (withdrawn_at is null or declared_as is null);
update rgc_known_events k set declared_as = (select e.id from rgc_events e where e.account_id = k.account_id and e.declared_at >= k.noted_at order by e.declared_at, e.id limit 1) where k.withdrawn_at is null;
drop index rgc_known_events_one_open;
create unique index rgc_known_events_one_open on rgc_known_events (account_id) where withdrawn_at is null and declared_as is null;

create or replace function ctx.rgc_undeclared(of_organisation uuid, at timestamptz) returns table (id uuid, account_id uuid, organisation_id uuid, kind text, known_on date, declare_by date, noted_at timestamptz) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query
    select k.id, m.account_id, m.organisation_id, coalesce(k.kind, 'absence'), d.known_on, d.known_on + 8, k.noted_at
    from (select o.id as organisation_id, p.id as account_id from public.organisations o cross join lateral ctx.rgc_in_place(o.id, at) p (id)
      where o.kind <> 'operateur' and o.id = coalesce(of_organisation, o.id) and exists (select from public.role_assignments r where r.organisation_id = o.id and r.role = 'rgc')) m
    left join public.rgc_known_events k on k.account_id = m.account_id and k.organisation_id = m.organisation_id and k.withdrawn_at is null and k.declared_as is null and k.noted_at <= at
    cross join lateral (select coalesce(k.known_on, (ctx.paris_day(ctx.inactivity_from(m.account_id, at)) + interval '2 months')::date) as known_on) d
    where d.known_on is not null and (k.id is not null or ctx.in_force(m.organisation_id, at) and ctx.paris_day(at) > d.known_on);
end $$;

alter policy note on rgc_known_events with check ((select ctx.ok()) and noted_by = (select ctx.account()) and withdrawn_at is null and declared_as is null
  and exists (select from accounts a where a.id = account_id and a.organisation_id = rgc_known_events.organisation_id)
  and ((select ctx.holds_role('cssi')) or (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation())));
-- Taken back in one's own name, or ended by the declaration that one makes of that person.
alter policy withdraw on rgc_known_events rename to settle;
alter policy settle on rgc_known_events
  using ((select ctx.ok()) and withdrawn_at is null and declared_as is null and ((select ctx.holds_role('cssi')) or (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation())))
  with check ((select ctx.ok()) and (withdrawn_by = (select ctx.account()) or withdrawn_at is null
    and exists (select from rgc_events e where e.id = declared_as and e.account_id = rgc_known_events.account_id and e.declared_by = (select ctx.account()))));
grant update (declared_as) on rgc_known_events to cc_web;
