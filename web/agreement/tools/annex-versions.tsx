import { useQuery } from '@tanstack/react-query'
import { listAnnex4 } from '../../../contract/agreement/tools.ts'
import { call } from '../../platform/api.ts'
import { toolWords } from '../../platform/words.ts'
import { Badge, Empty, Facts, Loaded, Section } from '../../ui/index.ts'
import { datesOf, stateWords } from '../texts/words.ts'

export const AnnexVersions = () => {
  const versions = useQuery({ queryKey: ['tools', 'annex'], queryFn: ({ signal }) => call(listAnnex4, { signal }) })
  return (
    <Section title="Versions de l’annexe 4" id="annexe-4">
      <p>
        L’opérateur modifie seul cette annexe. Un outil qui en sort perd ses habilitations à l’instant où la version
        prend effet.
      </p>
      <Loaded
        query={versions}
        lines={3}
        empty={({ items }) =>
          items.length === 0 && (
            <Empty title="Aucune version n’est publiée">
              Les trois outils sont ouverts ; leur descriptif paraîtra avec la première version.
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
                  <Facts
                    items={item.entries.map(entry => [
                      toolWords[entry.tool],
                      `${entry.purpose} Données : ${entry.dataCategories.join(', ').toLowerCase()}. ${entry.commitments}`,
                    ])}
                  />
                </details>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  )
}
