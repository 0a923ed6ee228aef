import type { Static } from 'typebox'
import type { declareRgcEvent } from '../../../contract/people-and-rights/rgc.ts'
import type { RefusalCode } from '../../../contract/refusals.ts'
import type { RgcEvent } from './deadlines.ts'

type Declared = Static<typeof declareRgcEvent.body>

/** Each kind has its own dates alone. A known event was known today at the latest. An unforeseen absence has begun. */
export const eventFault = (
  { kind, lastDay, knownOn, absentFrom, backOn, foreseenOn }: Declared,
  today: string,
): RefusalCode | null => {
  const dated =
    kind === 'absence'
      ? absentFrom &&
        !lastDay &&
        !knownOn &&
        (!backOn || backOn > absentFrom) &&
        (foreseenOn ? foreseenOn <= today : absentFrom <= today)
      : lastDay && knownOn && knownOn <= today && !absentFrom && !backOn && !foreseenOn
  return dated ? null : 'rgc/event-dates'
}
/** Of a declaration without fault. */
export const eventOf = ({ kind, lastDay, knownOn, absentFrom, foreseenOn }: Declared): RgcEvent =>
  kind === 'absence'
    ? { kind, absentFrom: absentFrom!, foreseenOn: foreseenOn ?? null }
    : { kind, lastDay: lastDay!, knownOn: knownOn! }
