import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Badge, Button, Empty, Link, Loaded, Section } from '../../ui/index.ts'
import { periodWords, statusWords } from '../../work-with-employers/campaigns/words.ts'
import { campaignsOfQuery } from '../../work-with-employers/exchanges/queries.ts'
import { TargetHistory } from '../../work-with-employers/sharing/target-history.tsx'

export const Campaigns = ({ siret, name: of }: { siret: string; name: string }) => {
  const query = useQuery(campaignsOfQuery(siret))
  const [history, setHistory] = useState<string | null>(null)
  return (
    <Section title="Campagnes du réseau">
      <Loaded
        query={query}
        lines={2}
        empty={({ items }) =>
          items.length === 0 && (
            <Empty title="Dans aucune de vos campagnes">
              Les campagnes dont votre structure est membre, et dont cet établissement est une cible, apparaissent ici.
            </Empty>
          )
        }
      >
        {({ items }) => (
          <ul className="cc-lines">
            {items.map(({ id, name, status, pilot, startsOn, endsOn }) => (
              <li key={id}>
                <Link href={`/campagnes/${id}`}>{name}</Link>{' '}
                <Badge tone={statusWords[status].tone}>{statusWords[status].word}</Badge>
                <span className="cc-lines__more">
                  {pilot.name}, {periodWords(startsOn, endsOn)}
                </span>
                {status !== 'draft' && (
                  <Button size="small" priority="tertiary no outline" onClick={() => setHistory(id)}>
                    Qui s’en est occupé<span className="fr-sr-only"> dans la campagne {name}</span>
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {history && <TargetHistory campaignId={history} siret={siret} name={of} onClose={() => setHistory(null)} />}
    </Section>
  )
}
