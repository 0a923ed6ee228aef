import type { listGrantRequests } from '../../../contract/people-and-rights/grants.ts'
import type { Reply } from '../../../contract/route.ts'

export type GrantRequest = Reply<typeof listGrantRequests>['items'][number]
