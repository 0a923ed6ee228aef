-- What the tool cannot show of an access, and the operator saw elsewhere (annex 1, 1.6; ACC-14): recorded by its security officer, marked corrected by the partner's account manager.
create table supplied_anomalies (
  id uuid primary key, -- made of what is said: a file sent twice says it once
  organisation_id uuid not null references organisations,
  kind text not null check (length(kind) between 1 and 80),
  whose text not null check (length(whose) between 1 and 200), -- personal: the person, or the access
  evidence text not null check (length(evidence) between 1 and 1000), -- personal
  found_on date not null,
  recorded_at timestamptz not null,
  recorded_by uuid not null references accounts,
  corrected_at timestamptz check (corrected_at >= recorded_at),
  corrected_by uuid references accounts,
  correction text check (length(correction) between 1 and 500),
  check (num_nonnulls(corrected_at, corrected_by, correction) in (0, 3))
);
create index supplied_anomalies_open on supplied_anomalies (organisation_id, found_on, id) where corrected_at is null;
create index supplied_anomalies_corrected on supplied_anomalies (organisation_id, corrected_at, id) where corrected_at is not null;
alter table supplied_anomalies enable row level security; alter table supplied_anomalies force row level security;
create policy owner on supplied_anomalies to cc_owner using (true) with check (true);
create policy read on supplied_anomalies for select to cc_web using ((select ctx.ok()) and ((select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation()) or (select ctx.holds_role('cssi'))));
create policy record on supplied_anomalies for insert to cc_web with check ((select ctx.ok()) and (select ctx.holds_role('cssi')) and recorded_by = (select ctx.account()) and corrected_at is null);
create policy correct on supplied_anomalies for update to cc_web using ((select ctx.ok()) and (select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation()) and corrected_at is null)
  with check ((select ctx.ok()) and corrected_by = (select ctx.account()));
grant select, insert on supplied_anomalies to cc_web;
grant update (corrected_at, corrected_by, correction) on supplied_anomalies to cc_web;
