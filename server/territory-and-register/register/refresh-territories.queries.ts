import type pg from 'pg'

/**
 * After a change of communes or of CLPE edition: each establishment's territories anew, by its published commune. Says
 * how many moved.
 */
export const refreshTerritories = async (owner: pg.ClientBase, today: string): Promise<number> => {
  const { rowCount } = await owner.query(
    `
    with now_in as materialized (
      select p.code as published, c.code, c.region_id, c.departement_id, c.epci_id, c.clpe_id
      from (select distinct published_commune_code as code from establishments
        where published_commune_code is not null) p join communes c on c.code = commune_on(p.code, $1))
    update establishments e set commune_code = n.code, region_id = n.region_id, departement_id = n.departement_id,
      epci_id = n.epci_id, clpe_id = n.clpe_id, updated_at = now()
    from now_in n where n.published = e.published_commune_code
      and row(e.commune_code, e.region_id, e.departement_id, e.epci_id, e.clpe_id) is distinct
        from row(n.code, n.region_id, n.departement_id, n.epci_id, n.clpe_id)`,
    [today],
  )
  return rowCount ?? 0
}

/** Then what people recorded follows its establishment, so that rights do too. Says how many rows moved. */
export const moveTerritories = async (owner: pg.ClientBase): Promise<number> =>
  (await owner.query<{ moved: number }>('select move_territories() as moved')).rows[0]!.moved
