import { createHash, type Hash } from 'node:crypto'
import type pg from 'pg'

/** An entry whose detail is not there, in the order (at, id). */
interface Missing {
  readonly id: string
  readonly epoch: string
  readonly day: string
  readonly action: string
  readonly kind: string
  readonly subject: string
}
/** Where an entry stands in that order: microseconds, then id. */
type EntryPoint = readonly [at: bigint, id: string]
/** What a purge said in the trail: one stretch, how many went, and the digest of their ids in order. */
interface Stretch {
  readonly report: string
  readonly first: EntryPoint
  readonly last: EntryPoint
  readonly count: number
  readonly sha256: string
  found: number
  readonly hash: Hash
}
export type SayDetail = (what: 'detail' | 'detail-removed', where: string) => void

const batch = 5_000
/** Nothing goes sooner, whatever retention the operator chose: `ctx.purge_trail_details` refuses less. */
export const leastRetentionMonths = 6

const micros = (epoch: string): bigint => {
  const [, whole, fraction = ''] = /^(-?\d+)(?:\.(\d{1,6}))?$/.exec(epoch) ?? []
  return whole === undefined ? 0n : BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, '0'))
}
const before = ([at, id]: EntryPoint, [otherAt, otherId]: EntryPoint): boolean =>
  at < otherAt || (at === otherAt && id < otherId)
const pointOf = (of: unknown): EntryPoint | undefined =>
  Array.isArray(of) && of.length === 2 && of.every(part => typeof part === 'string')
    ? [micros(of[0] as string), of[1] as string]
    : undefined

interface Reports {
  readonly stretches: Stretch[]
  readonly erased: Map<string, string>
}
/**
 * What the trail says was erased: by stretches, and with accounts that left (the entry's id → the account's). A report
 * that lost its own detail says nothing, and is missing itself.
 */
const reportsOf = async (client: Pick<pg.ClientBase, 'query'>, fault: SayDetail): Promise<Reports> => {
  const reports: Reports = { stretches: [], erased: new Map() }
  for (let after = ['-infinity', '00000000-0000-0000-0000-000000000000']; ; ) {
    const { rows } = await client.query<{
      id: string
      at: string
      day: string
      action: string
      subject: string
      detail: Record<string, unknown>
      lawful: string
      left: boolean
    }>(
      `
      select e.id, e.at::text as at, to_char(e.at at time zone 'Europe/Paris', 'YYYY-MM-DD') as day, e.action,
        e.subject_id as subject, d.detail,
        extract(epoch from e.at - interval '${leastRetentionMonths} months')::text as lawful,
        exists (select from accounts a where a.id::text = e.subject_id and a.status = 'deleted') as left
      from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action in ('trail.details-purged', 'trail.details-erased') and (e.at, e.id) > ($1::timestamptz, $2::uuid)
        order by e.at, e.id limit ${batch}`,
      after,
    )
    for (const { id, day, action, subject, detail, lawful, left } of rows) {
      const where = `entrée ${id}, ${day}, ${action}`
      const [first, last] = [pointOf(detail.first), pointOf(detail.last)]
      if (action === 'trail.details-erased') {
        if (!left) fault('detail-removed', `${where} : aucun compte supprimé ne l’explique`)
        else
          for (const entry of Array.isArray(detail.entries) ? detail.entries : [])
            reports.erased.set(String(entry), subject)
      } else if (!first || !last || last[0] >= micros(lawful))
        fault('detail-removed', `${where} : effacement avant terme, ou compte rendu illisible`)
      else
        reports.stretches.push({
          report: where,
          first,
          last,
          count: Number(detail.count),
          sha256: String(detail.sha256),
          found: 0,
          hash: createHash('sha256'),
        })
    }
    if (rows.length < batch) break
    after = [rows.at(-1)!.at, rows.at(-1)!.id]
  }
  reports.stretches.sort((a, b) => (before(a.first, b.first) ? -1 : 1))
  return reports
}

/**
 * Sets each missing detail beside what allowed it: a purge after the least retention, or the departure of its account.
 * Any other missing detail was removed. Memory grows with the purges and departures, not with the trail.
 */
