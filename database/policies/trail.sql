-- The trail is only added to. In whose name: the application in the name of its session alone, by ctx.write_acts; the
-- rest by functions that know their acts, or by the owner, who says who was at it. No role of the service adds a row
-- itself.

-- audit_entries
alter table audit_entries enable row level security, force row level security;
grant select (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin, request_id)
  on audit_entries to cc_web;
grant select, select (id, at, leaf, xid), insert on audit_entries to cc_definer;
create policy owner_reads on audit_entries for select to cc_owner using (true);
/*
 * Who reads the trail (SEC-1): each their own acts and what was done on their account; the account manager (RGC) those
 * of the structure; the operator's security correspondent (CSSI) all. The twin of
 * server/oversight/audit/trail.policy.ts.
 */
create policy read on audit_entries for select to cc_web
  using ((select ctx.ok()) and (
    actor_id = (select ctx.account()) or subject_kind = 'account' and subject_id = (select ctx.account())::text
    or (select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation())
    or (select ctx.holds_role('cssi'))));
-- What the command line and the installation write as the owner bears no account, and says who.
create policy owner_appends on audit_entries for insert to cc_owner
  with check (actor_id is not null or origin ~ '^(ligne de commande|mise en service), .{2,}$');
create trigger leaf before insert on audit_entries for each row execute function audit_set_leaf();
create trigger append_only before update or delete on audit_entries for each row execute function audit_refuse_change();
create trigger append_only_truncate before truncate on audit_entries execute function audit_refuse_change();
create trigger actor before insert on audit_entries for each row execute function audit_check_actor();

-- audit_details
alter table audit_details enable row level security, force row level security;
grant select (entry_id, detail) on audit_details to cc_web;
-- The salt is updated for the row lock alone: nothing writes it. Details go after their retention, or with the account
-- they tell of.
grant select, insert, update (salt), delete on audit_details to cc_definer;
create policy owner_reads on audit_details for select to cc_owner using (true);
create policy owner_appends on audit_details for insert to cc_owner with check (true);
-- What was said in detail may hold business data, that a role opens to nobody: the author and the CSSI, and the RGC on
-- what is about accounts and rights.
create policy read on audit_details for select to cc_web
  using ((select ctx.ok()) and exists (
    select from audit_entries e where e.id = entry_id and (
    e.actor_id = (select ctx.account()) or (select ctx.holds_role('cssi'))
    or (select ctx.holds_role('rgc')) and e.organisation_id = (select ctx.organisation())
    and e.subject_kind in ('account', 'account-import', 'agency', 'authentication-directive', 'grant', 'review',
      'rgc-deed', 'session',
      'second-factor', 'sign-in', 'organisation', 'third-party', 'convention', 'document', 'access-request'))));
create trigger tell_erased after delete on audit_details referencing old table as gone
  for each statement execute function audit_tell_erased();
create trigger append_only before update on audit_details for each row execute function audit_refuse_change();
create trigger append_only_truncate before truncate on audit_details execute function audit_refuse_change();

-- trail_leaves
alter table trail_leaves enable row level security, force row level security;
grant select, insert on trail_leaves to cc_definer;
create policy owner_reads on trail_leaves for select to cc_owner using (true);
create trigger append_only before update or delete on trail_leaves for each row execute function audit_refuse_change();
create trigger append_only_truncate before truncate on trail_leaves execute function audit_refuse_change();

-- trail_nodes
alter table trail_nodes enable row level security, force row level security;
grant select, insert on trail_nodes to cc_definer;
create policy owner_reads on trail_nodes for select to cc_owner using (true);
create trigger append_only before update or delete on trail_nodes for each row execute function audit_refuse_change();
create trigger append_only_truncate before truncate on trail_nodes execute function audit_refuse_change();

-- trail_checkpoints
alter table trail_checkpoints enable row level security, force row level security;
grant select, insert on trail_checkpoints to cc_definer;
create policy owner_reads on trail_checkpoints for select to cc_owner using (true);
create trigger append_only before update or delete on trail_checkpoints
  for each row execute function audit_refuse_change();
create trigger append_only_truncate before truncate on trail_checkpoints execute function audit_refuse_change();

-- trail_head
alter table trail_head enable row level security, force row level security;
grant select, update on trail_head to cc_definer;
create policy owner_reads on trail_head for select to cc_owner using (true);

-- trail_witnesses
alter table trail_witnesses enable row level security, force row level security;
grant select, insert, update on trail_witnesses to cc_definer;
create policy owner_reads on trail_witnesses for select to cc_owner using (true);
