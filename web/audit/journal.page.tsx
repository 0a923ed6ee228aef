import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { actSentences, getTrailEntry, listTrail, listTrailPeople, trailScopes } from '../../contract/audit.ts'
import type { Reply } from '../../contract/route.ts'
import { call } from '../platform/api.ts'
import { formatInstant } from '../platform/format.ts'
import { useList } from '../platform/list.ts'
import { useAddress } from '../platform/navigation.ts'
import {
  Button,
  DataTable,
  DateField,
  Dialog,
  Empty,
  Facts,
  Link,
  Loaded,
  Page,
  SelectField,
  TagChoice,
} from '../ui/index.ts'
import {
  detailLines,
  emptyWords,
  inCapital,
  kindOptions,
  kindWord,
  nameWord,
  scopeWords,
  sentenceOf,
  subjectLink,
  subjectWords,
} from './words.ts'
import '../territories/territories.css'
import '../campaigns/campaigns.css'

type Entry = Reply<typeof listTrail>['items'][number]

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/
const day = /^\d{4}-\d{2}-\d{2}$/
const noFilter = {
  personne: undefined,
  acte: undefined,
  nature: undefined,
  objet: undefined,
  du: undefined,
  au: undefined,
}
/** What an address of one's own making holds that means nothing is left aside. */
const filterOf = ({ vue, personne, acte, nature, objet, du, au }: Record<string, string | undefined>) => ({
  scope: trailScopes.find(one => one === vue) ?? ('own' as const),
  ...(personne && uuid.test(personne) ? { person: personne } : {}),
  ...(acte && actSentences[acte] ? { action: acte } : {}),
  ...(nature && /^[a-z0-9-]{1,40}$/.test(nature)
    ? { kind: nature, ...(objet && objet.length <= 80 ? { subject: objet } : {}) }
    : {}),
  ...(du && day.test(du) ? { from: du } : {}),
  ...(au && day.test(au) ? { to: au } : {}),
})
const acts = Object.entries(actSentences)
  .map(([value, sentence]) => ({ value, label: inCapital(sentence) }))
  .toSorted((a, b) => a.label.localeCompare(b.label, 'fr'))

export default function JournalPage() {
  const [address, setAddress] = useAddress()
  const { scope, ...filter } = filterOf(address)
  const [open, setOpen] = useState<Entry | null>(null)
  const { query, more } = useList(
    ['trail', scope, filter],
    (after, signal) => call(listTrail, { query: { scope, ...filter, ...(after ? { after } : {}) }, signal }),
    { fresh: true },
  )
  const mine = useQuery({
    queryKey: ['trail', 'scopes'],
    queryFn: ({ signal }) => call(listTrail, { query: { limit: 1 }, signal }),
    staleTime: 60_000,
  })
  const scopes = mine.data?.scopes ?? ['own' as const, 'about-me' as const]
  const filtered = Object.keys(filter).length > 0
  const one = query.data?.items[0]
  return (
    <Page title="Journal" lead="Les actes enregistrés, les derniers d’abord. Rien ne s’y modifie ni ne s’y retire.">
      <section aria-label="Filtres">
        <div className="cc-filters">
          <TagChoice
            label="Vue du journal"
            value={scope}
            onChange={value => setAddress({ ...noFilter, vue: value === 'own' ? undefined : value })}
            options={scopes.map(value => ({ value, label: scopeWords[value] }))}
          />
        </div>
        <div className="cc-filters">
          {scope === 'organisation' && scopes.includes('organisation') && (
            <PersonField
              value={filter.person ?? ''}
              onChange={person => setAddress({ personne: person || undefined })}
            />
          )}
          <SelectField
            name="acte"
            label="Acte"
            required
            placeholder="Tous"
            value={filter.action ?? ''}
            onChange={value => setAddress({ acte: value || undefined })}
            options={acts}
          />
          <SelectField
            name="nature"
            label="Objet"
            required
            placeholder="Tous"
            value={filter.kind ?? ''}
            onChange={value => setAddress({ nature: value || undefined, objet: undefined })}
            options={kindOptions}
          />
          <DateField
            name="du"
            label="Du"
            hint="Premier jour compris"
            required
            value={filter.from ?? ''}
            onChange={value => setAddress({ du: value || undefined })}
          />
          <DateField
            name="au"
            label="Au"
            hint="Dernier jour compris"
            required
            value={filter.to ?? ''}
            onChange={value => setAddress({ au: value || undefined })}
          />
        </div>
        {(filter.subject || (filter.person && scope !== 'organisation')) && (
          <p>
            {[
              filter.person && scope !== 'organisation' && `Seulement ${one?.actor?.name || 'une personne'}`,
              filter.subject && `Seulement un objet (${kindWord(filter.kind!).toLocaleLowerCase('fr')})`,
            ]
              .filter(Boolean)
              .join(' ; ')}
            .{' '}
            <Button
              size="small"
              priority="tertiary no outline"
              onClick={() => setAddress({ personne: undefined, objet: undefined })}
            >
              Lever
            </Button>
          </p>
        )}
        {filtered && (
          <p>
            <Button size="small" priority="secondary" onClick={() => setAddress(noFilter)}>
              Retirer les filtres
            </Button>
          </p>
        )}
      </section>
      <Loaded
        query={query}
        lines={8}
        empty={({ items }) =>
          items.length === 0 &&
          (filtered ? (
            <Empty
              title="Aucun acte ne répond à ces filtres"
              action={
                <Button size="small" priority="secondary" onClick={() => setAddress(noFilter)}>
                  Retirer les filtres
                </Button>
              }
            >
              Élargissez la période ou choisissez un autre acte.
            </Empty>
          ) : (
            <Empty title="Rien dans cette vue">{emptyWords[scope]}</Empty>
          ))
        }
      >
        {({ items }) => (
          <DataTable
            caption={`Journal : ${scopeWords[scope].toLocaleLowerCase('fr')}, les derniers d’abord`}
            hideCaption
            rows={items}
            keyOf={({ id }) => id}
            keys={false}
            columns={[
              {
                head: 'Acte',
                cell: entry => (
                  <span className="cc-two">
                    <strong>{whoOf(entry)}</strong> {sentenceOf(entry.action)}
                    {entry.organisation && scope !== 'own' && scope !== 'organisation' && (
                      <span className="fr-hint-text">{entry.organisation.name}</span>
                    )}
                  </span>
                ),
              },
              {
                head: 'Sur',
                cell: ({ subject }) =>
                  subjectLink(subject) ? (
                    <Link href={subjectLink(subject)!}>{subjectWords(subject)}</Link>
                  ) : (
                    subjectWords(subject)
                  ),
              },
              { head: 'Quand', cell: ({ at }) => formatInstant(at) },
            ]}
            acts={entry => (
              <span className="cc-row-acts">
                <Button size="small" priority="tertiary" onClick={() => setOpen(entry)}>
                  Détail
                  <span className="fr-sr-only">
                    {' '}
                    : {whoOf(entry)} {sentenceOf(entry.action)}, {formatInstant(entry.at)}
                  </span>
                </Button>
                {scope !== 'own' && entry.actor && !filter.person && (
                  <Button
                    size="small"
                    priority="tertiary no outline"
                    onClick={() => setAddress({ personne: entry.actor!.id })}
                  >
                    Ses actes<span className="fr-sr-only"> : {entry.actor.name}</span>
                  </Button>
                )}
                {!filter.subject && (
                  <Button
                    size="small"
                    priority="tertiary no outline"
                    onClick={() => setAddress({ nature: entry.subject.kind, objet: entry.subject.id })}
                  >
                    Cet objet<span className="fr-sr-only"> : {subjectWords(entry.subject)}</span>
                  </Button>
                )}
              </span>
            )}
            {...(more ? { more } : {})}
          />
        )}
      </Loaded>
      {open && <EntryDialog entry={open} onClose={() => setOpen(null)} />}
    </Page>
  )
}
const whoOf = ({ actor }: Entry) =>
  actor ? actor.name || 'Un compte supprimé' : 'Le service, ou une personne inconnue,'

