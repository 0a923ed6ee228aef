import type { ReactNode } from 'react'
import { ofStructure } from '../../../contract/names-in-french.ts'
import { dayOf, formatDay } from '../../platform/format.ts'
import { Badge, Button, DataTable, Empty, Section } from '../../ui/index.ts'
import { PersonLink } from '../directory/person-link.tsx'
import { type Deed, deedSentence, stateWords } from './words.ts'

export const ReceivedDeeds = ({
  title,
  deeds,
  uncertifiedIds,
  onRead,
  sought = '',
  children,
}: {
  title: string
  deeds: readonly Deed[]
  uncertifiedIds: ReadonlySet<string>
  onRead: (deed: Deed) => void
  sought?: string
  children?: ReactNode
}) => (
  <Section title={title}>
    {children}
    {deeds.length === 0 ? (
      <Empty title={sought ? 'Aucun acte d’une structure de ce nom' : 'Aucun acte reçu'}>
        {sought
          ? 'Vérifiez l’orthographe, ou tapez un seul mot du nom.'
          : 'Un acte paraît ici dès que le signataire et les personnes désignées l’ont signé.'}
      </Empty>
    ) : (
      <DataTable
        caption={title}
        hideCaption
        rows={deeds}
        keyOf={({ id }) => id}
        columns={[
          { head: 'Structure', cell: ({ organisation }) => organisation.name },
          {
            head: 'Personnes désignées',
            cell: ({ members, state }) => (
              <ul className="cc-plain-list">
                {members.map(({ person, refused }) => (
                  <li key={person.id}>
                    <PersonLink person={person} /> {refused && <Badge tone="error">refusée</Badge>}{' '}
                    {state === 'en-vigueur' && uncertifiedIds.has(person.id) && (
                      <Badge tone="warning">sans attestation</Badge>
                    )}
                  </li>
                ))}
              </ul>
            ),
          },
          { head: 'Reçu le', cell: ({ sentAt }) => formatDay(dayOf(sentAt!)) },
          {
            head: 'État',
            cell: deed => (
              <span className="cc-two">
                <span>
                  <Badge tone={stateWords[deed.state].tone}>{stateWords[deed.state].word}</Badge>
                </span>
                {deed.state === 'en-attente' && <span className="fr-hint-text">{deedSentence(deed)}</span>}
                {deed.changes.length > 0 && <span className="fr-hint-text">Un nouvel acte est à proposer</span>}
              </span>
            ),
          },
        ]}
        acts={deed => (
          <Button size="small" priority="tertiary" onClick={() => onRead(deed)}>
            Ouvrir<span className="fr-sr-only"> l’acte {ofStructure(deed.organisation.name)}</span>
          </Button>
        )}
      />
    )}
  </Section>
)
