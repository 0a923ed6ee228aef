import { queryClient } from '../../platform/query.ts'

/** What one writes shows in the lists, in the counts and on the person's page. */
export const rightsChanged = () => queryClient.invalidateQueries({ queryKey: ['rights'] })
