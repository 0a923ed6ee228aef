import { switchable } from '../../contract/deliveries.ts'
import type { Viewer } from '../platform/viewer.ts'

/** Each their own. The SQL twins are the policies notifications.own, notifications.mark and notification_choices.own. */
export const mayReadNotification = ({ accountId }: Viewer, notification: { readonly accountId: string }): boolean =>
  notification.accountId === accountId

/** For oneself, of a kind that nothing imposes. The SQL twins are notification_choices.choose and notification_choices.change. */
export const mayChoose = (
  { accountId }: Viewer,
  choice: { readonly accountId: string; readonly kind: string },
): boolean => choice.accountId === accountId && Object.hasOwn(switchable, choice.kind)
