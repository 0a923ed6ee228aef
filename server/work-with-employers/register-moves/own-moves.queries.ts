import { sql } from 'kysely'
import type { moveOutcomes } from '../../../contract/work-with-employers/register-moves.ts'
import type { Db } from '../../platform/database.ts'
import { withEstablishments } from '../campaigns/references.queries.ts'

interface Row {
  readonly id: string
  readonly siret: number
  readonly successor: number | null
  readonly at: Date
  readonly closedOn: string | null
  readonly objects: boolean
  readonly undone: boolean
  readonly campaigns: { id: string; name: string; outcome: (typeof moveOutcomes)[number] }[]
  readonly actions: number
  readonly needs: number
}
/** The moves of what the viewer held, had to do or follows, the latest first; row-level security chooses them. */
export const ownMoves = async (db: Db, since: Date, today: string) => {
  const rows = await db.all(sql<Row>`
    select m.id, m.siret, m.successor, coalesce(m.undone_at, m.at) as at, m.closed_on, m.fate = 'objects' as objects,
      m.undone_at is not null as undone,
      coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name, 'outcome', t.outcome)
        order by c.name collate "fr-x-icu", c.id)
        from register_move_targets t join campaigns c on c.id = t.campaign_id
        where t.move_id = m.id and t.outcome <> 'finished'), '[]') as campaigns,
      (select count(*)::int from register_move_records r where r.move_id = m.id and r.kind = 'next-action') as actions,
      (select count(*)::int from register_move_records r where r.move_id = m.id and r.kind = 'need') as needs
    from register_moves m where coalesce(m.undone_at, m.at) >= ${since}
    order by coalesce(m.undone_at, m.at) desc, m.id desc limit 50`)
  const successors = await withEstablishments(
    db,
    rows.flatMap(({ successor }) => (successor === null ? [] : [{ siret: successor }])),
    today,
  )
  const lines = new Map(successors.map(({ establishment }) => [Number(establishment.siret), establishment]))
  return (await withEstablishments(db, rows, today)).map(row => ({
    ...row,
    at: row.at.toISOString(),
    successor: row.successor === null ? null : (lines.get(row.successor) ?? null),
  }))
}

interface Followed {
  readonly at: Date
  readonly successor: number
  readonly exchanges: number
  readonly lastExchange: string | null
  readonly peopleMet: number
  readonly commitments: number
  readonly noteCount: number
  readonly needs: number
}
/** Null where nothing followed it elsewhere, or for whoever does not read the card there. */
export const followedFrom = async (db: Db, siret: number, today: string) => {
  const move =
    await db.first(sql<Followed>`select f.at, f.successor, f.exchanges, f.last_exchange, f.correspondents as people_met,
      f.commitments, f.notes as note_count, f.needs
      from followed_from(${siret}) f`)
  if (!move) return null
  const { at, successor, lastExchange, ...counts } = move
  const [line] = await withEstablishments(db, [{ siret: successor }], today)
  return line ? { ...counts, at: at.toISOString(), successor: line.establishment, lastExchangeOn: lastExchange } : null
}

interface Origin {
  readonly siret: number
  readonly at: Date
  readonly outcome: (typeof moveOutcomes)[number]
}
/** Where a target stood before it moved; nothing of a campaign that the viewer does not read. */
export const targetOrigins = async (db: Db, campaignId: string, siret: number, today: string) => {
  const rows = await db.all(
    sql<Origin>`select o.siret, o.at, o.outcome from target_origins(${campaignId}::uuid, ${siret}::bigint) o`,
  )
  return (await withEstablishments(db, rows, today)).map(row => ({ ...row, at: row.at.toISOString() }))
}
