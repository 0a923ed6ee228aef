-- task_forces
alter table task_forces enable row level security, force row level security;
grant select, update (pilot_id, version) on task_forces to cc_definer;
grant select, update (pilot_id, sensitive_sectors, version) on task_forces to cc_web;
create policy read on task_forces for select to cc_web using (clpe_id in (select ctx.visible_task_forces()));
-- The new pilot need not be the old one: handing over is the last act of a pilot.
create policy edit on task_forces for update to cc_web
  using (clpe_id in (select ctx.piloted_task_forces()))
  with check (clpe_id in (select ctx.piloted_task_forces()));
create policy owner on task_forces to cc_owner using (true) with check (true);

-- task_force_members
alter table task_force_members enable row level security, force row level security;
grant select, insert on task_force_members to cc_definer;
grant select, insert, delete on task_force_members to cc_web;
create policy read on task_force_members for select to cc_web using (clpe_id in (select ctx.visible_task_forces()));
create policy add on task_force_members for insert to cc_web with check (clpe_id in (select ctx.piloted_task_forces()));
create policy remove on task_force_members for delete to cc_web using (clpe_id in (select ctx.piloted_task_forces()));
create policy owner on task_force_members to cc_owner using (true) with check (true);

-- task_force_handovers
alter table task_force_handovers enable row level security, force row level security;
grant select, insert on task_force_handovers to cc_web;
grant insert on task_force_handovers to cc_definer;
create policy owner on task_force_handovers to cc_owner using (true) with check (true);
create policy read on task_force_handovers for select to cc_web using (clpe_id in (select ctx.visible_task_forces()));
-- Who edits the task force hands it over, in their own name; who takes it over goes through adopt_task_force.
create policy pilot_hands on task_force_handovers for insert to cc_web
  with check (kind = 'handed-over' and former_id = (select ctx.organisation()) and by_account = (select ctx.account())
    and by_organisation = (select ctx.organisation()) and clpe_id in (select ctx.piloted_task_forces()));

-- campaigns
alter table campaigns enable row level security, force row level security;
grant select, update (pilot_id, version, status, closed_at, closes_on, closes_for) on campaigns to cc_definer;
grant select, insert, update (name, purpose, description, territory_id, region_id, departement_id, epci_id, clpe_id,
  starts_on, ends_on, status,
  pilot_id, contact_delay_days, conflict_scope, opened_at, closed_at, version, step, closes_on, closes_for)
  on campaigns to cc_web;
create policy owner on campaigns to cc_owner using (true) with check (true);
-- The worker, once it entered someone's rights to read what they watch (ctx.enter_watch).
grant select (id, name, status) on campaigns to cc_worker;
create policy read on campaigns for select to cc_web, cc_worker using (id in (select ctx.visible_campaigns()));
create policy create_draft on campaigns for insert to cc_web
  with check ((select ctx.ok()) and pilot_id = (select ctx.organisation()) and created_by = (select ctx.account())
    and status = 'draft'
    and ctx.covers((select ctx.pilote()), region_id, departement_id, epci_id, clpe_id));
create policy edit on campaigns for update to cc_web
  using (id in (select ctx.piloted_campaigns()))
  with check (pilot_id = (select ctx.organisation())
    and ctx.covers((select ctx.pilote()), region_id, departement_id, epci_id, clpe_id));
-- No CHECK, which would stop every act on what was open for longer before: those close, and start no new period.
create trigger longest_period before insert or update of starts_on, ends_on on campaigns for each row
  when (current_user <> 'cc_owner' and new.ends_on - new.starts_on >= 366) execute function ctx.refuse_long_campaign();
create trigger life before update of status on campaigns for each row
  when (current_user <> 'cc_owner' and old.status <> new.status) execute function ctx.check_campaign_life();
create trigger progress_update after update on campaigns referencing new table as changed
  for each statement execute function ctx.announce_progress();

-- campaign_members
alter table campaign_members enable row level security, force row level security;
grant select on campaign_members to cc_definer;
grant select, insert, delete on campaign_members to cc_web;
create policy owner on campaign_members to cc_owner using (true) with check (true);
create policy read on campaign_members for select to cc_web using (campaign_id in (select ctx.visible_campaigns()));
create policy pilot_adds on campaign_members for insert to cc_web
  with check (campaign_id in (select ctx.piloted_campaigns()));
create policy pilot_removes on campaign_members for delete to cc_web
  using (campaign_id in (select ctx.piloted_campaigns()));
