-- An agency that closes (ACC-13): what was granted on it has ended before, and nothing is granted on it again until it reopens.
alter table agencies add column closed_at timestamptz;
alter table agencies add column closed_by uuid references accounts;
alter table agencies add column close_reason text check (length(close_reason) between 1 and 300);
alter table agencies add constraint agencies_closed check (num_nonnulls(closed_at, closed_by, close_reason) in (0, 3));
