-- Creation in steps (CAM-1): targets in figures, leads, and the step that a draft's preparation has reached.

alter table campaigns add column step text not null default 'objet' check (step in ('objet', 'equipe', 'objectifs', 'etablissements'));

create table campaign_goals (
  campaign_id uuid not null references campaigns,
  kind text not null check (kind in ('etablissements-contactes', 'echanges', 'rendez-vous', 'besoins')),
  value int not null check (value between 1 and 1000000),
  primary key (campaign_id, kind)
);
insert into campaign_goals select id, 'etablissements-contactes', contact_goal from campaigns where contact_goal is not null;
alter table campaigns drop column contact_goal;

-- The people who answer for a campaign (responsables): shown and told, no right of their own.
create table campaign_leads (
  campaign_id uuid not null references campaigns,
  account_id uuid not null references accounts,
  primary key (campaign_id, account_id)
);
create index campaign_leads_account on campaign_leads (account_id);

do $$ declare t text; begin
  foreach t in array array['campaign_goals', 'campaign_leads'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner on %I to cc_owner using (true) with check (true)', t);
    execute format('create policy read on %I for select to cc_web using (campaign_id in (select ctx.visible_campaigns()))', t);
    execute format('create policy pilot_adds on %I for insert to cc_web with check (campaign_id in (select ctx.piloted_campaigns()))', t);
    execute format('create policy pilot_removes on %I for delete to cc_web using (campaign_id in (select ctx.piloted_campaigns()))', t);
  end loop;
end $$;
create policy pilot_edits on campaign_goals for update to cc_web using (campaign_id in (select ctx.piloted_campaigns())) with check (campaign_id in (select ctx.piloted_campaigns()));
grant select, insert, delete on campaign_goals, campaign_leads to cc_web;
grant update (value) on campaign_goals to cc_web;

/*
 * Who may be named lead: people of these organisations with the profile responsable or pilote of campagnes on a territory that touches the campaign's.
 * Grants are read by nobody else than their holder, so this bypasses row-level security; only for who pilots somewhere, and says no more than who.
 */
create function campaign_lead_candidates(organisation_ids uuid[], territory int, on_day date)
returns setof uuid language sql stable security definer set search_path = '' as $$
  select a.id from public.accounts a
  where a.organisation_id = any (organisation_ids) and a.status = 'active' and (select ctx.ok()) and cardinality((select ctx.pilote())) > 0
    and exists (select from ctx.effective_grants(a.id, on_day) g where g.tool = 'campagnes' and ctx.rank(g.profile) >= ctx.rank('responsable')
      and (g.territory_id = 0 or territory = 0 or g.territory_id = territory
        or exists (select from public.territory_overlaps o where o.territory_id = g.territory_id and o.other_id = territory)))
$$;
alter function campaign_lead_candidates(uuid[], int, date) owner to cc_definer;
revoke all on function campaign_lead_candidates(uuid[], int, date) from public;
grant execute on function campaign_lead_candidates(uuid[], int, date) to cc_web;

/*
 * Whether the network contacted an establishment since a day: a criterion of who prepares a campaign (CAM-2), whose own rights may not read every exchange.
 * One at a time, so that a limit stops it early over a whole country.
 */
create function contacted_since(of_siret bigint, since date) returns boolean language plpgsql stable security definer set search_path = '' cost 1000 as $$
begin
  return exists (select from public.exchanges x where x.siret = of_siret and x.status = 'recorded' and x.occurred_on >= since) and cardinality(ctx.pilote()) > 0 and ctx.ok();
end $$;
alter function contacted_since(bigint, date) owner to cc_definer;
revoke all on function contacted_since(bigint, date) from public;
grant execute on function contacted_since(bigint, date) to cc_web;
