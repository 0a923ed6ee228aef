-- What becomes of a target besides who holds it, for the history of the employer (EST-8).
create table target_turns (
  id bigint generated always as identity primary key,
  campaign_id uuid not null references campaigns,
  siret bigint not null,
  at timestamptz not null,
  turn text not null check (turn in ('set-aside', 'put-back', 'closed', 'reopened')),
  by_organisation uuid references organisations -- null: nobody did, the register did
);
create index target_turns_target on target_turns (campaign_id, siret);
-- When it joined the targets of an open campaign; null: with the opening, or before this was kept.
alter table campaign_targets add column added_at timestamptz;
