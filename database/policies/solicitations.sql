-- solicitation_budgets
alter table solicitation_budgets enable row level security, force row level security;
grant select on solicitation_budgets to cc_definer;
grant select, insert on solicitation_budgets to cc_web;
create policy owner on solicitation_budgets to cc_owner using (true) with check (true);
-- The SQL twin of mayReadBudget: whoever reads the task force.
create policy read on solicitation_budgets for select to cc_web using (clpe_id in (select ctx.visible_task_forces()));
-- The SQL twin of maySetBudget: whoever edits the task force, in their own name.
create policy set_budget on solicitation_budgets for insert to cc_web
  with check (clpe_id in (select ctx.piloted_task_forces())
    and set_by = (select ctx.account()) and set_organisation = (select ctx.organisation()));
create trigger written_now before insert on solicitation_budgets
  for each row execute function ctx.written_now('set_at');

-- budget_overruns
alter table budget_overruns enable row level security, force row level security;
grant select, insert on budget_overruns to cc_web;
grant select, insert, update (region_id, departement_id, epci_id, clpe_id) on budget_overruns to cc_definer;
create policy owner on budget_overruns to cc_owner using (true) with check (true);
-- The SQL twin of mayReadOverrun: whoever reads the card there.
create policy read on budget_overruns for select to cc_web
  using ((select ctx.ok()) and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id));
-- The SQL twin of mayOverrun: whoever advises there, the card or not, in their own name.
create policy overrun on budget_overruns for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and author_id = (select ctx.account())
    and ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id));
create trigger written_now before insert on budget_overruns for each row execute function ctx.written_now('at');
