import type pg from 'pg'
import { sha256 } from '../../platform/digest.ts'

type Client = Pick<pg.ClientBase, 'query'>
interface Line {
  readonly month: string
  readonly scope: string
  readonly organisation: string
  readonly campagnes: readonly number[]
  readonly fiche: readonly number[]
  readonly summed: readonly number[]
  readonly epoch: string
  readonly lines: string
  readonly digest: Buffer
}
const batch = 1_000
const digestOf = (parts: readonly string[], between: string) => sha256(parts.join(between))
const sorted = (ids: readonly number[]) => [...ids].sort((a, b) => a - b).join(',')

/** The digests of a month's lines, in the order of their scopes. */
const linesOf = async (client: Client, month: string, fault: (where: string) => void): Promise<string[]> => {
  const digests: string[] = []
  for (let after: string | undefined = ''; after !== undefined; ) {
    const { rows }: { rows: Line[] } = await client.query<Line>(
      `select to_char(month, 'YYYY-MM-DD') as month, scope, organisation_id as organisation, campagnes, fiche, summed,
        extract(epoch from frozen_at)::text as epoch, lines::text as lines, digest
      from frozen_figures where month = $1::date and scope > $2 order by scope limit ${batch}`,
      [month, after],
    )
    for (const { scope, organisation, campagnes, fiche, summed, epoch, lines, digest } of rows) {
      const isItsScope =
        digestOf([organisation, ...[campagnes, fiche, summed].map(sorted)], '|').toString('hex') === scope
      if (!isItsScope || !digestOf([month, scope, epoch, lines], '\n').equals(digest))
        fault(`${month}, ligne ${scope.slice(0, 16)}`)
      digests.push(digest.toString('hex'))
    }
    after = rows.length === batch ? rows.at(-1)!.scope : undefined
  }
  return digests
}

/**
 * Every frozen line computed again, and each month beside its entry of the trail, whose subject is the month's digest:
 * unlike a detail, it is never erased. A month frozen without an entry, or an entry without its month, is a fault.
 */
export const verifyFrozen = async (client: Client, fault: (what: 'frozen', where: string) => void): Promise<void> => {
  const say = (where: string) => fault('frozen', where)
  const { rows: months } = await client.query<{ month: string; epoch: string; count: number; digest: Buffer }>(
    `select to_char(month, 'YYYY-MM-DD') as month, extract(epoch from frozen_at)::text as epoch, line_count as count,
      digest from frozen_months order by month`,
  )
  const { rows: entries } = await client.query<{ subject: string }>(
    `select subject_id as subject from audit_entries where action = 'figures.frozen' and subject_kind = 'frozen-month'`,
  )
  const told = new Set(entries.map(({ subject }) => subject))
  for (const { month, epoch, count, digest } of months) {
    const digests = await linesOf(client, month, say)
    const made = digestOf([month, epoch, ...(digests.length > 0 ? [digests.join('\n')] : [])], '\n')
    const hex = digest.toString('hex')
    if (digests.length !== count || !made.equals(digest)) say(`${month}, ses lignes`)
    if (!told.delete(hex)) say(`${month}, sans acte au journal`)
  }
  for (const subject of told) say(`empreinte ${subject.slice(0, 16)}, dont le mois n’est plus là`)
}
