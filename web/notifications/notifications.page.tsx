import { listNotifications } from '../../contract/notifications.ts'
import { call } from '../platform/api.ts'
import { useList } from '../platform/list.ts'
import { useAddress } from '../platform/navigation.ts'
import { toast } from '../platform/toast.ts'
import { Button, ButtonRow, Empty, Loaded, Page, Refused, Toggle } from '../ui/index.ts'
import { NotificationList } from './notification-list.tsx'
import { notificationsKey, useMarks } from './queries.ts'

/** All that one was told: read or not, with the page it speaks of. */
export default function NotificationsPage() {
  const [{ non_lues }, set] = useAddress()
  const unread = non_lues === 'oui'
  const { query, more } = useList(
    [...notificationsKey, { unread }],
    (after, signal) => call(listNotifications, { query: { after, ...(unread ? { unread } : {}) }, signal }),
    { fresh: true },
  )
  const { one, all, problem } = useMarks()
  const latest = query.data?.items.find(({ readAt }) => readAt === null)
  return (
    <Page
      title="Mes notifications"
      width="narrow"
      lead="Ce que l’outil vous a dit, par courriel ou non. Une notification s’efface trente jours après sa lecture, et au plus tard quatre-vingt-dix jours après son arrivée."
      actions={
        <ButtonRow>
          <Button priority="secondary" href="/mes-notifications/reglages">
            Choisir comment les recevoir
          </Button>
          {latest && (
            <Button
              priority="secondary"
              busy={all.isPending}
              onClick={() => all.mutate(latest.id, { onSuccess: () => toast('Toutes sont marquées comme lues.') })}
            >
              Tout marquer comme lu
            </Button>
          )}
        </ButtonRow>
      }
    >
      {problem && <Refused problem={problem} />}
      <Toggle
        label="Non lues seulement"
        checked={unread}
        onChange={only => set({ non_lues: only ? 'oui' : undefined })}
      />
      <Loaded
        query={query}
        empty={({ items }) =>
          items.length === 0 && (
            <Empty title={unread ? 'Tout est lu' : 'Aucune notification'}>
              Un besoin proposé à votre structure, un travail que l’on vous confie, une réponse que vous attendez
              paraissent ici.
            </Empty>
          )
        }
      >
        {({ items }) => (
          <>
            <NotificationList items={items} onMark={({ id }, read) => one.mutate({ id, read })} />
            {more && (
              <Button priority="secondary" busy={more.busy} onClick={more.onMore}>
                Afficher la suite
              </Button>
            )}
          </>
        )}
      </Loaded>
    </Page>
  )
}
