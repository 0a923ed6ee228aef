import { queryClient } from '../../platform/query.ts'
import { type Told, tellReader } from '../../ui/index.ts'
import { disagreementsQuery } from '../conventions/queries.ts'
import type { Disagreements } from './words.ts'

export const keepDisagreements = (done: string, { told, ...all }: Disagreements & { told: Told }) => {
  queryClient.setQueryData(disagreementsQuery(all.convention.id).queryKey, all)
  tellReader(done, told)
}
