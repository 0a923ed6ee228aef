import { formatInstant } from '../platform/format.ts'
import { Badge, Button, Link } from '../ui/index.ts'
import type { Notification } from './queries.ts'
import './notifications.css'

interface Acts {
  readonly onMark: (notification: Notification, read: boolean) => void
  /** Its page was opened. */
  readonly onFollow?: () => void
}
/** What one was told, the latest first. Following one, or opening its words, reads it. */
export const NotificationList = ({ items, ...acts }: Acts & { items: readonly Notification[] }) => (
  <ul className="cc-notifications">
    {items.map(item => (
      <li key={item.id} className="cc-notifications__one">
        <One notification={item} {...acts} />
      </li>
    ))}
  </ul>
)

const One = ({ notification, onMark, onFollow }: Acts & { notification: Notification }) => {
  const { subject, text, at, readAt, path, closed } = notification
  const unread = readAt === null
  const read = () => unread && onMark(notification, true)
  return (
    <>
      <div className="cc-notifications__what">
        <p className="fr-mb-0">
          {unread && (
            <>
              <Badge tone="new">Non lue</Badge>{' '}
            </>
          )}
          {path ? (
            <Link
              href={path}
              onClick={() => {
                read()
                onFollow?.()
              }}
            >
              {subject}
            </Link>
          ) : (
            <strong>{subject}</strong>
          )}
        </p>
        <p className="fr-hint-text fr-mb-0">
          {formatInstant(at)}
          {closed && '. Ce dont elle parle ne vous est plus ouvert.'}
        </p>
        {text && (
          <details onToggle={event => event.currentTarget.open && read()}>
            <summary>
              Lire<span className="fr-sr-only"> : {subject}</span>
            </summary>
            <p className="cc-notifications__text fr-mb-0">{text}</p>
          </details>
        )}
      </div>
      <Button size="small" priority="tertiary no outline" onClick={() => onMark(notification, unread)}>
        {unread ? 'Marquer comme lue' : 'Marquer comme non lue'}
        <span className="fr-sr-only"> : {subject}</span>
      </Button>
    </>
  )
}
