/**
 * Lists as they are filtered, named, shared and pinned: what the address of a page says, never a row.
 * Owns: tables saved_views, view_pins; acts view.*.
 * Uses: campaigns.
 * Reads: accounts, campaigns, view_watches.
 * Start: `save-view.ts`, then `saved-views.policy.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { changeView } from './change-view.ts'
import { listSavedViews } from './list-saved-views.ts'
import { pinView } from './pin-view.ts'
import { removeView } from './remove-view.ts'
import { saveView } from './save-view.ts'

export const savedViews: readonly Action[] = [listSavedViews, saveView, changeView, removeView, pinView]
