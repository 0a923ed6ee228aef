import { queryClient } from '../../platform/query.ts'

/** A write shows in the lists, in the counts and on the person's page. */
export const rightsChanged = () => queryClient.invalidateQueries({ queryKey: ['rights'] })
