import type { listTemplates } from '../../../contract/agreement/conventions.ts'
import type { Reply } from '../../../contract/route.ts'

export type Kept = Reply<typeof listTemplates>
export const key = ['conventions', 'templates']
