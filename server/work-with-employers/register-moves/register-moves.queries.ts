import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import type { RegisterFacts } from './fate-rules.ts'
import type { MovedTarget, Outcome } from './outcome-rules.ts'

export const candidates = async (db: Db): Promise<number[]> =>
  (await db.all(sql<{ siret: number }>`select siret from ctx.register_candidates() as siret`)).map(row => row.siret)

export interface Standing {
  readonly id: string
  readonly siret: number
  readonly successor: number | null
}
/** The latest first. */
export const standingMoves = (db: Db, since: Date): Promise<Standing[]> =>
  db.all(sql<Standing>`select id, siret, successor from ctx.standing_register_moves(${since})`)

const chain = 8
/** These establishments and those their links lead to, eight links away at most. */
export const registerFacts = async (
  db: Db,
  sirets: readonly number[],
  today: string,
): Promise<Map<number, RegisterFacts>> => {
  const rows = await db.all(sql<RegisterFacts & { siret: number }>`
    with recursive reached (siret, depth) as (
      select s, 0 from unnest(${sirets}::bigint[]) s
      union select l.successor, r.depth + 1 from reached r
        join establishment_successions l on l.predecessor = r.siret where r.depth < ${chain})
    select e.siret, e.active, e.closed_on, objects_to_diffusion(e.siret) as objects,
      coalesce((select jsonb_agg(jsonb_build_object('successor', l.successor,
      'linkedOn', l.linked_on, 'headOfficeTransfer', l.head_office_transfer, 'economicContinuity',
      l.economic_continuity)) from establishment_successions l where l.predecessor = e.siret
      and l.linked_on <= ${today}::date), '[]') as links
    from establishments e where e.siret in (select siret from reached) and e.diffusion <> 'N'`)
  return new Map(rows.map(row => [row.siret, row]))
}

export interface Pair {
  readonly siret: number
  readonly successor: number | null
}
/** Their targets, locked until the end of the transaction; `today`: the day on which holds are weighed. */
export const lockTargets = (
  db: Db,
  pairs: readonly Pair[],
  today: string,
): Promise<(MovedTarget & { readonly siret: number })[]> =>
  db.all(sql<MovedTarget & { siret: number }>`
    select siret, campaign_id, campaign_status, status, held, within, successor_status, held_by, successor_objects
    from ctx.register_targets(${JSON.stringify(pairs)}::jsonb, ${today}::date)`)

export interface Move extends Pair {
  readonly id: string
  readonly fate: 'closed' | 'continued' | 'objects'
  readonly closedOn: string | null
  /** The people met there follow. */
  readonly persons: boolean
  readonly targets: readonly Outcome[]
}
/** Says how many were applied. */
export const applyMoves = async (db: Db, moves: readonly Move[], at: Date): Promise<number> =>
  (await db.first(sql<{ applied: number }>`
    select count(*) filter (where ctx.apply_register_move(m, ${at}))::int as applied
    from jsonb_array_elements(${JSON.stringify(moves)}::jsonb) m`))!.applied

/** Says how many were undone. */
export const undoMoves = async (db: Db, ids: readonly string[], at: Date): Promise<number> =>
  (await db.first(sql<{ undone: number }>`
    select count(*) filter (where ctx.undo_register_move(id, ${at}))::int as undone
    from unnest(${ids}::uuid[]) with ordinality as m (id, rank)`))!.undone

export interface News {
  readonly accountId: string
  readonly siret: number
  readonly fate: Move['fate']
  readonly successor: number | null
  readonly closedOn: string | null
  readonly undone: boolean
  /** Null for what one had to do there. */
  readonly campaignName: string | null
  readonly outcome: Outcome['outcome'] | null
  readonly actions: number
  /** Followed or taken, that stand. */
  readonly needs: number
}
/** What each person is to be told, once; campaigns are told by the same statement. */
export const tellMoves = (db: Db, at: Date): Promise<News[]> =>
  db.all(sql<News>`select account_id, siret, fate, successor, closed_on, undone, campaign_name, outcome, actions, needs
    from ctx.tell_register_moves(${at})`)

/** Names as the register gives them out. */
export const namesOf = async (db: Db, sirets: readonly number[]): Promise<Map<number, string>> => {
  const rows = await db.all(sql<{ siret: number; name: string | null }>`select siret, name from establishments
    where siret = any (${sirets}::bigint[]) and diffusion <> 'N'`)
  return new Map(rows.flatMap(({ siret, name }) => (name === null ? [] : [[siret, name] as const])))
}

/** The one that follows the register, of two at once; the other waits for it. */
export const takeTurn = (db: Db): Promise<number> =>
  db.run(sql`select pg_advisory_xact_lock(hashtextextended('follow-register', 0))`)

/**
 * Until the end of the transaction: these tables fill as the job runs, and plans made while they were empty read them
 * whole (50 million rows for 5,000 moves).
 */
export const byIndexAlone = (db: Db): Promise<number> => db.run(sql`set local enable_seqscan = off`)