create trigger progress_insert after insert on campaign_members referencing new table as changed
  for each statement execute function ctx.announce_progress();
create trigger progress_update after update on campaign_members referencing new table as changed
  for each statement execute function ctx.announce_progress();
create trigger progress_delete after delete on campaign_members referencing old table as changed
  for each statement execute function ctx.announce_progress();

create trigger memberships_insert after insert on campaign_members referencing new table as changed
  for each statement execute function keep_memberships();
create trigger memberships_delete after delete on campaign_members referencing old table as changed
  for each statement execute function keep_memberships();

-- campaign_memberships, campaign_coordinations: written by triggers alone; the operator's sums go through
-- count_shared_campaigns.
alter table campaign_memberships enable row level security, force row level security;
grant select, insert, update (left_at), delete on campaign_memberships to cc_definer;
grant select on campaign_memberships to cc_web;
create policy owner on campaign_memberships to cc_owner using (true) with check (true);
create policy read on campaign_memberships for select to cc_web using (campaign_id in (select ctx.visible_campaigns()));
create trigger coordinations_insert after insert on campaign_memberships referencing new table as changed
  for each statement execute function keep_coordinations();
create trigger coordinations_update after update on campaign_memberships referencing new table as changed
  for each statement execute function keep_coordinations();
create trigger coordinations_delete after delete on campaign_memberships referencing old table as changed
  for each statement execute function keep_coordinations();

alter table campaign_coordinations enable row level security, force row level security;
grant select, insert, update (days) on campaign_coordinations to cc_definer;
grant select on campaign_coordinations to cc_web;
create policy owner on campaign_coordinations to cc_owner using (true) with check (true);
create policy read on campaign_coordinations for select to cc_web
  using (campaign_id in (select ctx.visible_campaigns()));

-- campaign_targets
alter table campaign_targets enable row level security, force row level security;
grant select, insert, update on campaign_targets to cc_definer;
grant select, insert, delete, update (region_id, departement_id, epci_id, clpe_id, status, shared,
  set_aside_reason, taken_by,
  taken_by_organisation, taken_at, assigned_organisation) on campaign_targets to cc_web;
create policy owner on campaign_targets to cc_owner using (true) with check (true);
grant select (campaign_id, siret, status, taken_by, taken_by_organisation, taken_at, assigned_organisation, region_id,
  departement_id, epci_id, clpe_id)
  on campaign_targets to cc_worker;
create policy read on campaign_targets for select to cc_web, cc_worker
  using (campaign_id in (select ctx.visible_campaigns()));
create policy pilot_adds on campaign_targets for insert to cc_web
  with check (campaign_id in (select ctx.piloted_campaigns())
    and not exists (select from objections_to_diffusion(siret)));
create policy pilot_removes on campaign_targets for delete to cc_web
  using (campaign_id in (select ctx.piloted_campaigns()));
create policy pilot_edits on campaign_targets for update to cc_web
  using (campaign_id in (select ctx.piloted_campaigns()))
  with check (campaign_id in (select ctx.piloted_campaigns()));
create policy advisor_works on campaign_targets for update to cc_web
  using (campaign_id in (select ctx.visible_campaigns())
    and ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id))
  with check (campaign_id in (select ctx.visible_campaigns()));
create trigger progress_insert after insert on campaign_targets referencing new table as changed
  for each statement execute function ctx.announce_progress();
create trigger progress_update after update on campaign_targets referencing new table as changed
  for each statement execute function ctx.announce_progress();
create trigger progress_delete after delete on campaign_targets referencing old table as changed
  for each statement execute function ctx.announce_progress();
create trigger closed_result before update on campaign_targets for each row
  when (new.status <> 'traite' and new.closed_result is not null) execute function forget_closed_result();
create trigger turned after update on campaign_targets for each row
  when ((old.status = 'ecarte') <> (new.status = 'ecarte')
    or (old.closed_result is null) <> (new.closed_result is null))
  execute function note_target_turn();
-- The policies above say which rows; this says what of them. Functions of the database answer for themselves.
create trigger worked after update on campaign_targets referencing old table as before new table as changed
  for each statement when (current_user = 'cc_web') execute function ctx.check_target_work();
create trigger holders_insert after insert on campaign_targets referencing new table as changed
  for each statement execute function check_target_holders();
create trigger holders_update after update on campaign_targets referencing new table as changed
  for each statement execute function check_target_holders();

