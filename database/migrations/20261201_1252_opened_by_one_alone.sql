-- ACC-4: whoever opens an account does not alone make it effective.
-- Null: taken over with the installation, or laid by the command line.
alter table accounts add column opened_by uuid references accounts;
create index accounts_opened_by on accounts (opened_by, created_at) where opened_by is not null;

-- One that does not wait is told: it may be contested while the account is young.
alter table confirmations add column waits boolean not null default true;
alter table confirmations drop constraint confirmations_why_check;
alter table confirmations add constraint confirmations_why_check
  check (why in ('wide-perimeter', 'unknown-domain', 'opened-and-granted') and (waits or why = 'opened-and-granted'));
alter table confirmations drop constraint confirmations_check2;
alter table confirmations add constraint confirmations_of_a_grant check ((grant_id is not null) = (why = 'wide-perimeter'));
