import type { Verdict } from '../../platform/action.ts'
import { holds, type Viewer } from '../../platform/viewer.ts'

/** Who has next actions of their own. Asked again at each reading. The SQL twin is ctx.enter_calendar. */
export const mayMakeFeed = (viewer: Viewer): Verdict => holds(viewer, 'campagnes', 'conseiller') || 'access/no-grant'
