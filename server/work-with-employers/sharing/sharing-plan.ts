import type { Static } from 'typebox'
import type * as contract from '../../../contract/work-with-employers/sharing.ts'
import { Refused } from '../../platform/errors.ts'
import type { GroupRow, Line, Parts } from '../campaigns/assignments.queries.ts'
import type { RecipientRow } from './sharing.queries.ts'
import { type Group, shareEvenly } from './sharing-rules.ts'

type Method = Static<typeof contract.SharingMethod>
type Key = Static<typeof contract.RecipientKey>

const keyOf = (organisationId: string, accountId?: string | null) => `${organisationId}/${accountId ?? ''}`

/** What was asked, read against those who may receive: what tells the targets apart, and to whom each part may go. */
export interface Reading {
  readonly parts: Parts
  readonly toOf: (part: number) => readonly number[]
  readonly receiving: ReadonlySet<number>
}
export const readMethod = (how: Method, recipients: readonly RecipientRow[]): Reading => {
  const at = new Map(recipients.map(({ organisation, person }, i) => [keyOf(organisation.id, person?.id), i]))
  const find = ({ organisationId, accountId }: Key) => {
    const found = at.get(keyOf(organisationId, accountId))
    if (found === undefined) throw new Refused('sharing/recipient-unknown')
    return found
  }
  if (how.kind === 'referent') {
    // To the person where one may name them, to their organisation otherwise; a lead has no organisation in the list
    // but people.
    const places = new Map(recipients.map(({ organisation, person }, i) => [person?.id ?? organisation.id, i]))
    return { parts: { by: 'referent', places }, toOf: part => [part], receiving: new Set(recipients.keys()) }
  }
  const lists =
    how.kind === 'main'
      ? [[find(how.to)]]
      : how.kind === 'charge'
        ? [how.to.map(find)]
        : how.kind === 'zone'
          ? how.zones.map(z => z.to.map(find))
          : how.activities.map(a => a.to.map(find))
  const parts: Parts =
    how.kind === 'zone'
      ? { by: 'zone', places: new Map(how.zones.map((z, i) => [z.zone, i])) }
      : how.kind === 'activite'
        ? { by: 'activity', places: new Map(how.activities.map((a, i) => [a.code, i])) }
        : { by: 'nothing' }
  return { parts, toOf: part => lists[part]!, receiving: new Set(lists.flat()) }
}

const coversGroup = (territories: readonly number[], { regionId, departementId, epciId, clpeId }: GroupRow) =>
  territories.some(id => id === 0 || id === regionId || id === departementId || id === epciId || id === clpeId)

export interface Plan {
  readonly lines: readonly Line[]
  readonly chosen: number
  readonly unchanged: number
  readonly unplaced: number
  /**
   * By the rank of a recipient in the list: what they receive from others or from nobody, and what goes from them to
   * others.
   */
  readonly received: ReadonlyMap<number, number>
  readonly given: ReadonlyMap<number, number>
}
/** The same plan for the same groups and loads: what is simulated is what is done. */
export const makePlan = (groups: readonly GroupRow[], recipients: readonly RecipientRow[], { toOf }: Reading): Plan => {
  const byAccount = new Map(recipients.flatMap(({ person }, i) => (person ? [[person.id, i]] : [])))
  const byOrganisation = new Map(
    recipients.flatMap(({ person, organisation }, i) => (person ? [] : [[organisation.id, i]])),
  )
  const asked: Group[] = groups.map(group => {
    const eligible =
      group.part === null ? [] : toOf(group.part).filter(r => coversGroup(recipients[r]!.territories, group))
    const holders = [
      group.accountId && byAccount.get(group.accountId),
      group.organisationId && byOrganisation.get(group.organisationId),
    ].filter(r => typeof r === 'number')
    return { eligible, holder: holders.find(r => eligible.includes(r)) ?? holders[0] ?? null, count: group.count }
  })
  const shares = shareEvenly(
    asked,
    recipients.map(({ load }) => load),
  )
  const lines: Line[] = []
  const [received, given] = [new Map<number, number>(), new Map<number, number>()]
  let [unchanged, unplaced] = [0, 0]
  const add = (to: Map<number, number>, key: number, count: number) => to.set(key, (to.get(key) ?? 0) + count)
  groups.forEach((group, i) => {
    const { holder } = asked[i]!
    let first = 1
    for (const { recipient, count } of shares[i]!) {
      const last = first + count - 1
      if (recipient === holder) unchanged += count
      else {
        const { organisation, person } = recipients[recipient]!
        lines.push({ key: group.key, first, last, organisationId: organisation.id, accountId: person?.id ?? null })
        add(received, recipient, count)
        if (holder !== null) add(given, holder, count)
      }
      first = last + 1
    }
    unplaced += group.count - (first - 1)
  })
  return { lines, chosen: groups.reduce((n, g) => n + g.count, 0), unchanged, unplaced, received, given }
}