const PersonField = ({ value, onChange }: { value: string; onChange: (id: string) => void }) => {
  const people = useQuery({
    queryKey: ['trail', 'people'],
    queryFn: ({ signal }) => call(listTrailPeople, { signal }),
    staleTime: 300_000,
  })
  return (
    <SelectField
      name="personne"
      label="Personne"
      required
      placeholder="Toutes"
      value={value}
      onChange={onChange}
      options={(people.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
    />
  )
}

const stateWords = {
  shown: '',
  erased: 'Le détail a été effacé, comme le prévoit la protection des données ; l’acte reste vérifiable.',
  withheld: 'Le détail peut contenir des données de travail, que votre rôle n’ouvre pas.',
}

const EntryDialog = ({ entry, onClose }: { entry: Entry; onClose: () => void }) => {
  const query = useQuery({
    queryKey: ['trail', 'entry', entry.id],
    queryFn: ({ signal }) => call(getTrailEntry, { params: { entryId: entry.id }, signal }),
  })
  return (
    <Dialog title={`${whoOf(entry)} ${sentenceOf(entry.action)}`} onClose={onClose}>
      <Loaded query={query} lines={5}>
        {({ detail, detailState, position, origin, requestId, subject, organisation, at }) => (
          <>
            <Facts
              items={[
                ['Quand', formatInstant(at)],
                ['Structure', organisation?.name ?? 'aucune'],
                ['Sur', subjectWords(subject)],
                !subject.name && ['Numéro de l’objet', subject.id],
                ['Depuis', origin ? `l’adresse d’empreinte ${origin}` : 'le service'],
                ['Numéro de la demande', requestId || 'aucun'],
                ['Numéro de l’acte', entry.id],
                [
                  'Scellé',
                  position === null ? 'pas encore : dans quelques secondes' : `oui, à la position ${position}`,
                ],
              ]}
            />
            {detailState !== 'shown' ? (
              <p>{stateWords[detailState]}</p>
            ) : detailLines(detail).length === 0 ? (
              <p>Cet acte n’a pas d’autre détail.</p>
            ) : (
              <DataTable
                caption="Ce qui a été dit"
                keys={false}
                rows={detailLines(detail)}
                keyOf={line => `${line.name}${line.after}`}
                columns={[
                  { head: 'Donnée', cell: ({ name }) => nameWord(name) },
                  ...(detailLines(detail).some(line => line.before !== null)
                    ? [{ head: 'Avant', cell: ({ before }: { before: string | null }) => before ?? '' }]
                    : []),
                  { head: 'Après', cell: ({ after }) => after },
                ]}
              />
            )}
          </>
        )}
      </Loaded>
    </Dialog>
  )
}
