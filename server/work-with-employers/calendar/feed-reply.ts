import type { FeedRow } from './calendar.queries.ts'

export const feedReply = ({ madeAt, readOn }: Pick<FeedRow, 'madeAt' | 'readOn'>) => ({
  madeAt: madeAt.toISOString(),
  lastReadOn: readOn,
})
