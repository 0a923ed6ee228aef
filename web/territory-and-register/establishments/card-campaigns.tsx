import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { toStructure } from '../../../contract/names-in-french.ts'
import { PersonLink } from '../../people-and-rights/directory/person-link.tsx'
import { formatCount, formatDay } from '../../platform/format.ts'
import { shortOrganisation } from '../../platform/names.ts'
import { Badge, Button, Empty, Link, Loaded, Section } from '../../ui/index.ts'
import { closedWords, periodWords, statusWords, targetStatusWords } from '../../work-with-employers/campaigns/words.ts'
import { type TargetAt, targetsAtQuery } from '../../work-with-employers/exchanges/queries.ts'
import { TargetHistory } from '../../work-with-employers/sharing/target-history.tsx'

/** Who has it in hand: a person, their structure, nobody. */
const Holder = ({ target: { takenBy, assignedTo } }: { target: TargetAt['target'] }) => {
  if (takenBy)
    return (
      <>
        <PersonLink person={takenBy} />
        {assignedTo && ` (${shortOrganisation(assignedTo.name)})`} s’en occupe
      </>
    )
  return assignedTo ? `Confiée ${toStructure(assignedTo.name)}, sans conseiller encore` : 'Personne ne s’en occupe'
}
const contactWords = ({ contactCount, lastContact }: TargetAt['target']) =>
  lastContact
    ? `${formatCount(contactCount, 'contact')}, le dernier le ${formatDay(lastContact.occurredOn)} (${shortOrganisation(lastContact.organisation.name)})`
    : 'pas encore de contact'

/** What a campaign makes of it: where it stands, who has it, when it was last met. */
const State = ({ target }: { target: TargetAt['target'] }) => (
  <span className="cc-lines__more">
    Cible <Badge tone={targetStatusWords[target.status].tone}>{targetStatusWords[target.status].word}</Badge>{' '}
    {target.setAsideReason ? (
      `« ${target.setAsideReason} »`
    ) : (
      <>
        {target.closedResult ? closedWords(target.closedResult) : <Holder target={target} />}, {contactWords(target)}
      </>
    )}
    .
  </span>
)

export const Campaigns = ({ siret, name: of }: { siret: string; name: string }) => {
  const query = useQuery(targetsAtQuery(siret))
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
        {({ items, more }) => (
          <>
            <ul className="cc-lines">
              {items.map(({ campaign: { id, name, status, pilot, startsOn, endsOn }, target }) => (
                <li key={id}>
                  <Link href={`/campagnes/${id}`}>{name}</Link>{' '}
                  <Badge tone={statusWords[status].tone}>{statusWords[status].word}</Badge>
                  <span className="cc-lines__more">
                    {pilot.name}, {periodWords(startsOn, endsOn)}
                  </span>
                  {status !== 'draft' && (
                    <>
                      <State target={target} />
                      <Button size="small" priority="tertiary no outline" onClick={() => setHistory(id)}>
                        Qui s’en est occupé<span className="fr-sr-only"> dans la campagne {name}</span>
                      </Button>
                    </>
                  )}
                </li>
              ))}
            </ul>
            {more && <p className="fr-text--sm">Les 50 dernières campagnes sont ici.</p>}
          </>
        )}
      </Loaded>
      {history && <TargetHistory campaignId={history} siret={siret} name={of} onClose={() => setHistory(null)} />}
    </Section>
  )
}
