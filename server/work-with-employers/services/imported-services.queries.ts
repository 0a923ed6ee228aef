import type pg from 'pg'
import type { LineCounts, ReachedFile } from '../../territory-and-register/register/line-batches.ts'
import { holdMoves, joinMoves } from '../register-moves/joined-moves.queries.ts'
import type { ServiceLine } from './service-line-rules.ts'

export const serviceTables = { files: 'service_files', rejects: 'service_rejects' }
interface Merged {
  added: number
  changed: number
  /** Entered by hand before a file brought them: one service, not two. */
  recognised: number
  /** A hand wrote them last: left as they are. */
  byHand: number
  /** A hand withdrew them: no file brings them back. */
  withdrawn: number
  known: number
  /** Of establishments that the register lacks: kept, it may bring them later. */
  unknown: number
}
export interface ServiceCounts extends LineCounts, Merged {}
const none = { read: 0, added: 0, changed: 0, recognised: 0, byHand: 0, withdrawn: 0, known: 0, unknown: 0 }

/** Takes up this very file where it stopped, or begins it: what was brought of it stays. */
export const takeUpServiceFile = async (
  owner: pg.ClientBase,
  name: string,
  digest: string,
): Promise<ReachedFile<ServiceCounts>> => {
  const { rows } = await owner.query<ReachedFile<ServiceCounts>>(
    `with begun as (insert into service_files (name, digest, counts) values ($1, $2, $3) on conflict do nothing returning id)
    select id, bytes, line, $3::jsonb || counts as counts, finished_at is not null as finished, bytes > 0 and finished_at is null as resumed
      from service_files where digest = $2
    union all select id, 0, 0, $3::jsonb, false, false from begun`,
    [name, digest, JSON.stringify({ file: name, rejected: {}, ...none })],
  )
  return rows[0]!
}
export const finishServiceFile = async (owner: pg.ClientBase, id: number): Promise<void> => {
  await owner.query('update service_files set finished_at = now() where id = $1', [id])
}

const line = 'region_id, departement_id, epci_id, clpe_id'
const stated = 'kind, used_on, ended_on, result'
/** Of a reference told twice, the latest holds: by the day that the file says, then by its place. */
const told = `create temp table told on commit drop as
  select distinct on (t.reference) t.reference, t.siret, t.kind, t."usedOn" as used_on, t."endedOn" as ended_on, t.result,
    coalesce(t."saidOn", '-infinity') as said_on, e.siret is null as unknown, null::uuid as move, ${line}
  from jsonb_to_recordset($1) as t (n int, reference text, siret bigint, kind text, "usedOn" date, "endedOn" date,
    result text, "saidOn" date) left join establishments e on e.siret = t.siret
  order by t.reference, said_on desc, t.n desc`
/** One for each service, kind and day: the entry that stands, else the last withdrawn, which stays so. */
const recognise = `update operator_services s set reference = t.reference, said_on = t.said_on
  from (select distinct on (t.siret, t.kind, t.used_on) t.reference, t.said_on, o.id
    from told t join operator_services o on o.reference is null and o.siret = t.siret and o.kind = t.kind and o.used_on = t.used_on
    where not exists (select from operator_services k where k.reference = t.reference)
      and (o.withdrawn_at is null or not exists (select from operator_services k where k.siret = o.siret and k.kind = o.kind
        and k.used_on = o.used_on and k.withdrawn_at is null))
    order by t.siret, t.kind, t.used_on, t.reference, o.withdrawn_at desc nulls first) t
  where s.id = t.id returning s.withdrawn_at is not null as withdrawn`
/** Files go on saying the SIRET of before a move: what they say goes where the rest of that employer went (CAM-14). */
const follow = `update told t set move = m.id, siret = m.successor, region_id = e.region_id, departement_id = e.departement_id,
    epci_id = e.epci_id, clpe_id = e.clpe_id
  from register_moves m join establishments e on e.siret = m.successor where m.siret = t.siret and m.undone_at is null`
const carried = `select t.move, s.id from told t join operator_services s on s.reference = t.reference
  where t.move is not null and s.siret = t.siret and s.said_on = t.said_on`
const leave = `delete from told t using operator_services s where s.reference = t.reference and s.by_hand
  returning s.withdrawn_at is not null as withdrawn`
const add = `with fresh as (insert into operator_services (id, siret, ${line}, ${stated}, source, reference, said_on, by_hand,
    recorded_at)
  select gen_random_uuid(), siret, ${line}, ${stated}, 'import', reference, said_on, false, now() from told t
    where not exists (select from operator_services o where o.reference = t.reference)
  returning id, siret, ${stated})
  insert into operator_service_versions (service_id, version, change, siret, ${stated}, at)
    select id, 1, 'imported', siret, ${stated}, now() from fresh`
// Asked again of the row as it is changed: a hand may have written since it was left aside.
const newer = `s.reference = t.reference and not s.by_hand and s.said_on <= t.said_on
  and (s.siret, s.kind, s.used_on, s.ended_on, s.result) is distinct from (t.siret, t.kind, t.used_on, t.ended_on, t.result)`
const change = `with changed as (update operator_services s set siret = t.siret, region_id = t.region_id,
    departement_id = t.departement_id, epci_id = t.epci_id, clpe_id = t.clpe_id, kind = t.kind, used_on = t.used_on,
    ended_on = t.ended_on, result = t.result, said_on = t.said_on, version = s.version + 1
  from told t where ${newer} returning s.id, s.version, s.siret, s.kind, s.used_on, s.ended_on, s.result)
  insert into operator_service_versions (service_id, version, change, siret, ${stated}, at)
    select id, version, 'imported', siret, ${stated}, now() from changed`
/** Said again unchanged, it is true of a later day: an older file brought afterwards does not go before it. */
const confirm = `update operator_services s set said_on = t.said_on
  from told t where s.reference = t.reference and not s.by_hand and s.said_on < t.said_on`

/** Brings what was read of one batch, in the caller's transaction. Nothing that a hand wrote last is changed (EST-6). */
export const mergeServices = async (owner: pg.ClientBase, lines: readonly ServiceLine[]): Promise<Merged> => {
  await holdMoves(owner)
  await owner.query(told, [JSON.stringify(lines.map((line, n) => ({ ...line, n })))])
  const { rows } = await owner.query<{ unknown: number }>('select count(*)::int as unknown from told where unknown')
  const count = async (statement: string): Promise<number> => (await owner.query(statement)).rowCount ?? 0
  const split = async (statement: string): Promise<readonly [standing: number, withdrawn: number]> => {
    const { rows: found } = await owner.query<{ withdrawn: boolean }>(statement)
    const withdrawn = found.filter(row => row.withdrawn).length
    return [found.length - withdrawn, withdrawn]
  }
  await owner.query(follow)
  const [recognised] = await split(recognise)
  const [left, withdrawn] = await split(leave)
  const byHand = left - recognised
  const changed = await count(change)
  await owner.query(confirm)
  const added = await count(add)
  await joinMoves(owner, 'service', (await owner.query<{ move: string; id: string }>(carried)).rows)
  await owner.query('drop table told')
  const known = lines.length - added - changed - recognised - byHand - withdrawn
  return { added, changed, recognised, byHand, withdrawn, known, unknown: rows[0]!.unknown }
}
