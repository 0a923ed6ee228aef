import { provenBy, type Twin } from './proven-by.ts'

/** Of saved views, of the mails about them, and of calendars. */
export const twinsOfViews: readonly Twin[] = [
  ...provenBy(
    'work-with-employers/saved-views/saved-views.parity.test.ts',
    'work-with-employers/saved-views/saved-views.model.ts',
    { mayReadView: ['saved_views.read'] },
  ),
  ...provenBy(
    'work-with-employers/saved-views/saved-views.parity.test.ts',
    'work-with-employers/saved-views/saved-views.policy.ts',
    { mayChangeView: ['saved_views.change'], mayRemoveView: ['saved_views.remove'] },
  ),
  ...provenBy(
    'work-with-employers/calendar/calendar.parity.test.ts',
    'work-with-employers/calendar/calendar.policy.ts',
    {
      mayMakeFeed: ['ctx.enter_calendar'],
    },
  ),
  ...provenBy(
    'work-with-employers/calendar/calendar.parity.test.ts',
    'work-with-employers/calendar/calendar.model.ts',
    {
      mayReadFeed: ['calendar_feeds.own', 'calendar_feeds.stop'],
    },
  ),
  ...provenBy(
    'work-with-employers/watched-views/watched-views.parity.test.ts',
    'work-with-employers/watched-views/watched-views.policy.ts',
    { mayOpen: ['ctx.enter_watch'] },
  ),
  ...provenBy(
    'work-with-employers/watched-views/watched-views.parity.test.ts',
    'work-with-employers/watched-views/watched-views.model.ts',
    { mayReadWatch: ['view_watches.own', 'view_watches.stop'] },
  ),
]
