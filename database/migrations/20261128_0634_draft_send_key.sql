-- A draft knows the key under which its form is sent (UX-3): recorded under it, the draft goes in the same transaction.
alter table drafts add column send_key text check (send_key ~ '^[0-9a-zA-Z_.:-]{8,128}$');
