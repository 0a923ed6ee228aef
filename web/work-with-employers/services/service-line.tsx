import { lazy, Suspense, useState } from 'react'
import { PersonOf } from '../../people-and-rights/directory/person-link.tsx'
import { formatInstant, formatSiret } from '../../platform/format.ts'
import { Badge, Button } from '../../ui/index.ts'
import type { Service } from './queries.ts'
import { changeWords, daysWords, kindWords, resultTones, resultWords } from './words.ts'

const CorrectDialog = lazy(() => import('./service-dialogs.tsx').then(m => ({ default: m.CorrectDialog })))
const WithdrawDialog = lazy(() => import('./service-dialogs.tsx').then(m => ({ default: m.WithdrawDialog })))

type Act = Service['allowed'][number]
const actWords: Record<Act, string> = { correct: 'Corriger', withdraw: 'Noté par erreur' }
const dialogs = { correct: CorrectDialog, withdraw: WithdrawDialog }

/** One service at a glance: which, when, with what result, who says so; then what may be done. */
export const ServiceItem = ({ service, acts }: { service: Service; acts: boolean }) => {
  const { kind, result, words, withdrawnAt, history, allowed } = service
  const [act, setAct] = useState<Act | null>(null)
  const Act = act && dialogs[act]
  return (
    <li className={withdrawnAt ? 'cc-service cc-service--withdrawn' : 'cc-service'}>
      <h3>
        {kindWords[kind]} <Badge tone={resultTones[result]}>{resultWords[result]}</Badge>
        {withdrawnAt && (
          <>
            {' '}
            <Badge tone="warning">retiré</Badge>
          </>
        )}
      </h3>
      <p>
        {daysWords(service)}
        {words && ` : ${words}`}
      </p>
      <p className="cc-service__who">
        <Who of={service} />
      </p>
      {history.length > 1 && <Versions of={service} />}
      {acts && allowed.length > 0 && (
        <div className="cc-service__acts">
          {allowed.map(one => (
            <Button key={one} size="small" priority="tertiary no outline" onClick={() => setAct(one)}>
              {actWords[one]}
              <span className="fr-sr-only">
                {' '}
                : {kindWords[kind]}, {daysWords(service)}
              </span>
            </Button>
          ))}
        </div>
      )}
      {Act && (
        <Suspense fallback={null}>
          <Act service={service} onClose={() => setAct(null)} />
        </Suspense>
      )}
    </li>
  )
}

const Who = ({ of: { organisation, author, recordedAt } }: { of: Service }) =>
  organisation ? (
    <>
      Saisi par <PersonOf person={author} structure={organisation.name} />, {formatInstant(recordedAt)}.
    </>
  ) : (
    <>Fichier de l’opérateur, {formatInstant(recordedAt)}.</>
  )

const Versions = ({ of: { history, kind, siret } }: { of: Service }) => (
  <details className="cc-service__history">
    <summary>
      {history.length} versions<span className="fr-sr-only"> : {kindWords[kind]}</span>
    </summary>
    <ul>
      {history.map(version => (
        <li key={version.version}>
          {changeWords[version.change]}
          {version.organisation && (
            <>
              {' '}
              par <PersonOf person={version.author} structure={version.organisation.name} />
            </>
          )}
          , {formatInstant(version.at)}
          {version.reason && ` : « ${version.reason} »`}.
          {version.change !== 'withdrawn' && (
            <span className="fr-hint-text">
              {kindWords[version.kind]}, {daysWords(version)}, {resultWords[version.result].toLowerCase()}
              {version.siret !== siret && `, sous le SIRET ${formatSiret(version.siret)}`}. {version.words}
            </span>
          )}
        </li>
      ))}
    </ul>
  </details>
)
