import { formatInstant } from '../../platform/format.ts'
import type { useList } from '../../platform/list.ts'
import { Button, DataTable, Link } from '../../ui/index.ts'
import { type Entry, whoOf } from './entry-dialog.tsx'
import type { Filter, SetAddress } from './journal-parts.ts'
import { type Scope, scopeWords, sentenceOf, subjectInWords, subjectLink } from './words.ts'

export const Entries = ({
  items,
  more,
  scope,
  filter,
  setAddress,
  onOpen,
}: {
  items: readonly Entry[]
  more: ReturnType<typeof useList>['more']
  scope: Scope
  filter: Filter
  setAddress: SetAddress
  onOpen: (entry: Entry) => void
}) => (
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
            <Link href={subjectLink(subject)!}>{subjectInWords(subject)}</Link>
          ) : (
            subjectInWords(subject)
          ),
      },
      { head: 'Quand', cell: ({ at }) => formatInstant(at) },
    ]}
    acts={entry => (
      <span className="cc-row-acts">
        <Button size="small" priority="tertiary" onClick={() => onOpen(entry)}>
          Détail
          <span className="fr-sr-only">
            {' '}
            : {whoOf(entry)} {sentenceOf(entry.action)}, {formatInstant(entry.at)}
          </span>
        </Button>
        {scope !== 'own' && entry.actor && !filter.person && (
          <Button size="small" priority="tertiary no outline" onClick={() => setAddress({ personne: entry.actor!.id })}>
            Ses actes<span className="fr-sr-only"> : {entry.actor.name}</span>
          </Button>
        )}
        {!filter.subject && (
          <Button
            size="small"
            priority="tertiary no outline"
            onClick={() => setAddress({ nature: entry.subject.kind, objet: entry.subject.id })}
          >
            Cet objet<span className="fr-sr-only"> : {subjectInWords(entry.subject)}</span>
          </Button>
        )}
      </span>
    )}
    {...(more ? { more } : {})}
  />
)
