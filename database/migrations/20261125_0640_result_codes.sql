-- The result codes, as a table: what was heard, whether someone was spoken to, and where it leads the target. Our own list, after those of comparable tools.
create table exchange_results (
  code text primary key check (code ~ '^[a-z]+(-[a-z]+)*$'),
  label text not null unique,
  rank int not null unique,
  reached boolean not null,
  leads_to text check (leads_to in ('besoin', 'rendez-vous', 'traite')) -- null: the attempt settled nothing
);
insert into exchange_results values
  ('besoin-detecte', 'Besoin détecté', 1, true, 'besoin'),
  ('rendez-vous-pris', 'Rendez-vous pris', 2, true, 'rendez-vous'),
  ('a-rappeler', 'À rappeler', 3, true, null),
  ('pas-de-besoin', 'Pas de besoin', 4, true, 'traite'),
  ('absent', 'Absent', 5, false, null),
  ('injoignable', 'Injoignable', 6, false, null),
  ('mauvais-interlocuteur', 'Mauvais interlocuteur', 7, false, null),
  ('refus', 'Refus', 8, true, 'traite'),
  ('ferme', 'Établissement fermé', 9, false, 'traite'),
  ('deja-suivi', 'Déjà suivi par un partenaire', 10, true, 'traite');
grant select on exchange_results to cc_web;

-- A campaign's own words for a result, each counted as a base code. Never renamed nor deleted: retired, and what was recorded keeps its words.
create table campaign_results (
  id uuid primary key,
  campaign_id uuid not null references campaigns,
  label text not null check (length(label) between 2 and 60),
  base text not null references exchange_results,
  created_by uuid not null references accounts,
  created_at timestamptz not null,
  retired_at timestamptz,
  unique (id, base)
);
create unique index campaign_results_label on campaign_results (campaign_id, lower(label)) where retired_at is null;

alter table exchange_contents
  drop constraint exchange_contents_result_check,
  add foreign key (result) references exchange_results,
  add campaign_result_id uuid,
  add result_label text check (length(result_label) <= 60), -- the campaign's words, as they were chosen
  add foreign key (campaign_result_id, result) references campaign_results (id, base),
  add check ((campaign_result_id is null) = (result_label is null));

alter table campaign_results enable row level security;
alter table campaign_results force row level security;
create policy owner on campaign_results to cc_owner using (true) with check (true);
create policy read on campaign_results for select to cc_web using (campaign_id in (select ctx.visible_campaigns()));
create policy pilot_adds on campaign_results for insert to cc_web with check (created_by = (select ctx.account()) and retired_at is null and campaign_id in (select ctx.piloted_campaigns()));
create policy pilot_retires on campaign_results for update to cc_web using (campaign_id in (select ctx.piloted_campaigns())) with check (campaign_id in (select ctx.piloted_campaigns()));
grant select, insert, update (retired_at) on campaign_results to cc_web;
