-- no transaction
-- What was reached in a campaign, for the figures: all that they and the rights ask of an exchange, without reading the table.
create index concurrently if not exists exchanges_reached on exchanges (campaign_id, occurred_on) include (siret, organisation_id, region_id, departement_id, epci_id, clpe_id)
  where reached and status = 'recorded' and campaign_id is not null;