-- campaign_contacts
alter table campaign_contacts enable row level security, force row level security;
grant select, insert, delete, update (contacts, needs, last_on) on campaign_contacts to cc_web;
grant select, insert, update, delete on campaign_contacts to cc_definer;
create policy owner on campaign_contacts to cc_owner using (true) with check (true);
grant select (campaign_id, siret, contacts, last_on) on campaign_contacts to cc_worker;
create policy read on campaign_contacts for select to cc_web, cc_worker
  using (campaign_id in (select ctx.visible_campaigns()));
create policy own on campaign_contacts to cc_web
  using ((select ctx.ok()) and organisation_id = (select ctx.organisation())
    and campaign_id in (select ctx.visible_campaigns()))
  with check (organisation_id = (select ctx.organisation()) and campaign_id in (select ctx.visible_campaigns()));
create trigger progress_insert after insert on campaign_contacts referencing new table as changed
  for each statement execute function ctx.announce_progress();
create trigger progress_update after update on campaign_contacts referencing new table as changed
  for each statement execute function ctx.announce_progress();
create trigger progress_delete after delete on campaign_contacts referencing old table as changed
  for each statement execute function ctx.announce_progress();

-- campaign_holds
alter table campaign_holds enable row level security, force row level security;
grant select, insert, update, delete on campaign_holds to cc_definer;
grant select, insert, delete on campaign_holds to cc_web;
create policy owner on campaign_holds to cc_owner using (true) with check (true);
create policy read on campaign_holds for select to cc_web using (campaign_id in (select ctx.visible_campaigns()));
create policy pilot_holds on campaign_holds for insert to cc_web
  with check (campaign_id in (select ctx.piloted_campaigns()));
create policy pilot_frees on campaign_holds for delete to cc_web
  using (campaign_id in (select ctx.piloted_campaigns()));
create trigger of_targets after insert on campaign_holds referencing new table as changed
  for each statement when (current_user = 'cc_web') execute function ctx.check_holds();

-- campaign_decisions
alter table campaign_decisions enable row level security, force row level security;
grant select, delete on campaign_decisions to cc_definer;
grant select, insert, delete, update (kind, decision, reason, against_on, decided_by, decided_at)
  on campaign_decisions to cc_web;
create policy owner on campaign_decisions to cc_owner using (true) with check (true);
create policy pilot on campaign_decisions to cc_web
  using (campaign_id in (select ctx.piloted_campaigns()))
  with check (campaign_id in (select ctx.piloted_campaigns()) and decided_by = (select ctx.account()));

-- campaign_goals
alter table campaign_goals enable row level security, force row level security;
grant select, insert, update (value), delete on campaign_goals to cc_web;
create policy owner on campaign_goals to cc_owner using (true) with check (true);
create policy read on campaign_goals for select to cc_web using (campaign_id in (select ctx.visible_campaigns()));
create policy pilot_adds on campaign_goals for insert to cc_web
  with check (campaign_id in (select ctx.piloted_campaigns()));
create policy pilot_removes on campaign_goals for delete to cc_web
  using (campaign_id in (select ctx.piloted_campaigns()));
create policy pilot_edits on campaign_goals for update to cc_web
  using (campaign_id in (select ctx.piloted_campaigns()))
  with check (campaign_id in (select ctx.piloted_campaigns()));

-- campaign_leads
alter table campaign_leads enable row level security, force row level security;
grant select, insert, delete on campaign_leads to cc_web;
grant select on campaign_leads to cc_definer;
create policy owner on campaign_leads to cc_owner using (true) with check (true);
create policy read on campaign_leads for select to cc_web using (campaign_id in (select ctx.visible_campaigns()));
create policy pilot_adds on campaign_leads for insert to cc_web
  with check (campaign_id in (select ctx.piloted_campaigns()));
create policy pilot_removes on campaign_leads for delete to cc_web
  using (campaign_id in (select ctx.piloted_campaigns()));

-- target_sharings
alter table target_sharings enable row level security, force row level security;
grant select, insert, update (reason, planned), delete on target_sharings to cc_web;
-- Done and undone by the parts of a bulk work (sharing.sql).
grant select, update on target_sharings to cc_definer;
create policy owner on target_sharings to cc_owner using (true) with check (true);
create policy read on target_sharings for select to cc_web using (campaign_id in (select ctx.visible_campaigns()));
-- The SQL twin of mayShareOut: the pilots; the leads, within their own organisation.
create policy share_out on target_sharings for insert to cc_web
  with check (by_id = (select ctx.account())
    and (campaign_id in (select ctx.piloted_campaigns()) or within_organisation = (select ctx.organisation())
      and campaign_id in (select ctx.led_campaigns())));
