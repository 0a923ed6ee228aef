-- access_review_rhythms
alter table access_review_rhythms enable row level security, force row level security;
grant select on access_review_rhythms to cc_definer;
grant select, insert on access_review_rhythms to cc_web;
create policy owner on access_review_rhythms to cc_owner using (true) with check (true);
create policy read on access_review_rhythms for select to cc_web using ((select ctx.known()));
create policy set_by_operator on access_review_rhythms for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.holds_role('administrateur')) and set_by = (select ctx.account()));

-- access_reviews
alter table access_reviews enable row level security, force row level security;
grant select on access_reviews to cc_definer;
grant select, insert, update (closed_at, closed_by, report_digest) on access_reviews to cc_web;
create policy owner on access_reviews to cc_owner using (true) with check (true);
create policy read on access_reviews for select to cc_web
  using ((select ctx.ok())
    and ((((select ctx.holds_role('rgc')) or (select ctx.holds_role('signataire')))
      and organisation_id = (select ctx.organisation()))
      or (select ctx.oversees()) or organisation_id in (select ctx.officer_of())));
create policy begin on access_reviews for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation())
    and started_by = (select ctx.account()) and closed_at is null);
create policy close on access_reviews for update to cc_web
  using ((select ctx.ok()) and (select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation())
    and closed_at is null)
  with check ((select ctx.ok()) and closed_by = (select ctx.account()));
create trigger written_now before insert or update of closed_at on access_reviews for each row
  execute function ctx.written_now('started_at', 'closed_at');

-- access_review_lines
alter table access_review_lines enable row level security, force row level security;
grant select, insert, update (anomalies, anomalies_since) on access_review_lines to cc_definer;
grant select, update (decision, to_profile, to_territory_id, reason, decided_at, decided_by)
  on access_review_lines to cc_web;
create policy owner on access_review_lines to cc_owner using (true) with check (true);
create policy read on access_review_lines for select to cc_web
  using ((select ctx.ok())
    and ((((select ctx.holds_role('rgc')) or (select ctx.holds_role('signataire')))
      and organisation_id = (select ctx.organisation()))
      or (select ctx.oversees()) or organisation_id in (select ctx.officer_of())));
-- Of an open review, and of whom one decides for: an account manager's own lines wait for another, or for the signatory
-- (ACC-4).
create policy decide on access_review_lines for update to cc_web
  using ((select ctx.ok()) and account_id in (select ctx.decidable_accounts())
    and review_id in (select r.id from access_reviews r where r.organisation_id = (select ctx.organisation())
      and r.closed_at is null))
  with check ((select ctx.ok()) and decided_by = (select ctx.account()));
-- In the review too, an account manager's grant rests on recorded duties (ACC-4, ACC-8): without them it is not kept.
create policy duties on access_review_lines as restrictive for update to cc_web
  using ((select ctx.ok()))
  with check ((select ctx.ok())
    and (decision is distinct from 'keep' or grant_id is null or account_id not in (select ctx.managers())
      or grant_id in (select g.id from grants g where g.duties is not null)));
create trigger written_now before update of decided_at on access_review_lines
  for each row execute function ctx.written_now('decided_at');

-- access_review_reminders
alter table access_review_reminders enable row level security, force row level security;
grant select, insert on access_review_reminders to cc_definer;
create policy owner on access_review_reminders to cc_owner using (true) with check (true);

-- use_places
alter table use_places enable row level security, force row level security;
grant select, insert, delete on use_places to cc_definer;
create policy owner on use_places to cc_owner using (true) with check (true);

-- access_anomalies
alter table access_anomalies enable row level security, force row level security;
grant select on access_anomalies to cc_web;
grant select, insert, update on access_anomalies to cc_definer;
create policy owner on access_anomalies to cc_owner using (true) with check (true);
create policy read on access_anomalies for select to cc_web
  using ((select ctx.ok())
    and ((select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation())
      or (select ctx.holds_role('cssi'))
      or organisation_id in (select ctx.officer_of())));

-- supplied_anomalies
alter table supplied_anomalies enable row level security, force row level security;
grant select, insert, update (corrected_at, corrected_by, correction) on supplied_anomalies to cc_web;
create policy owner on supplied_anomalies to cc_owner using (true) with check (true);
create policy read on supplied_anomalies for select to cc_web
  using ((select ctx.ok())
    and ((select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation())
      or (select ctx.holds_role('cssi'))
      or organisation_id in (select ctx.officer_of())));
create policy record on supplied_anomalies for insert to cc_web
  with check ((select ctx.ok()) and ((select ctx.holds_role('cssi')) or organisation_id in (select ctx.officer_of()))
    and recorded_by = (select ctx.account()) and corrected_at is null);
create policy correct on supplied_anomalies for update to cc_web
  using ((select ctx.ok()) and (select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation())
    and corrected_at is null)
  with check ((select ctx.ok()) and corrected_by = (select ctx.account()));
create trigger written_now before insert or update of corrected_at on supplied_anomalies for each row
  execute function ctx.written_now('recorded_at', 'corrected_at');
