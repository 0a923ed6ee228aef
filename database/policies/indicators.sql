-- usage_days
alter table usage_days enable row level security, force row level security;
grant select on usage_days to cc_web;
grant select, insert, update on usage_days to cc_definer;
create policy owner on usage_days to cc_owner using (true) with check (true);
create policy read on usage_days for select to cc_web
  using ((select ctx.ok()) and (organisation_id = (select ctx.organisation())
    or ctx.national((select ctx.campagnes()))));
create trigger months_insert after insert on usage_days referencing new table as added
  for each statement execute function add_up_usage();
create trigger months_update after update on usage_days referencing old table as gone new table as added
  for each statement execute function add_up_usage();
create trigger months_delete after delete on usage_days referencing old table as gone
  for each statement execute function add_up_usage();

-- usage_sessions
alter table usage_sessions enable row level security, force row level security;
grant select, insert, delete on usage_sessions to cc_definer;
create policy owner on usage_sessions to cc_owner using (true) with check (true);

-- usage_months
alter table usage_months enable row level security, force row level security;
grant select on usage_months to cc_web;
grant select, insert, update, delete on usage_months to cc_definer;
create policy owner on usage_months to cc_owner using (true) with check (true);
-- The same words as for the days.
create policy read on usage_months for select to cc_web
  using ((select ctx.ok()) and (organisation_id = (select ctx.organisation())
    or ctx.national((select ctx.campagnes()))));

-- reached_changes, reached_numbers, reached_sets: count_reached alone reads them, and answers sums.
alter table reached_changes enable row level security, force row level security;
grant select, insert, delete on reached_changes to cc_definer;
create policy owner on reached_changes to cc_owner using (true) with check (true);

alter table reached_numbers enable row level security, force row level security;
grant select, insert on reached_numbers to cc_definer;
create policy owner on reached_numbers to cc_owner using (true) with check (true);

alter table reached_sets enable row level security, force row level security;
grant select, insert, delete on reached_sets to cc_definer;
create policy owner on reached_sets to cc_owner using (true) with check (true);

-- frozen_figures, frozen_months: only added to, by ctx.freeze_figures. Who reads a line has today the very scope it was
-- counted in.
alter table frozen_figures enable row level security, force row level security;
grant select (month, scope, frozen_at, lines, digest) on frozen_figures to cc_web;
grant select, insert on frozen_figures to cc_definer;
create policy owner_reads on frozen_figures for select to cc_owner using (true);
create policy read on frozen_figures for select to cc_web
  using ((select ctx.ok()) and scope = (select ctx.figures_scope()));
create trigger append_only before update or delete on frozen_figures
  for each row execute function audit_refuse_change();
create trigger append_only_truncate before truncate on frozen_figures execute function audit_refuse_change();

alter table frozen_months enable row level security, force row level security;
grant select (month, frozen_at) on frozen_months to cc_web;
grant select, insert on frozen_months to cc_definer;
create policy owner_reads on frozen_months for select to cc_owner using (true);
create policy read on frozen_months for select to cc_web using ((select ctx.ok()));
create trigger append_only before update or delete on frozen_months for each row execute function audit_refuse_change();
create trigger append_only_truncate before truncate on frozen_months execute function audit_refuse_change();
