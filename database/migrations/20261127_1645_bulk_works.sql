-- What a person asks of many targets at once: counted, confirmed, then done in parts by the worker (CAM-9).
create table bulk_works (
  id uuid primary key,
  campaign_id uuid not null references campaigns,
  by_id uuid not null references accounts,
  act text not null check (act in ('set-aside', 'put-back')),
  reason text check (length(reason) between 1 and 300),
  counted_at timestamptz not null,
  state text not null default 'counted' check (state in ('counted', 'doing', 'done', 'stopped', 'undoing', 'undone')),
  -- How the person had signed in: the worker takes no more rights than that opens.
  way text,
  origin text,
  request_id text,
  asked_at timestamptz,
  part_at timestamptz,
  ended_at timestamptz,
  stopped_for text,
  constraint bulk_works_reason check ((act = 'set-aside') = (reason is not null)),
  constraint bulk_works_asked check (state = 'counted' or num_nulls(way, origin, request_id, asked_at) = 0),
  constraint bulk_works_stopped check ((state = 'stopped') = (stopped_for is not null))
);
create index bulk_works_by on bulk_works (by_id, asked_at desc);
create index bulk_works_campaign on bulk_works (campaign_id);
create index bulk_works_running on bulk_works (part_at) where state in ('doing', 'undoing');
-- Its targets, each once. `before` and `after`: what the target was when counted, and once done; the act leaves what differs.
create table bulk_work_lines (
  work_id uuid not null references bulk_works on delete cascade,
  siret bigint not null,
  before jsonb not null,
  after jsonb,
  state text not null check (state in ('to-do', 'done', 'left', 'undone', 'kept')),
  because text check (because in ('already', 'changed', 'held', 'contacted')),
  primary key (work_id, siret),
  constraint bulk_work_lines_because check ((state in ('left', 'kept')) = (because is not null))
);
create index bulk_work_lines_state on bulk_work_lines (work_id, state, siret);
