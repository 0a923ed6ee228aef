import { lazy, Suspense, useState } from 'react'
import { PersonOf } from '../../people-and-rights/directory/person-link.tsx'
import { formatInstant } from '../../platform/format.ts'
import { Badge, Button, Link } from '../../ui/index.ts'
import type { Commitment } from './queries.ts'
import { changeWords, datesWords, familyLabels, linkOf } from './words.ts'

const CorrectDialog = lazy(() => import('./correct-dialog.tsx').then(m => ({ default: m.CorrectDialog })))
const EndDialog = lazy(() => import('./end-dialogs.tsx').then(m => ({ default: m.EndDialog })))
const WithdrawDialog = lazy(() => import('./end-dialogs.tsx').then(m => ({ default: m.WithdrawDialog })))

type Act = Commitment['allowed'][number]
const actWords: Record<Act, string> = { correct: 'Corriger', end: 'Terminer', withdraw: 'Noté par erreur' }
const dialogs = { correct: CorrectDialog, end: EndDialog, withdraw: WithdrawDialog }

/** One commitment at a glance: what, since when, what shows it, who noted it; then what may be done. */
export const CommitmentLine = ({ commitment }: { commitment: Commitment }) => {
  const { kind, state, evidence, notedAt, history, allowed } = commitment
  const [act, setAct] = useState<Act | null>(null)
  const Act = act && dialogs[act]
  return (
    <li className="cc-commitment">
      <h3>
        {kind.label} <Badge tone={state === 'current' ? 'success' : 'info'}>{familyLabels[kind.family]}</Badge>
        {state === 'withdrawn' && (
          <>
            {' '}
            <Badge tone="warning">retiré</Badge>
          </>
        )}
      </h3>
      <p>{datesWords(commitment)}</p>
      <p>
        <Evidence text={evidence} />
      </p>
      <p className="cc-commitment__who">
        Noté par <PersonOf person={commitment.author} structure={commitment.organisation.name} />,{' '}
        {formatInstant(notedAt)}.
      </p>
      {history.length > 1 && <History of={commitment} />}
      {allowed.length > 0 && (
        <div className="cc-commitment__acts">
          {allowed.map(one => (
            <Button key={one} size="small" priority="tertiary no outline" onClick={() => setAct(one)}>
              {actWords[one]}
              <span className="fr-sr-only"> : {kind.label}</span>
            </Button>
          ))}
        </div>
      )}
      {Act && (
        <Suspense fallback={null}>
          <Act commitment={commitment} onClose={() => setAct(null)} />
        </Suspense>
      )}
    </li>
  )
}

const Evidence = ({ text }: { text: string }) => {
  const link = linkOf(text)
  if (!link) return <>{text}</>
  return (
    <Link href={link} target="_blank">
      {link.replace(/^https?:\/\//, '')}
      <span className="fr-sr-only"> (ce qui l’atteste, nouvelle fenêtre)</span>
    </Link>
  )
}

const History = ({ of: { history, kind } }: { of: Commitment }) => (
  <details className="cc-commitment__history">
    <summary>
      {history.length} versions<span className="fr-sr-only"> : {kind.label}</span>
    </summary>
    <ul>
      {history.map(version => (
        <li key={version.version}>
          {changeWords[version.change]} par <PersonOf person={version.author} structure={version.organisation.name} />,{' '}
          {formatInstant(version.at)}
          {version.reason && ` : « ${version.reason} »`}.
          {version.change !== 'withdrawn' && (
            <span className="fr-hint-text">
              {version.kindLabel}, {datesWords(version)}. {version.evidence}
            </span>
          )}
        </li>
      ))}
    </ul>
  </details>
)
