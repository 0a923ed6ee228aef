-- ACC-4: an agency that grows looks at the grants that rest on it.
create index grants_agency on grants (agency_id) where agency_id is not null and revoked_at is null;
