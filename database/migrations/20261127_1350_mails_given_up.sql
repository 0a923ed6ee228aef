-- The worker's metrics count mails given up at each reading: thirty days of them at most.
create index mails_given_up on mails (failed_at) where failed_at is not null and purged_at is null;
