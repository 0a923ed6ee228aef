-- ACC-4, SEC-1: one mailbox, one person in a structure; an address has neither a look-alike letter nor an invisible one.
alter table account_contacts add column mailbox text not null default ''; -- personal
-- Those of one mailbox that are there already stay: the first opened has it, each other one its address, which no mailbox equals.
update account_contacts c set mailbox = case when first then m.mailbox else c.email end
  from (select x.account_id, k.mailbox, row_number() over (partition by x.organisation_id, k.mailbox order by a.created_at, a.id) = 1 as first
    from account_contacts x join accounts a on a.id = x.account_id
    cross join lateral (select replace(split_part(split_part(e, '@', 1), '+', 1), '.', '') || '@' || split_part(e, '@', 2) as mailbox from lower(normalize(x.email, NFKC)) e) k) m
  where m.account_id = c.account_id;
create unique index account_contacts_mailbox on account_contacts (organisation_id, mailbox);
alter table account_contacts add constraint account_contacts_plain check (email ~ '^[!-~]+$') not valid;
