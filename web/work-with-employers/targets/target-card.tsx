import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { IfOpen } from '../../agreement/tools/if-open.tsx'
import { PersonLink } from '../../people-and-rights/directory/person-link.tsx'
import { formatSiret, formatTime } from '../../platform/format.ts'
import { lineActivity, lineName, shortOrganisation, townWords } from '../../platform/names.ts'
import { Button, Facts, Link, Refused, RelativeDay, Skeleton } from '../../ui/index.ts'
import type { Campaign, Target } from '../campaigns/words.ts'
import { BeforeContact } from '../exchanges/before-contact.tsx'
import { beforeContactQuery } from '../exchanges/queries.ts'
import { actionWords } from '../exchanges/words.ts'
import { TargetOrigins } from './target-origins.tsx'
import { TakenBy, TargetState } from './targets-parts.tsx'
import { Acts, type TargetWork } from './targets-work.tsx'

const Correspondents = lazy(() =>
  import('../correspondents/correspondents.tsx').then(m => ({ default: m.Correspondents })),
)
const ExplainedState = lazy(() => import('./states-meaning.tsx').then(m => ({ default: m.ExplainedState })))

/** What one reads of a target before one calls, and what one may do with it. Why its past is closed to one is said once. */
export const TargetCard = ({ campaign, target, work }: { campaign: Campaign; target: Target; work: TargetWork }) => {
  const { establishment, nextAction, lastContact } = target
  const { error, refetch } = useQuery(beforeContactQuery(establishment.siret))
  return (
    <div className="cc-target-card">
      <p className="fr-text--sm fr-mb-1w">
        {[townWords(establishment.town), lineActivity(establishment), establishment.headcount?.label]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <TargetOrigins campaignId={campaign.id} siret={establishment.siret} />
      <Acts target={target} work={work} all />
      {error ? <Refused problem={error} retry={() => void refetch()} /> : <BeforeContact siret={establishment.siret} />}
      <Facts
        items={[
          [
            'État',
            <Suspense key="state" fallback={<TargetState target={target} />}>
              <ExplainedState target={target} />
            </Suspense>,
          ],
          [
            'Qui s’en occupe',
            target.takenBy || target.assignedTo ? (
              <TakenBy key="holder" target={target} campaign={campaign} linked />
            ) : (
              'personne'
            ),
          ],
          nextAction && [
            'Prochaine action',
            <span key="action">
              {actionWords[nextAction.kind]} <RelativeDay date={nextAction.dueOn} />
              {nextAction.dueAt && ` à ${formatTime(nextAction.dueAt)}`}, par <PersonLink person={nextAction.owner} />
            </span>,
          ],
          lastContact && [
            'Dernier contact',
            <span key="contact">
              <RelativeDay date={lastContact.occurredOn} />, {shortOrganisation(lastContact.organisation.name)}
            </span>,
          ],
          ['SIRET', formatSiret(establishment.siret)],
        ]}
      />
      <div className="cc-buttons fr-mb-2w">
        <Link className="fr-link" href={`/etablissements/${establishment.siret}`}>
          Ouvrir la fiche complète
        </Link>
        {everHeld(target) && (
          <Button size="small" priority="tertiary no outline" onClick={() => work.history(target)}>
            Historique<span className="fr-sr-only"> de qui s’en occupe : {lineName(establishment)}</span>
          </Button>
        )}
      </div>
      {!error && (
        <Suspense fallback={<Skeleton lines={2} />}>
          <IfOpen category="interlocuteurs" title="Interlocuteurs" id="interlocuteurs">
            <Correspondents siret={establishment.siret} />
          </IfOpen>
        </Suspense>
      )}
    </div>
  )
}

/** A target that nobody took has no history. */
const everHeld = ({ takenBy, assignedTo, status }: Target) =>
  takenBy !== null || assignedTo !== null || status !== 'a-contacter'
