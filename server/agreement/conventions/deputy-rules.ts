import type { Static } from 'typebox'
import type { Convention as ConventionSchema } from '../../../contract/agreement/conventions.ts'
import { dayInWords } from '../../platform/french.ts'
import type { Known } from './convention-rules.ts'
import type { Party } from './deadlines.ts'
import { type DeputyVersion, holdsOn } from './delegation-rules.ts'
import { signerOf } from './signer-rules.ts'

/** Each deputy as last recorded. */
export const deputiesNow = ({ deputies }: Pick<Known, 'deputies'>): readonly DeputyVersion[] =>
  deputies.filter(one => !deputies.some(other => other.id === one.id && other.version > one.version))

/** Who is named to sign is no deputy, or their delegation holds on this day. */
export const namedHolds = (
  loaded: Pick<Known, 'deputies' | 'signers'>,
  party: Party,
  amendmentId: string | null,
  day: string,
): boolean => {
  const deputyId = signerOf(loaded, party, amendmentId)?.deputyId ?? null
  return deputyId === null || deputiesNow(loaded).some(one => one.id === deputyId && holdsOn(one, day))
}

/** How a document names those who may sign in the place of a party's signatory on the day it is composed. */
export const deputiesInWords = (loaded: Pick<Known, 'deputies'>, party: Party, day: string): string[] =>
  deputiesNow(loaded)
    .filter(one => one.party === party && holdsOn(one, day))
    .map(one => `${one.name}, ${one.capacity}, en vertu de : ${one.act}, du ${dayInWords(one.actOn)}`)
    .toSorted()

type Shown = Static<typeof ConventionSchema>['deputies'][number]
export const deputiesReply = (loaded: Pick<Known, 'deputies'>, today: string): Shown[] =>
  deputiesNow(loaded).map(({ recordedAt, ...last }) => ({
    ...last,
    holds: holdsOn(last, today),
    recordedAt: recordedAt.toISOString(),
    former: loaded.deputies
      .filter(one => one.id === last.id && one.version < last.version)
      .map(({ id: _, party: __, accountId: ___, recordedAt: at, ...one }) => ({
        ...one,
        recordedAt: at.toISOString(),
      })),
  }))
