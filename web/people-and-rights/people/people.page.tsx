import { attachments } from '../../../contract/people-and-rights/accounts.ts'
import { listPeople, watched } from '../../../contract/people-and-rights/people.ts'
import { call } from '../../platform/api.ts'
import { dayOf, formatCount, formatDay } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { useAddress } from '../../platform/navigation.ts'
import { useSearchWords } from '../../platform/search-words.ts'
import { useMe } from '../../platform/session.ts'
import { Badge, Button, DataTable, Empty, Loaded, Page } from '../../ui/index.ts'
import { employerWords, fullName, grantWords, statusWords } from '../accounts/words.ts'
import { PeopleFilters } from './people-filters.tsx'
import { watchedTone, watchedWords } from './words.ts'

const trail = [{ label: 'Habilitations', href: '/habilitations' }]

export default function PeoplePage() {
  const me = useMe()
  const [{ q = '', a = '', etat = '', de = '', tri = '' }, set] = useAddress()
  const [words, setWords] = useSearchWords(q, set)
  const anomaly = watched.find(one => one === a)
  const status = (['active', 'suspended', 'deleted'] as const).find(one => one === etat)
  const attachment = attachments.find(one => one === de)
  const filter = {
    ...(q ? { q } : {}),
    ...(anomaly ? { anomaly } : {}),
    ...(status ? { status } : {}),
    ...(attachment ? { attachment } : {}),
    ...(tri === 'fonction' ? { sort: 'function' as const } : tri === 'activite' ? { sort: 'last-act' as const } : {}),
  }
  const { query, more } = useList(
    ['rights', 'people', filter],
    (after, signal) => call(listPeople, { query: { ...filter, ...(after ? { after } : { total: true }) }, signal }),
    { fresh: true },
  )
  return (
    <Page
      title="Personnes"
      lead="Qui a un compte dans votre structure, ce que chacun peut faire, et ce qui est à regarder."
      breadcrumb={trail}
      {...(me.roles.includes('rgc')
        ? { actions: <Button href="/habilitations/personnes/nouvelle">Créer un compte</Button> }
        : {})}
    >
      <PeopleFilters words={words} setWords={setWords} />
      <Loaded
        query={query}
        lines={8}
        empty={({ items }) =>
          items.length === 0 && (
            <Empty title="Personne ne répond à ces critères">
              Élargissez la recherche, ou créez le compte de la personne qui manque.
            </Empty>
          )
        }
      >
        {({ items, total }) => (
          <DataTable
            caption={total === undefined ? 'Personnes' : formatCount(total, 'personne')}
            rows={items}
            keyOf={({ id }) => id}
            href={({ id }) => `/habilitations/personnes/${id}`}
            columns={[
              { head: 'Nom', cell: fullName },
              {
                head: 'Fonction',
                cell: person => (
                  <span className="cc-two">
                    {person.function || '–'}
                    <span className="fr-hint-text">{employerWords(person)}</span>
                  </span>
                ),
              },
              {
                head: 'Accès',
                cell: ({ grants }) =>
                  grants.length === 0 ? (
                    <span className="cc-absent">aucun</span>
                  ) : (
                    <ul className="cc-plain-list">
                      {grants.slice(0, 3).map(grant => (
                        <li key={grant.id}>
                          {grantWords(grant)}
                          {grant.missing.length > 0 && <span className="fr-hint-text">sans effet</span>}
                        </li>
                      ))}
                      {grants.length > 3 && <li>et {formatCount(grants.length - 3, 'autre')}</li>}
                    </ul>
                  ),
              },
              {
                head: 'Dernière activité',
                cell: ({ lastActAt }) => (lastActAt ? formatDay(dayOf(lastActAt)) : 'jamais'),
              },
              {
                head: 'À regarder',
                cell: ({ anomalies: found, status: state }) => (
                  <>
                    {state !== 'active' && <Badge tone="warning">{statusWords[state]}</Badge>}
                    {found.length > 0 && (
                      <ul className="cc-plain-list">
                        {found.map(one => (
                          <li key={one}>
                            <Badge tone={watchedTone(one)}>{watchedWords[one].short}</Badge>
                          </li>
                        ))}
                      </ul>
                    )}
                  </>
                ),
              },
            ]}
            {...(more ? { more } : {})}
          />
        )}
      </Loaded>
    </Page>
  )
}
