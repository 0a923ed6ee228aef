import type { Profile, Tool } from '../../../contract/route.ts'
import type { Verdict } from '../../platform/action.ts'
import { holds, type Viewer } from '../../platform/viewer.ts'
import type { ViewedList } from '../saved-views/view-rules.ts'

const needs: Record<ViewedList, readonly [Tool, Profile]> = {
  targets: ['campagnes', 'consultation'],
  portfolio: ['campagnes', 'conseiller'],
  search: ['fiche-etablissement', 'consultation'],
}

/** Who opens the page of a list may be written to about a view of it. The SQL twin is ctx.enter_watch. */
export const mayOpen = (viewer: Viewer, list: ViewedList): Verdict => holds(viewer, ...needs[list]) || 'access/no-grant'
