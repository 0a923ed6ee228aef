/**
 * A mail each morning when something new matches a saved view, for who asked, read under their own rights.
 * Owns: tables view_watches; acts view.watched, view.unwatched.
 * Uses: campaigns, establishments, exchanges, portfolio, recruitments, saved-views.
 * Reads: campaign_targets, campaigns, establishments, saved_views.
 * Start: `tell-view-news.job.ts`, then ctx.enter_watch; docs/mails-and-documents.md.
 */

import type { Action } from '../../platform/action.ts'
import { listWatchedViews } from './list-watched-views.ts'
import { unwatchView } from './unwatch-view.ts'
import { watchView } from './watch-view.ts'

export const watchedViews: readonly Action[] = [listWatchedViews, watchView, unwatchView]