create policy settle on target_sharings for update to cc_web
  using (campaign_id in (select ctx.piloted_campaigns()) or within_organisation = (select ctx.organisation())
    and campaign_id in (select ctx.led_campaigns()))
  with check (campaign_id in (select ctx.piloted_campaigns()) or within_organisation = (select ctx.organisation())
    and campaign_id in (select ctx.led_campaigns()));
-- A simulation that came to nothing goes; what was done stays.
create policy forget on target_sharings for delete to cc_web
  using (done_at is null
    and (campaign_id in (select ctx.piloted_campaigns()) or within_organisation = (select ctx.organisation())
      and campaign_id in (select ctx.led_campaigns())));

-- target_assignments
alter table target_assignments enable row level security, force row level security;
grant select, insert, delete on target_assignments to cc_web;
grant select, insert, update (at, undone) on target_assignments to cc_definer;
create policy owner on target_assignments to cc_owner using (true) with check (true);
create policy read on target_assignments for select to cc_web using (campaign_id in (select ctx.visible_campaigns()));
create policy plan on target_assignments for insert to cc_web
  with check (
    sharing_id is not null and (campaign_id in (select ctx.piloted_campaigns())
    or campaign_id in (select ctx.led_campaigns()) and to_organisation = (select ctx.organisation())
      and coalesce(from_assigned, from_organisation, to_organisation) = (select ctx.organisation()))
    or sharing_id is null and by_id = (select ctx.account()) and campaign_id in (select ctx.visible_campaigns())
      and (coalesce(to_organisation, from_organisation) = (select ctx.organisation())
        -- What a member that leaves held is given back by the pilot.
        or to_organisation is null and to_account is null and campaign_id in (select ctx.piloted_campaigns())));
-- Only lines of a simulation, which are no history yet. The lines of a simulation are taken away by who may settle it,
-- as the simulation itself is: a lead of another organisation reads them only.
create policy forget on target_assignments for delete to cc_web
  using (sharing_id in (
    select s.id from target_sharings s
    where s.done_at is null and (s.campaign_id in (select ctx.piloted_campaigns())
    or (s.within_organisation = (select ctx.organisation()) and s.campaign_id in (select ctx.led_campaigns())))));

-- target_turns
alter table target_turns enable row level security, force row level security;
grant select on target_turns to cc_web;
grant insert on target_turns to cc_definer;
create policy owner on target_turns to cc_owner using (true) with check (true);
create policy read on target_turns for select to cc_web using (campaign_id in (select ctx.visible_campaigns()));

-- exchange_results
grant select on exchange_results to cc_web;

-- campaign_results
alter table campaign_results enable row level security, force row level security;
grant select, insert, update (retired_at) on campaign_results to cc_web;
create policy owner on campaign_results to cc_owner using (true) with check (true);
create policy read on campaign_results for select to cc_web using (campaign_id in (select ctx.visible_campaigns()));
create policy pilot_adds on campaign_results for insert to cc_web
  with check (created_by = (select ctx.account()) and retired_at is null
    and campaign_id in (select ctx.piloted_campaigns()));
create policy pilot_retires on campaign_results for update to cc_web
  using (campaign_id in (select ctx.piloted_campaigns()))
  with check (campaign_id in (select ctx.piloted_campaigns()));

-- campaign_handovers: written by adopt_campaign and give_campaign_back; whoever took it reads it, to give it back.
alter table campaign_handovers enable row level security, force row level security;
grant select on campaign_handovers to cc_web;
grant select, insert, update (given_back_at) on campaign_handovers to cc_definer;
create policy owner on campaign_handovers to cc_owner using (true) with check (true);
create policy read on campaign_handovers for select to cc_web
  using (by_account = (select ctx.account()) and campaign_id in (select ctx.piloted_campaigns()));

-- campaign_events
alter table campaign_events enable row level security, force row level security;
grant select, insert on campaign_events to cc_web;
grant insert on campaign_events to cc_definer;
create policy owner on campaign_events to cc_owner using (true) with check (true);
create policy read on campaign_events for select to cc_web using (campaign_id in (select ctx.visible_campaigns()));
create policy pilot_adds on campaign_events for insert to cc_web
  with check (by_organisation = (select ctx.organisation()) and campaign_id in (select ctx.piloted_campaigns()));
create trigger written_now before insert on campaign_events for each row execute function ctx.written_now('at');
