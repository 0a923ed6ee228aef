import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { cancelAnnex4, listAnnex4 } from '../../../contract/agreement/tools.ts'
import { categoriesOf } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { formatCount } from '../../platform/format.ts'
import { dataCategoryWords, toolWords } from '../../platform/words.ts'
import { Badge, Button, Empty, Facts, Loaded, Section } from '../../ui/index.ts'
import { CancelVersion } from '../texts/cancel-version.tsx'
import { datesOf, stateWords } from '../texts/words.ts'
import { effectsOf } from './words.ts'

export const AnnexVersions = () => {
  const versions = useQuery({ queryKey: ['tools', 'annex'], queryFn: ({ signal }) => call(listAnnex4, { signal }) })
  const [cancelling, setCancelling] = useState<{ id: string; number: number; inForce: boolean }>()
  return (
    <Section title="Versions de l’annexe 4" id="annexe-4">
      <p>
        L’opérateur modifie seul cette annexe. Un outil qui en sort perd ses habilitations à l’instant où la version
        prend effet. La dernière version s’annule jusqu’à un jour après.
      </p>
      <Loaded
        query={versions}
        lines={3}
        empty={({ items }) =>
          items.length === 0 && (
            <Empty title="Aucune version n’est publiée">
              Aucun outil n’est ouvert : la première version ouvrira ceux qu’elle liste.
            </Empty>
          )
        }
      >
        {({ items }) => (
          <ul className="cc-plain-list">
            {items.map(item => (
              <li key={item.id}>
                <details>
                  <summary className="cc-summary">
                    Version {item.number}, {datesOf(item)}{' '}
                    <Badge tone={item.state === 'in-force' ? 'success' : item.state === 'to-come' ? 'info' : 'neutral'}>
                      {stateWords[item.state]}
                    </Badge>
                  </summary>
                  <p className="fr-mb-1w">{item.note}</p>
                  {item.cancelled && <p className="fr-mb-1w">Motif de l’annulation : {item.cancelled.reason}</p>}
                  <Facts
                    items={item.entries.map(entry => [
                      toolWords[entry.tool],
                      `${entry.purpose} Données : ${entry.dataCategories.join(', ').toLowerCase()}. ${
                        categoriesOf[entry.tool].length > 0
                          ? `Catégories ouvertes : ${entry.categories.map(c => dataCategoryWords[c].toLowerCase()).join(', ') || 'aucune'}. `
                          : ''
                      }${entry.commitments}`,
                    ])}
                  />
                  {item.allowed.includes('cancel') && (
                    <Button
                      priority="secondary"
                      onClick={() =>
                        setCancelling({ id: item.id, number: item.number, inForce: item.state === 'in-force' })
                      }
                    >
                      Annuler la version {item.number}
                    </Button>
                  )}
                </details>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {cancelling && (
        <CancelVersion
          about={cancelling.id}
          title={`Annuler la version ${cancelling.number} de l’annexe 4`}
          cancel={async (reason, idempotencyKey) => {
            const { grantsRestored, grantsEnded, partners } = await call(cancelAnnex4, {
              params: { versionId: cancelling.id },
              body: { reason },
              idempotencyKey,
            })
            return [
              `La version ${cancelling.number} est annulée.`,
              grantsRestored > 0 &&
                `${formatCount(grantsRestored, 'habilitation revient', 'habilitations reviennent')}.`,
              ...effectsOf({ grantsEnded, partners }),
            ]
              .filter(Boolean)
              .join(' ')
          }}
          onClose={() => setCancelling(undefined)}
        >
          <p>
            {cancelling.inForce
              ? 'Les outils qu’elle retirait sont rouverts, avec les habilitations que ce retrait avait closes. Ceux qu’elle ouvrait se ferment.'
              : 'Elle n’a pas pris effet : rien ne change pour les outils.'}{' '}
            Chaque structure sous convention reçoit un courriel.
          </p>
        </CancelVersion>
      )}
    </Section>
  )
}
