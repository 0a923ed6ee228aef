import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { actSentences, listTrail } from '../../contract/audit.ts'
import { call } from '../platform/api.ts'
import { formatInstant } from '../platform/format.ts'
import { useList } from '../platform/list.ts'
import { useAddress } from '../platform/navigation.ts'
import { Button, DataTable, DateField, Empty, Link, Loaded, Page, SelectField, TagChoice } from '../ui/index.ts'
import { type Entry, EntryDialog, whoOf } from './entry-dialog.tsx'
import { filterOf, noFilter } from './journal-filter.ts'
import { PersonField } from './person-field.tsx'
import {
  emptyWords,
  inCapital,
  kindOptions,
  kindWord,
  scopeWords,
  sentenceOf,
  subjectLink,
  subjectWords,
} from './words.ts'
import '../territories/territories.css'
import '../campaigns/campaigns.css'

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
