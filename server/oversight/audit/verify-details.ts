import { createHash, type Hash } from 'node:crypto'
import type pg from 'pg'
import { sha256Hex } from '../../platform/digest.ts'
import { addMonths, clocksApart } from '../../platform/time.ts'
import { readCheckpoint, signedAt } from './checkpoint-note.ts'

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
/** The acts whose details name an account's person: a departure erases them (ctx.end_account). */
const ofAPerson = ['account.opened', 'account.edited', 'address.asked', 'address.changed', 'address.refused']
/** Nothing goes sooner, whatever retention the operator chose: `ctx.purge_trail_details` refuses less. */
export const leastRetentionMonths = 6

const micros = (epoch: string): bigint => {
  const [, whole, fraction = ''] = /^(-?\d+)(?:\.(\d{1,6}))?$/.exec(epoch) ?? []
  return whole === undefined ? 0n : BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, '0'))
}
/**
 * Details up to this instant, in microseconds, were past their term when the trail was sealed: by the retention that
 * the seal says, or the least one. Months are UTC's.
 */
const termAt = (sealed: number, note: string): bigint => {
  const months = Math.max(leastRetentionMonths, readCheckpoint(note)?.link?.keeps ?? 0)
  const instant = new Date((sealed + clocksApart) * 1000).toISOString()
  const term = Date.parse(`${addMonths(instant.slice(0, 10), -months)}${instant.slice(10)}`)
  return BigInt(term) * 1_000n
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
/** What says that an account left. An erasure follows it, or goes with it in one transaction. */
const departure = `exists (select from audit_entries g left join trail_leaves p on p.entry_id = g.id
  where g.subject_kind = 'account' and g.subject_id = e.subject_id
    and g.action in ('account.deleted', 'account.departed', 'account.ended-for-breach')
    and (g.xid = e.xid or p.position < coalesce(l.position, ${Number.MAX_SAFE_INTEGER})))`
/**
 * What the trail says was erased: by stretches, and with accounts that left (the entry's id → the account's). A report
 * that lost its own detail says nothing, and is missing itself. Its own date is not believed: a term is reckoned from
 * the checkpoint that seals the report, or from now until one does.
 */
const reportsOf = async (client: Pick<pg.ClientBase, 'query'>, now: number, fault: SayDetail): Promise<Reports> => {
  const reports: Reports = { stretches: [], erased: new Map() }
  const lastNote =
    (await client.query<{ note: string }>('select note from trail_checkpoints order by size desc limit 1')).rows[0]
      ?.note ?? ''
  for (let after = ['-infinity', '00000000-0000-0000-0000-000000000000']; ; ) {
    const { rows } = await client.query<{
      id: string
      at: string
      day: string
      action: string
      subject: string
      detail: Record<string, unknown>
      note: string | null
      epoch: number | null
      left: boolean
    }>(
      `
      select e.id, e.at::text as at, to_char(e.at at time zone 'Europe/Paris', 'YYYY-MM-DD') as day, e.action,
        e.subject_id as subject, d.detail,
        c.note, extract(epoch from c.at)::float8 as epoch,
        exists (select from accounts a where a.id::text = e.subject_id and a.status = 'deleted') and ${departure} as left
      from audit_entries e join audit_details d on d.entry_id = e.id left join trail_leaves l on l.entry_id = e.id
      left join lateral (select note, at from trail_checkpoints where size > l.position order by size limit 1) c on true
      where e.action in ('trail.details-purged', 'trail.details-erased') and (e.at, e.id) > ($1::timestamptz, $2::uuid)
        order by e.at, e.id limit ${batch}`,
      after,
    )
    for (const { id, day, action, subject, detail, note, epoch, left } of rows) {
      const where = `entrée ${id}, ${day}, ${action}`
      const [first, last] = [pointOf(detail.first), pointOf(detail.last)]
      if (action === 'trail.details-erased') {
        if (!left) fault('detail-removed', `${where} : aucun départ de ce compte ne l’explique`)
        else
          for (const entry of Array.isArray(detail.entries) ? detail.entries : [])
            reports.erased.set(String(entry), subject)
      } else if (
        !first ||
        !last ||
        last[0] >= (note === null ? termAt(now, lastNote) : termAt(signedAt(note, epoch!), note))
      )
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
export const verifyMissingDetails = async (
  client: Pick<pg.ClientBase, 'query'>,
  now: number,
  fault: SayDetail,
): Promise<number> => {
  const { stretches, erased } = await reportsOf(client, now, fault)
  let [missing, next] = [0, 0]
  const judge = (entry: Missing) => {
    const where = `entrée ${entry.id}, ${entry.day}, ${entry.action}`
    const account = erased.get(entry.id)
    if (account !== undefined) {
      erased.delete(entry.id)
      if (entry.kind !== 'account' || entry.subject !== account || !ofAPerson.includes(entry.action))
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

interface Version {
  readonly of: string
  readonly version: number
  readonly salt: Buffer
  readonly said: string
  /** Null once the detail of the act is purged. */
  readonly told: string | null
}
const toldOf = (kind: string, id: string, acts: readonly string[]) => `(select d.detail ->> 'sha256'
  from audit_entries e join audit_details d on d.entry_id = e.id
  where e.subject_kind = '${kind}' and e.subject_id = v.${id}::text
    and e.action in (${acts.map(act => `'${kind}.${act}'`).join(', ')})
    and d.detail ->> 'version' = v.version::text limit 1) as told`
/** What is digested says the same as exchange_version_digest, note_version_digest and need_version_digest. */
const versioned = [
  {
    word: 'échange',
    text: `select v.exchange_id as of, v.version, v.salt, to_char(v.occurred_on, 'YYYY-MM-DD') || v.content::text as said,
      ${toldOf('exchange', 'exchange_id', ['recorded', 'corrected', 'cancelled'])}
      from exchange_versions v where (v.exchange_id, v.version) > ($1::uuid, $2::int)
      order by v.exchange_id, v.version limit ${batch}`,
  },
  {
    word: 'note',
    text: `select v.note_id as of, v.version, v.salt, v.notes || chr(10) || coalesce(v.reason, '') as said,
      ${toldOf('note', 'note_id', ['noted', 'corrected', 'withdrawn'])}
      from note_versions v where (v.note_id, v.version) > ($1::uuid, $2::int)
      order by v.note_id, v.version limit ${batch}`,
  },
  {
    word: 'besoin',
    text: `select v.need_id as of, v.version, v.salt, concat(v.said::text, chr(10), v.notes, chr(10), v.reason) as said,
      ${toldOf('need', 'need_id', ['noted', 'corrected', 'taken', 'given-back', 'unreachable', 'hired', 'answered', 'filled-otherwise', 'abandoned', 'reopened'])}
      from need_versions v where (v.need_id, v.version) > ($1::uuid, $2::int)
      order by v.need_id, v.version limit ${batch}`,
  },
] as const

/**
 * The words of an exchange, and of a note, stand in their versions, not in the trail. Each version is compared with the
 * digest that its act left.
 * Once the act's detail is purged, nothing says any more what the version was.
 */
export const verifyVersions = async (
  client: Pick<pg.ClientBase, 'query'>,
  fault: (what: 'version', where: string) => void,
): Promise<void> => {
  for (const { word, text } of versioned)
    for (let after: [string, number] | null = ['00000000-0000-0000-0000-000000000000', 0]; after; ) {
      const { rows }: { rows: Version[] } = await client.query<Version>(text, after)
      for (const { of, version, salt, said, told } of rows)
        if (told !== null && sha256Hex(salt, said) !== told) fault('version', `${word} ${of}, version ${version}`)
      const last = rows.at(-1)
      after = last && rows.length === batch ? [last.of, last.version] : null
    }
}
