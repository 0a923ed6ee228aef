import { dayOf, formatDay } from '../../platform/format.ts'
import { Badge, Button, DataTable, Empty, Section } from '../../ui/index.ts'
import { type Deed, stateWords } from './words.ts'

export const ReceivedDeeds = ({
  deeds,
  certifiedIds,
  onRead,
}: {
  deeds: readonly Deed[]
  certifiedIds: ReadonlySet<string>
  onRead: (deed: Deed) => void
}) => (
  <Section title="Actes reçus">
    {deeds.length === 0 ? (
      <Empty title="Aucun acte reçu">
        Un acte paraît ici dès que le signataire et les personnes désignées l’ont signé.
      </Empty>
    ) : (
      <DataTable
        caption="Actes reçus, le plus récent d’abord"
        hideCaption
        rows={deeds}
        keyOf={({ id }) => id}
        columns={[
          { head: 'Structure', cell: ({ organisation }) => organisation.name },
          {
            head: 'Personnes désignées',
            cell: ({ members }) => (
              <ul className="cc-plain-list">
                {members.map(({ person }) => (
                  <li key={person.id}>
                    {person.name}{' '}
                    {certifiedIds.has(person.id) ? (
                      <Badge tone="success">attestation</Badge>
                    ) : (
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
            cell: ({ state }) => <Badge tone={stateWords[state].tone}>{stateWords[state].word}</Badge>,
          },
        ]}
        acts={deed => (
          <Button size="small" priority="tertiary" onClick={() => onRead(deed)}>
            Ouvrir<span className="fr-sr-only"> l’acte de {deed.organisation.name}</span>
          </Button>
        )}
      />
    )}
  </Section>
)
