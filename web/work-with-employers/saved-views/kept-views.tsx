import { useMutation, useQuery } from '@tanstack/react-query'
import { unwatchView, watchView } from '../../../contract/work-with-employers/saved-views/watched-views.ts'
import { changeView, pinView, removeView } from '../../../contract/work-with-employers/saved-views.ts'
import { call } from '../../platform/api.ts'
import { useAddress } from '../../platform/navigation.ts'
import { toast } from '../../platform/toast.ts'
import { Button, Link, Loaded, Refused } from '../../ui/index.ts'
import { hrefOf, keptOf, sharingWords, type View, type ViewedList, viewsChanged, viewsQuery } from './views.ts'
import './saved-views.css'

type Act = 'pin' | 'unpin' | 'watch' | 'unwatch' | 'replace' | 'remove'
const done: Record<Act, (name: string) => string> = {
  pin: name => `« ${name} » est dans votre menu.`,
  unpin: name => `« ${name} » n’est plus dans votre menu.`,
  watch: name => `Un courriel vous dira, le matin, ce qui est nouveau dans « ${name} ».`,
  unwatch: name => `Plus de courriel pour « ${name} ».`,
  replace: name => `« ${name} » a les filtres affichés.`,
  remove: name => `« ${name} » est supprimée.`,
}

/** The views of a list that one may open, each with what one may do with it. */
export const KeptViews = ({
  list,
  campaignId,
  onClose,
}: {
  list: ViewedList
  campaignId: string | undefined
  onClose: () => void
}) => {
  const [address] = useAddress()
  const query = useQuery(viewsQuery(list, campaignId))
  const act = useMutation({
    mutationFn: ({ view, what }: { view: View; what: Act }) => {
      const params = { viewId: view.id }
      const sends: Record<Act, () => Promise<unknown>> = {
        pin: () => call(pinView, { params, body: { pinned: true } }),
        unpin: () => call(pinView, { params, body: { pinned: false } }),
        watch: () => call(watchView, { params }),
        unwatch: () => call(unwatchView, { params: { watchId: view.watchId! } }),
        remove: () => call(removeView, { params }),
        replace: () =>
          call(changeView, {
            params,
            body: { name: view.name, address: keptOf(address), sharedWith: view.sharedWith },
            ifMatch: view.version,
          }),
      }
      return sends[what]()
    },
    onSuccess: (_, { view, what }) => {
      toast(done[what](view.name))
      return viewsChanged()
    },
    onError: () => viewsChanged(),
  })
  return (
    <>
      {act.error && <Refused problem={act.error} />}
      <Loaded query={query} lines={2} empty={({ items }) => items.length === 0 && <p>Aucune vue pour l’instant.</p>}>
        {({ items }) => (
          <ul className="cc-views">
            {items.map(view => (
              <KeptView
                key={view.id}
                view={view}
                busy={act.isPending}
                onAct={what => act.mutate({ view, what })}
                onClose={onClose}
              />
            ))}
          </ul>
        )}
      </Loaded>
      {query.data?.items.some(({ watchId }) => watchId) && (
        <p>
          <Link className="fr-btn fr-btn--sm fr-btn--tertiary" href="/mes-vues" onClick={onClose}>
            Mes vues suivies
          </Link>
        </p>
      )}
    </>
  )
}

const KeptView = ({
  view,
  busy,
  onAct,
  onClose,
}: {
  view: View
  busy: boolean
  onAct: (what: Act) => void
  onClose: () => void
}) => {
  const act = (what: Act, label: string) => (
    <Button size="small" priority="tertiary no outline" busy={busy} onClick={() => onAct(what)}>
      {label}
      <span className="fr-sr-only"> : {view.name}</span>
    </Button>
  )
  return (
    <li>
      <span>
        <Link href={hrefOf(view)} onClick={onClose}>
          {view.name}
        </Link>
        <span className="fr-hint-text">
          {view.own ? sharingWords[view.sharedWith] : `De ${view.owner?.name ?? 'quelqu’un du réseau'}`}
        </span>
      </span>
      <span className="cc-views__acts">
        {view.pinned ? act('unpin', 'Retirer du menu') : act('pin', 'Épingler')}
        {view.watchId ? act('unwatch', 'Ne plus me prévenir') : act('watch', 'Me prévenir par courriel')}
        {view.allowed.includes('change') && act('replace', 'Remplacer par la liste affichée')}
        {view.allowed.includes('remove') && act('remove', 'Supprimer')}
      </span>
    </li>
  )
}
