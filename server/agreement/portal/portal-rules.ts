import type { Tool } from '../../../contract/route.ts'
import type { Viewer } from '../../platform/viewer.ts'

/** Tools of which one holds a grant, in effect or short of something; not one that annex 4 no longer has. */
export const heldTools = (viewer: Pick<Viewer, 'grants' | 'withheld'>): Tool[] => [
  ...new Set([
    ...viewer.grants.map(g => g.tool),
    ...viewer.withheld.filter(w => !w.missing.includes('annex-4')).map(w => w.tool),
  ]),
]
