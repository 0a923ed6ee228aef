import './habilitations.css'
import { attachments, listPeople, watched } from '../../contract/habilitations.ts'
import { call } from '../platform/api.ts'
import { dayOf, formatCount, formatDay } from '../platform/format.ts'
import { useList } from '../platform/list.ts'
import { useAddress } from '../platform/navigation.ts'
import { useSearchWords } from '../platform/search-words.ts'
import { useMe } from '../platform/session.ts'
import { Badge, Button, DataTable, Empty, Loaded, Page, SelectField, TextField } from '../ui/index.ts'
import {
  attachmentWords,
  employerWords,
  fullName,
  grantWords,
  statusWords,
  watchedTone,
  watchedWords,
} from './words.ts'

const trail = [{ label: 'Habilitations', href: '/habilitations' }]
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

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
    ['habilitations', 'people', filter],
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
      <search className="cc-habilitations-filters" aria-label="Filtrer les personnes">
        <TextField
          name="q"
          label="Nom ou fonction"
          type="search"
          required
          value={words}
          onChange={setWords}
          maxLength={80}
        />
        <SelectField
          name="a"
          label="À regarder"
          required
          placeholder="Tout le monde"
          value={a}
          onChange={value => set({ a: value })}
          options={watched.map(value => ({ value, label: capital(watchedWords[value].short) }))}
        />
        <SelectField
          name="de"
          label="Rattachement"
          required
          placeholder="Tous"
          value={de}
          onChange={value => set({ de: value })}
          options={attachments.map(value => ({ value, label: capital(attachmentWords[value]) }))}
        />
        <SelectField
          name="etat"
          label="Compte"
          required
          placeholder="Ouverts"
          value={etat}
          onChange={value => set({ etat: value })}
          options={[
            { value: 'active', label: 'Actifs' },
            { value: 'suspended', label: 'Suspendus' },
            { value: 'deleted', label: 'Supprimés' },
          ]}
        />
        <SelectField
          name="tri"
          label="Trier par"
          required
          placeholder="Nom"
          value={tri}
          onChange={value => set({ tri: value })}
          options={[
            { value: 'fonction', label: 'Fonction' },
            { value: 'activite', label: 'Activité la plus ancienne' },
          ]}
        />
      </search>
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
                      {grants.slice(0, 3).map(g => (
                        <li key={g.id}>
                          {grantWords(g)}
                          {g.missing.length > 0 && <span className="fr-hint-text">sans effet</span>}
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
