import { channels, nextActionKinds, results, visibilities } from '../../../contract/work-with-employers/exchanges.ts'
import type { DraftContent } from '../../platform/draft-keeper.ts'
import { sameValues, type Values } from './values.ts'

/** The form, the campaign and the action answered that were chosen in it; undefined: the one proposed. */
export interface Entry {
  readonly values: Values
  readonly chosen: string | undefined
  readonly answers: string | undefined
}

/** What is worth keeping: nothing as long as nothing was answered. */
export const contentOf = ({ values, chosen, answers }: Entry, start: Values): DraftContent | null =>
  sameValues(values, start)
    ? null
    : {
        ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')),
        ...(chosen === undefined ? {} : { campaignId: chosen }),
        ...(answers === undefined ? {} : { answersId: answers }),
      }

const oneOf = <T extends string>(known: readonly T[], value: string | undefined): T | '' =>
  known.find(one => one === value) ?? ''

/** A draft may be older than the form: an answer that is no longer proposed is left blank. */
export const entryOf = (content: DraftContent, start: Values): Entry => {
  const { campaignId, answersId, ...said } = content
  const texts = Object.fromEntries(Object.keys(start).map(name => [name, said[name] ?? ''])) as Record<
    keyof Values,
    string
  >
  return {
    values: {
      ...texts,
      channel: oneOf(channels, said['channel']),
      result: oneOf(results, said['result']),
      kind: oneOf(nextActionKinds, said['kind']),
      occurredOn: said['occurredOn'] ?? start.occurredOn,
      visibility: oneOf(visibilities, said['visibility']) || start.visibility,
    },
    chosen: campaignId,
    answers: answersId,
  }
}
