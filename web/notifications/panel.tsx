import { useQuery } from '@tanstack/react-query'
import { listNotifications } from '../../contract/notifications.ts'
import { call } from '../platform/api.ts'
import { useGo } from '../platform/navigation.ts'
import { Button, ButtonRow, Dialog, Loaded, Refused } from '../ui/index.ts'
import { NotificationList } from './notification-list.tsx'
import { notificationsKey, useMarks } from './queries.ts'

const shown = 8

/** Opened by the bell: what is not read yet, the latest first. */
export const NotificationsPanel = ({ onClose }: { onClose: () => void }) => {
  const query = useQuery({
    queryKey: [...notificationsKey, 'panel'],
    queryFn: ({ signal }) => call(listNotifications, { query: { unread: true, limit: shown }, signal }),
    refetchOnMount: 'always',
  })
  const { one, all, problem } = useMarks()
  const go = useGo()
  const latest = query.data?.items[0]
  return (
    <Dialog title="Notifications" shape="side" onClose={onClose}>
      {problem && <Refused problem={problem} />}
      <Loaded query={query} lines={4} empty={({ items }) => items.length === 0 && <p>Tout est lu.</p>}>
        {({ items, next }) => (
          <>
            <NotificationList items={items} onMark={({ id }, read) => one.mutate({ id, read })} onFollow={onClose} />
            {next && <p className="fr-hint-text">D’autres, plus anciennes, sont sur la page.</p>}
          </>
        )}
      </Loaded>
      <ButtonRow>
        <Button
          onClick={() => {
            onClose()
            go('/mes-notifications')
          }}
        >
          Toutes mes notifications
        </Button>
        {latest && (
          <Button priority="secondary" busy={all.isPending} onClick={() => all.mutate(latest.id)}>
            Tout marquer comme lu
          </Button>
        )}
      </ButtonRow>
    </Dialog>
  )
}
