import { dayOf, formatDay } from '../../platform/format.ts'
import type { Correction } from './words.ts'

const dayWords = { signedOn: 'signature', receivedOn: 'réception' } as const
const names = ['signedOn', 'receivedOn'] as const
const dayOrNone = (day: string | undefined) => (day ? formatDay(day) : 'sans date')

/** The days of a paper that were mistaken, and why; the last first. */
export const Corrections = ({ corrections }: { corrections: readonly Correction[] }) =>
  corrections.map(({ before, after, reason, at }) => (
    <p key={at} className="fr-mb-1v fr-text--sm">
      Corrigé le {formatDay(dayOf(at))} :{' '}
      {names
        .filter(name => after[name])
        .map(name => `${dayWords[name]}, ${dayOrNone(before[name])} devient ${dayOrNone(after[name])}`)
        .join(' ; ')}
      . « {reason} »
    </p>
  ))
