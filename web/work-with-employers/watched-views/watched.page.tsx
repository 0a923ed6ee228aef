import { useMutation, useQuery } from '@tanstack/react-query'
import type { Reply } from '../../../contract/route.ts'
import {
  type listWatchedViews,
  unwatchView,
  type watchStops,
} from '../../../contract/work-with-employers/saved-views/watched-views.ts'
import { call } from '../../platform/api.ts'
import { formatCount, formatInstant, formatSiret } from '../../platform/format.ts'
import { townWords } from '../../platform/names.ts'
import { toast } from '../../platform/toast.ts'
import { Badge, Button, Card, Empty, Link, Loaded, Page, Refused } from '../../ui/index.ts'
import { EmployerMarks } from '../campaigns/employer-name.tsx'
import { hrefOf, viewsChanged, watchedQuery } from '../saved-views/views.ts'
import './watched.css'

type Watched = Reply<typeof listWatchedViews>['items'][number]
const stopWords: Record<(typeof watchStops)[number], string> = {
  removed: 'Elle a été supprimée.',
  'out-of-reach': 'Vous ne pouvez plus l’ouvrir.',
  'too-many': 'Elle compte plus de 1 000 employeurs : resserrez ses filtres pour la suivre.',
}

/** Where the mail leads: what is new in each view, and the one press that stops the mails. */
export default function WatchedPage() {
  const query = useQuery(watchedQuery)
  const stop = useMutation({
    mutationFn: ({ id }: Watched) => call(unwatchView, { params: { watchId: id } }),
    onSuccess: (_, { name }) => {
      toast(`Plus de courriel pour « ${name} ».`)
      return viewsChanged()
    },
    onError: () => viewsChanged(),
  })
  return (
    <Page
      title="Mes vues suivies"
      width="narrow"
      lead="Un courriel le matin, s’il y a du nouveau : le nom de la vue et un nombre, rien d’autre. Aucun pendant vos absences."
    >
      {stop.error && <Refused problem={stop.error} />}
      <Loaded
        query={query}
        empty={({ items }) =>
          items.length === 0 && (
            <Empty title="Aucune vue suivie">
              Sur les cibles d’une campagne, le portefeuille ou la recherche, « Vues » garde la liste telle qu’elle est
              affichée. « Me prévenir par courriel » y suit une vue.
            </Empty>
          )
        }
      >
        {({ items }) => (
          <ul className="cc-watched">
            {items.map(watched => (
              <li key={watched.id}>
                <WatchedView watched={watched} busy={stop.isPending} onStop={() => stop.mutate(watched)} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Page>
  )
}

const WatchedView = ({ watched, busy, onStop }: { watched: Watched; busy: boolean; onStop: () => void }) => {
  const { name, view, news, readAt, stopped } = watched
  return (
    <Card
      title={name}
      actions={
        <div className="cc-watched__acts">
          {view && !stopped && (
            <Button size="small" priority="secondary" href={hrefOf(view)}>
              Ouvrir<span className="fr-sr-only"> : {name}</span>
            </Button>
          )}
          <Button size="small" priority="tertiary" busy={busy} onClick={onStop}>
            {stopped ? 'Retirer' : 'Ne plus me prévenir'}
            <span className="fr-sr-only"> : {name}</span>
          </Button>
        </div>
      }
    >
      {view?.campaign && <p className="fr-hint-text fr-mb-1w">Cibles de « {view.campaign.name} »</p>}
      {stopped ? (
        <p className="fr-mb-0">
          <Badge tone="warning">Arrêtée</Badge> {stopWords[stopped.because]}
        </p>
      ) : (
        <>
          {news && <News news={news} />}
          <p className="fr-hint-text fr-mb-0">Lue le {formatInstant(readAt)}</p>
        </>
      )}
    </Card>
  )
}

const News = ({ news: { count, at, establishments } }: { news: NonNullable<Watched['news']> }) => (
  <>
    <p className="fr-mb-1v">
      <strong>{formatCount(count, 'employeur')} de plus</strong>, le {formatInstant(at)} :
    </p>
    <ul className="fr-mb-1w">
      {establishments.map(({ siret, name, town, closed }) => (
        <li key={siret}>
          <Link href={`/etablissements/${siret}`}>{name ?? formatSiret(siret)}</Link>
          {town && ` (${townWords(town)})`}
          <EmployerMarks siret={siret} closed={closed} />
        </li>
      ))}
      {count > establishments.length && <li>et {count - establishments.length} autres, dans la vue</li>}
    </ul>
  </>
)
