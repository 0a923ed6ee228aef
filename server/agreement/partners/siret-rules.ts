import type { Static } from 'typebox'
import type * as contract from '../../../contract/agreement/conventions.ts'
import type { PersonRef } from '../../../contract/common.ts'
import { siretText } from '../../platform/siret.ts'

/** A version of a SIRET that a partner has beside its seat. */
export interface SiretRow {
  readonly id: string
  readonly version: number
  readonly siret: number
  readonly name: string
  readonly fromOn: string
  readonly untilOn: string | null
  readonly withdrawn: boolean
  readonly reason: string
  readonly recordedBy: Static<typeof PersonRef> | null
  readonly recordedAt: Date
}

/**
 * Whether a SIRET beside that of the seat is the structure's on this day, YYYY-MM-DD (AGR-15). The SQL twins are
 * ctx.other_sirets and ctx.lay_sirets.
 */
export const isHeldOn = ({ fromOn, untilOn, withdrawn }: Omit<SiretRow, 'id'>, day: string): boolean =>
  !withdrawn && fromOn <= day && (untilOn === null || untilOn >= day)

const version = ({ id: _, siret, recordedAt, ...said }: SiretRow) => ({
  ...said,
  siret: siretText(siret),
  recordedAt: recordedAt.toISOString(),
})
/** Each SIRET as last recorded, those of today first, then by the day since which they hold; its versions beside. */
export const siretsReply = (
  rows: readonly SiretRow[],
  today: string,
): Static<typeof contract.getPartyIdentity.reply>['sirets'] =>
  [...Map.groupBy(rows, ({ id }) => id).values()]
    .map(versions => {
      const [last, ...former] = versions.toSorted((a, b) => b.version - a.version) as [SiretRow, ...SiretRow[]]
      return { id: last.id, ...version(last), holds: isHeldOn(last, today), former: former.map(version) }
    })
    .toSorted(
      (a, b) => Number(b.holds) - Number(a.holds) || a.fromOn.localeCompare(b.fromOn) || a.id.localeCompare(b.id),
    )
