import { confirmBulkWork } from '../../../contract/work-with-employers/bulk-works.ts'
import { call } from '../../platform/api.ts'
import { formatCount } from '../../platform/format.ts'
import { useGo } from '../../platform/navigation.ts'
import { Button, Form, Section, toast } from '../../ui/index.ts'
import { SpentInNumber } from '../solicitations/spent-in-number.tsx'
import { workChanged } from './queries.ts'
import {
  actWords,
  type BulkActKind,
  type Counted,
  doneWords,
  formatSubjects,
  isOnActions,
  leftWords,
  submitWords,
} from './words.ts'

/** What would change and what would not, before anything does; then the act itself. */
export const CountedResult = ({
  act,
  counted: { id, chosen, planned, beyondBudget, left },
  onRedo,
  onStarted,
}: {
  act: BulkActKind
  counted: Counted
  onRedo: () => void
  onStarted?: (() => void) | undefined
}) => {
  const go = useGo()
  return (
    <Section title="Ce qui changerait">
      <p>
        <strong>
          {planned
            ? `${formatSubjects(act, planned)} ${planned < 2 ? 'serait' : 'seraient'} ${planned < 2 ? actWords[act].one : actWords[act].many}`
            : `Aucune ${isOnActions(act) ? 'action' : 'cible'} ne changerait`}
        </strong>
        , sur {formatCount(chosen, 'choisie')}. Rien n’est encore fait.
      </p>
      {left.length > 0 && (
        <ul>
          {left.map(({ because, count }) => (
            <li key={because}>{leftWords(act, because, count)}.</li>
          ))}
        </ul>
      )}
      {act === 'put-back' && planned > 0 && (
        <p className="fr-text--sm">
          Celles qu’une autre campagne tient, ou que le réseau a contactées récemment, resteront de côté : vous les
          remettrez une par une.
        </p>
      )}
      {act === 'close' && planned > 0 && (
        <p className="fr-text--sm">
          Elles restent dans la campagne et à qui s’en occupe. Un besoin ou un rendez-vous noté plus tard les rouvre.
        </p>
      )}
      {act === 'release' && planned > 0 && (
        <p className="fr-text--sm">
          Chacun pourra les prendre. Les échanges et leur historique restent ; si d’autres les avaient prises, ils en
          sont prévenus.
        </p>
      )}
      {planned > 0 && (
        <Form
          draft={{ name: 'bulk-work', about: id }}
          submit={submitWords(act, planned)}
          busyWords="En cours…"
          onSubmit={async ({ beyondBudget: why }, { idempotencyKey }) => {
            const body = why?.trim() ? { beyondBudget: why.trim() } : {}
            const work = await call(confirmBulkWork, {
              params: { workId: id },
              body,
              idempotencyKey,
              timeoutMs: 120_000,
            })
            onStarted?.()
            void workChanged(work)
            toast(work.state === 'done' ? `${doneWords(act, work.counts.done)}.` : 'Le travail est lancé.')
            go(`/mes-travaux/${id}`)
          }}
          explain={problem =>
            problem.code === 'bulk-work/stale' ? (
              <>
                <p>{problem.detail}</p>
                <Button size="small" priority="secondary" onClick={onRedo}>
                  Compter de nouveau
                </Button>
              </>
            ) : undefined
          }
        >
          <SpentInNumber count={beyondBudget} subject={isOnActions(act) ? 'action' : 'cible'} />
        </Form>
      )}
    </Section>
  )
}
