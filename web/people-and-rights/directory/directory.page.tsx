import { listDirectory } from '../../../contract/people-and-rights/directory.ts'
import { tools } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { useList } from '../../platform/list.ts'
import { useAddress } from '../../platform/navigation.ts'
import { useSearchWords } from '../../platform/search-words.ts'
import { Badge, Button, DataTable, Empty, Loaded, Page } from '../../ui/index.ts'
import { DirectoryFilters } from './directory-filters.tsx'
import { awayWords, type Collaborator, collaboratorName, heldByPlace } from './words.ts'

/** Who works employers in the network; the card of each says how to reach them. */
export default function DirectoryPage() {
  const [{ q = '', structure = '', outil = '', territoire = '' }, set] = useAddress()
  const [words, setWords] = useSearchWords(q, set)
  const tool = tools.find(one => one === outil)
  const filter = {
    ...(q ? { q } : {}),
    ...(/^[0-9a-f-]{36}$/.test(structure) ? { organisation: structure } : {}),
    ...(tool ? { tool } : {}),
    ...(/^\d{1,9}$/.test(territoire) ? { territory: Number(territoire) } : {}),
  }
  const { query, more } = useList(['directory', filter], (after, signal) =>
    call(listDirectory, { query: { ...filter, ...(after ? { after } : {}) }, signal }),
  )
  const organisation = query.data?.items.find(one => one.organisation.id === structure)?.organisation.name
  return (
    <Page
      title="Annuaire"
      lead="Qui travaille avec les employeurs, dans chaque structure du réseau. Ouvrez une fiche pour appeler ou écrire."
      breadcrumb={[]}
      actions={
        <Button size="small" priority="secondary" href="/annuaire/moi">
          Tenir ma fiche
        </Button>
      }
    >
      <DirectoryFilters words={words} setWords={setWords} organisation={organisation} />
      <Loaded
        query={query}
        lines={8}
        empty={({ items }) =>
          items.length === 0 && (
            <Empty title="Personne ne répond à ces critères">
              L’annuaire a les personnes qui tiennent une habilitation en vigueur. Retirez un critère, ou cherchez par
              une partie du nom.
            </Empty>
          )
        }
      >
        {({ items }) => <People items={items} more={more} />}
      </Loaded>
    </Page>
  )
}

const People = ({ items, more }: { items: readonly Collaborator[]; more: ReturnType<typeof useList>['more'] }) => (
  <DataTable
    caption="Collaborateurs"
    hideCaption
    rows={items}
    keyOf={({ id }) => id}
    href={({ id }) => `/annuaire/${id}`}
    columns={[
      { head: 'Nom', cell: collaboratorName },
      {
        head: 'Fonction',
        cell: one => (
          <span className="cc-two">
            {one.function || '–'}
            {one.awayUntil && <Badge tone="warning">{awayWords(one.awayUntil)}</Badge>}
          </span>
        ),
      },
      {
        head: 'Structure',
        cell: ({ organisation, agency }) => (
          <span className="cc-two">
            {organisation.name}
            {agency && <span className="fr-hint-text">{agency.name}</span>}
          </span>
        ),
      },
      {
        head: 'Territoires et outils',
        cell: one => (
          <ul className="cc-plain-list">
            {heldByPlace(one).map(({ place, tools: held }) => (
              <li key={place}>
                {place}
                <span className="fr-hint-text">{held}</span>
              </li>
            ))}
          </ul>
        ),
      },
    ]}
    {...(more ? { more } : {})}
  />
)
