-- AGR-11: the act of who signs in another's place is often received and published after the signature.
-- A row of its own completes it; what stood before it stays.
alter table convention_signers add completes bigint references convention_signers,
  add check (completes is null or act is not null);
