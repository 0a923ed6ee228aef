import type { Reply } from '../../../contract/route.ts'
import type { getBulkWork } from '../../../contract/work-with-employers/bulk-works.ts'
import { resultLabels } from '../../../contract/work-with-employers/exchanges.ts'
import { formatInstant } from '../../platform/format.ts'
import { Badge, Facts, Notice, ProgressBar, Section } from '../../ui/index.ts'
import { EmployerName } from '../campaigns/employer-name.tsx'
import {
  becauseWords,
  doneWords,
  formatSubjects,
  isRunning,
  leftWords,
  moveWords,
  progressOf,
  stateWords,
} from './words.ts'

type Told = Reply<typeof getBulkWork>

/** How far it is, then what it did and what it left. */
export const WorkReport = ({ work }: { work: Told }) => {
  const { value, max, figures } = progressOf(work)
  const { word, tone } = stateWords[work.state]
  const state = <Badge tone={tone}>{word}</Badge>
  const moved = moveWords(work)
  const undone = work.state === 'undoing' || work.state === 'undone'
  return (
    <>
      <ProgressBar
        label={isRunning(work) ? 'Avancement' : work.campaign ? 'Cibles examinées' : 'Actions examinées'}
        value={value}
        max={max}
        figures={figures}
      />
      {isRunning(work) && (
        <p className="fr-text--sm fr-mt-1w">
          Vous pouvez quitter cette page : le travail continue, et se retrouve dans « Mes travaux longs ».
        </p>
      )}
      {work.stoppedFor && (
        <Notice tone="warning" title="Le travail s’est arrêté">
          <p>{work.stoppedFor}</p>
          <p>Ce qui était fait reste fait ; le reste n’a pas changé.</p>
        </Notice>
      )}
      <Section title="Compte rendu">
        <Facts
          items={[
            ['État', state],
            ['Demandé', formatInstant(work.askedAt)],
            work.endedAt !== null && ['Fini', formatInstant(work.endedAt)],
            work.reason !== null && ['Motif', work.reason],
            moved !== false && ['Déplacement', moved],
            work.result !== null && ['Résultat', resultLabels[work.result]],
            work.handedTo !== null && ['Confié à', work.handedTo.name],
            ['Fait', doneWords(work.act, work.counts.done + work.counts.undone + work.counts.kept)],
            undone && [
              'Annulé',
              `${formatSubjects(work.act, work.counts.undone)} ${work.counts.undone < 2 ? 'revenue' : 'revenues'}`,
            ],
          ]}
        />
      </Section>
      {work.left.length > 0 && <LeftOut work={work} />}
    </>
  )
}

const LeftOut = ({ work: { act, counts, left, leftItems } }: { work: Told }) => (
  <Section title="Laissées comme elles sont">
    <ul>
      {left.map(({ because, count }) => (
        <li key={because}>{leftWords(act, because, count)}.</li>
      ))}
    </ul>
    <details className="fr-mb-2w">
      <summary>Voir lesquelles</summary>
      <ul>
        {leftItems.map(({ establishment, because }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an employer has several actions, and the list never moves
          <li key={at}>
            <EmployerName line={establishment} /> : {becauseWords[because]}
          </li>
        ))}
      </ul>
      {counts.left + counts.kept > leftItems.length && <p>Les {leftItems.length} premières sont listées.</p>}
    </details>
  </Section>
)
