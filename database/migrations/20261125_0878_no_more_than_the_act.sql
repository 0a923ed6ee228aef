-- Row-level security says of the life of conventions and deeds no more than their actions do; « without RGC » is one count.

-- Who gave notice renounces it, in their own name and once; a receipt is told of what still holds. (20261125_0840 left the first to the action.)
do $$ declare t text; begin
  foreach t in array array['convention_notices', 'convention_breaches'] loop
    execute format($p$
      alter policy settle on %I
        using ((select ctx.ok()) and withdrawn_at is null and convention_id in (select c.id from conventions c where c.region_id = any ((select ctx.regions())::int[]) or (select ctx.acts_for_operator()) or c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())))
        with check ((select ctx.ok()) and (withdrawn_at is null and withdrawn_by is null or withdrawn_by = (select ctx.account())) and convention_id in (select c.id from conventions c
          where c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner()) and (withdrawn_at is null or party = 'partenaire')
            or ((select ctx.acts_for_operator()) or c.region_id = any ((select ctx.regions())::int[])) and (withdrawn_at is null or party = 'operateur')))$p$, t);
  end loop;
end $$;
-- An amendment takes effect once.
alter policy settle on convention_amendments using ((select ctx.ok()) and effective_at is null and convention_id in (select c.id from conventions c where (select ctx.acts_for_operator()) or c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())));

-- A deed abandoned stays so, with the signatures it had.
alter policy abandon on rgc_deeds using ((select ctx.ok()) and (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation()) and sent_at is null and abandoned_at is null)
  with check (sent_at is null and abandoned_at is not null and organisation_id = (select ctx.organisation()));
-- Declared of the structure's own people.
alter policy declare_event on rgc_events with check ((select ctx.ok()) and (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation()) and declared_by = (select ctx.account())
  and exists (select from accounts a where a.id = account_id and a.organisation_id = (select ctx.organisation())));

-- As structures_without_rgc counts them: a role whose deed was refused manages nothing. An awareness to come is none yet, as in ctx.held_grants.
create or replace function ctx.partner_duties(at timestamptz) returns table (organisation_id uuid, has_rgc boolean, awareness_due int) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() then return; end if;
  return query
    select o.id, exists (select from ctx.rgc_in_place(o.id, at)),
      (select count(*)::int from public.accounts a where a.organisation_id = o.id and a.status = 'active'
        and exists (select from public.grants g where g.account_id = a.id and g.revoked_at is null and (g.ends_on is null or g.ends_on >= ctx.paris_day(at)))
        and ctx.paris_day(at) > (coalesce((select max(w.done_on) from public.awareness_records w where w.account_id = a.id and w.done_on <= ctx.paris_day(at)), ctx.paris_day(a.created_at)) + interval '1 year')::date)
    from public.organisations o
    where exists (select from public.conventions c where c.organisation_id = o.id and (c.organisation_id = ctx.organisation() or ctx.oversees() or ctx.acts_for_operator() or c.region_id = any (ctx.regions())));
end $$;
