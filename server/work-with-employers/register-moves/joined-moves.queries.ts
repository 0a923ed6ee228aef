import type pg from 'pg'

/** Until the end of the transaction, the register is followed by nobody else: what was read of moves stays true. */
export const holdMoves = (owner: pg.ClientBase): Promise<unknown> =>
  owner.query(`select pg_advisory_xact_lock(hashtextextended('follow-register', 0))`)

/** What a file brought of a SIRET after its move: undoing the move brings it back with the rest. */
export const joinMoves = async (
  owner: pg.ClientBase,
  kind: 'service',
  records: readonly { readonly move: string; readonly id: string }[],
): Promise<void> => {
  await owner.query(
    `insert into register_move_records (move_id, kind, record_id)
      select r.move, $1, r.id from jsonb_to_recordset($2) as r (move uuid, id uuid) on conflict do nothing`,
    [kind, JSON.stringify(records)],
  )
}
