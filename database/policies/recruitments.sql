-- Recruitments (DPAE): written by the operator's import alone. The application reads counts through
-- functions of functions/recruitments.sql; and, to search by them, those of the last twelve months, where it reads the
-- cards.

-- hiring_files
alter table hiring_files enable row level security, force row level security;
create policy owner on hiring_files to cc_owner using (true) with check (true);
grant select on hiring_files to cc_definer;

-- hiring_rejects
alter table hiring_rejects enable row level security, force row level security;
create policy owner on hiring_rejects to cc_owner using (true) with check (true);
grant select, delete, update (file_id) on hiring_rejects to cc_definer; -- a purge locks what is due

-- hiring_declarations
alter table hiring_declarations enable row level security, force row level security;
create policy owner on hiring_declarations to cc_owner using (true) with check (true);
grant select, delete on hiring_declarations to cc_definer;

-- hiring_months
alter table hiring_months enable row level security, force row level security;
create policy owner on hiring_months to cc_owner using (true) with check (true);
grant select, update (dropped_at) on hiring_months to cc_definer;

-- hirings_by_month
alter table hirings_by_month enable row level security, force row level security;
create policy owner on hirings_by_month to cc_owner using (true) with check (true);
grant select on hirings_by_month to cc_definer;

-- hirings_compared
alter table hirings_compared enable row level security, force row level security;
create policy owner on hirings_compared to cc_owner using (true) with check (true);
grant select on hirings_compared to cc_definer;

-- hiring_seasons
alter table hiring_seasons enable row level security, force row level security;
create policy owner on hiring_seasons to cc_owner using (true) with check (true);
grant select on hiring_seasons to cc_definer;

-- hiring_forecasts
alter table hiring_forecasts enable row level security, force row level security;
create policy owner on hiring_forecasts to cc_owner using (true) with check (true);
-- The SQL twin of mayReadRecruitment, row by row; the worker reads a followed search with the rights of its person
-- (CAM-10).
create policy read on hiring_forecasts for select to cc_web, cc_worker
  using ((select ctx.ok()) and ctx.covers((select ctx.recrutement()), region_id, departement_id, epci_id, clpe_id));
grant select (siret, month, expected, departement_id) on hiring_forecasts to cc_web, cc_worker;

-- hiring_forecast_runs
alter table hiring_forecast_runs enable row level security, force row level security;
create policy owner on hiring_forecast_runs to cc_owner using (true) with check (true);

-- hirings_recent: the SQL twin of mayReadRecruitment, row by row. A count over it thus only counts cards that one may
-- read.
alter table hirings_recent enable row level security, force row level security;
create policy owner on hirings_recent to cc_owner using (true) with check (true);
-- The worker reads a followed search with the rights of its person (CAM-10).
create policy read on hirings_recent for select to cc_web, cc_worker
  using ((select ctx.ok()) and ctx.covers((select ctx.recrutement()), region_id, departement_id, epci_id, clpe_id));
grant select on hirings_recent to cc_web, cc_worker;