export const verifyMissingDetails = async (client: Pick<pg.ClientBase, 'query'>, fault: SayDetail): Promise<number> => {
  const { stretches, erased } = await reportsOf(client, fault)
  let [missing, next] = [0, 0]
  const judge = (entry: Missing) => {
    const where = `entrée ${entry.id}, ${entry.day}, ${entry.action}`
    const account = erased.get(entry.id)
    if (account !== undefined) {
      erased.delete(entry.id)
      if (
        entry.kind !== 'account' ||
        entry.subject !== account ||
        !['account.opened', 'account.edited'].includes(entry.action)
      )
        fault('detail-removed', where)
      return
    }
    const point: EntryPoint = [micros(entry.epoch), entry.id]
    while (next < stretches.length && before(stretches[next]!.last, point)) next++
    const stretch = stretches[next]
    if (!stretch || before(point, stretch.first) || entry.action.startsWith('trail.details-'))
      return fault('detail-removed', where)
    stretch.found++
    stretch.hash.update(entry.id)
  }
  for (let after = ['-infinity', '00000000-0000-0000-0000-000000000000']; ; ) {
    const { rows } = await client.query<Missing & { at: string }>(
      `
      select e.id, e.at::text as at, extract(epoch from e.at)::text as epoch,
        to_char(e.at at time zone 'Europe/Paris', 'YYYY-MM-DD HH24:MI:SS') as day, e.action, e.subject_kind as kind,
        e.subject_id as subject
      from audit_entries e where (e.at, e.id) > ($1::timestamptz, $2::uuid)
        and not exists (select from audit_details d where d.entry_id = e.id) order by e.at, e.id limit ${batch}`,
      after,
    )
    for (const row of rows) judge(row)
    missing += rows.length
    if (rows.length < batch) break
    after = [rows.at(-1)!.at, rows.at(-1)!.id]
  }
  for (const { report, count, found, sha256, hash } of stretches) {
    if (found < count) fault('detail', `${report} : ${count} détails effacés sont annoncés, ${found} manquent`)
    else if (found > count || hash.digest('hex') !== sha256)
      fault('detail-removed', `${report} : ${count} détails effacés sont annoncés, ${found} manquent, ou d’autres`)
  }
  for (const id of erased.keys()) fault('detail', `entrée ${id} : son effacement est annoncé, son détail est là`)
  return missing
}

/**
 * The words of an exchange stand in its versions, not in the trail. Each version is compared with the digest that its
 * act left.
 * Once the act's detail is purged, nothing says any more what the version was.
 */
export const verifyVersions = async (
  client: Pick<pg.ClientBase, 'query'>,
  fault: (what: 'version', where: string) => void,
): Promise<void> => {
  for (let after = ['00000000-0000-0000-0000-000000000000', 0] as [string, number]; ; ) {
    const { rows } = await client.query<{
      exchange: string
      version: number
      salt: Buffer
      said: string
      told: string | null
    }>(
      `
      select v.exchange_id as exchange, v.version, v.salt,
        to_char(v.occurred_on, 'YYYY-MM-DD') || v.content::text as said,
        (select d.detail ->> 'sha256' from audit_entries e join audit_details d on d.entry_id = e.id
          where e.subject_kind = 'exchange' and e.subject_id = v.exchange_id::text
            and e.action in ('exchange.recorded', 'exchange.corrected', 'exchange.cancelled')
            and d.detail ->> 'version' = v.version::text limit 1) as told
      from exchange_versions v where (v.exchange_id, v.version) > ($1::uuid, $2::int) order by v.exchange_id, v.version
        limit ${batch}`,
      after,
    )
    for (const { exchange, version, salt, said, told } of rows) {
      if (told !== null && createHash('sha256').update(salt).update(said).digest('hex') !== told)
        fault('version', `échange ${exchange}, version ${version}`)
    }
    if (rows.length < batch) return
    after = [rows.at(-1)!.exchange, rows.at(-1)!.version]
  }
}
