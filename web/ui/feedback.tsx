import { Alert as DsfrAlert } from '@codegouvfr/react-dsfr/Alert'
import { Badge as DsfrBadge } from '@codegouvfr/react-dsfr/Badge'
import { type ReactNode, useEffect, useState } from 'react'
import { spoken } from '../platform/announce.ts'
import { type ApiProblem, asProblem } from '../platform/problem.ts'
import { Button } from './button.tsx'
import { Link } from './link.tsx'

/** A sign of so many characters fits on a line of any table, on a telephone too. */
const shortSign = 12

/** Always a word. Red (`error`) is for what is late or refused, nothing else. */
export const Badge = ({
  tone = 'neutral',
  children,
}: {
  tone?: 'neutral' | 'info' | 'success' | 'warning' | 'error' | 'new'
  children: string
}) => (
  <DsfrBadge
    as="span"
    small
    noIcon
    {...(children.length <= shortSign && { className: 'cc-badge--short' })}
    {...(tone === 'neutral' ? {} : { severity: tone })}
  >
    {children}
  </DsfrBadge>
)

/** A message in the page. It is not spoken by itself: use `announce` for what just happened. */
export const Notice = ({
  tone = 'info',
  title,
  children,
}: {
  tone?: 'info' | 'success' | 'warning' | 'error'
  title?: string
  children?: ReactNode
}) =>
  title ? (
    <DsfrAlert severity={tone} title={title} description={children ?? ''} as="h2" className="cc-notice" />
  ) : (
    <DsfrAlert severity={tone} small description={children ?? ''} className="cc-notice" />
  )

/** Mounted once by the shell. Two regions take turns, so that the same sentence said twice is heard twice. */
export const Announcer = () => {
  const { text, turn } = spoken.use()
  return (
    <div className="fr-sr-only">
      <p aria-live="polite" role="status">
        {turn % 2 ? '' : text}
      </p>
      <p aria-live="polite" role="status">
        {turn % 2 ? text : ''}
      </p>
    </div>
  )
}

/** True once `waiting` has lasted 200 ms: below that, a skeleton would only flicker. */
export const useSlow = (waiting: boolean, delay = 200) => {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    if (!waiting) return setSlow(false)
    const timer = setTimeout(() => setSlow(true), delay)
    return () => clearTimeout(timer)
  }, [waiting, delay])
  return slow
}

/** Holds the place of `lines` rows at once, so nothing jumps; is only seen after 200 ms. */
export const Skeleton = ({ lines = 5, label = 'Chargement en cours' }: { lines?: number; label?: string }) => {
  const slow = useSlow(true)
  return (
    <div className="cc-skeleton" data-visible={slow} aria-busy="true">
      {slow && (
        <p className="fr-sr-only" role="status">
          {label}
        </p>
      )}
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines that are all alike
        <span key={line} className="cc-skeleton__line" />
      ))}
    </div>
  )
}

/** What will be here, and the one thing to do first. */
export const Empty = ({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) => (
  <div className="cc-empty">
    <p className="fr-text--bold fr-mb-1v">{title}</p>
    {children && <div className="fr-text--sm fr-mb-0">{children}</div>}
    {action && <div className="fr-mt-2w">{action}</div>}
  </div>
)

const whoHelps = ({ code, status }: ApiProblem): ReactNode => {
  if (code.startsWith('access/'))
    return (
      <>
        Vos droits, et ce qui leur manque, sont dans <Link href="/mes-droits">Mes droits</Link> ; qui gère les comptes
        de votre structure, dans <Link href="/responsables-de-comptes">Responsables de comptes</Link>.
      </>
    )
  if (status === 403)
    return 'Si cela vous paraît être une erreur, adressez-vous au responsable de gestion de comptes (RGC) de votre structure.'
  if (code === 'not-found')
    return 'Vérifiez l’adresse. Si l’on vous a donné ce lien, la page est peut-être réservée à d’autres structures : demandez à la personne qui vous l’a transmis.'
  if (status === 429) return 'Rien n’a été perdu.'
  if (status >= 500) return 'Votre correspondant SI peut aider, avec le numéro de la demande.'
  return undefined
}

/** Why not, and who can help: 401, 403, 404, 409, 500 and the lost network, inside a page. */
export const Refused = ({
  problem: given,
  retry,
  titled = true,
  children,
}: {
  problem: unknown
  retry?: () => void
  /** False where the page's own title says it. */
  titled?: boolean
  children?: ReactNode
}) => {
  const problem = asProblem(given)
  const help = whoHelps(problem)
  const passing = problem.status === 0 || problem.status >= 500 || problem.status === 429
  return (
    <div className="cc-refused">
      <DsfrAlert
        {...(titled ? { as: 'h2' as const, title: problem.title } : { small: true as const })}
        severity={passing ? 'warning' : problem.status === 404 ? 'info' : 'error'}
        description={
          <>
            <p>{problem.detail}</p>
            {help && <p>{help}</p>}
            {problem.code === 'access/conditions-to-accept' && (
              <p>
                <Link href="/conditions">Lire et accepter les conditions</Link>
              </p>
            )}
            {problem.requestId && problem.status >= 500 && (
              <p className="fr-text--sm">
                Numéro de la demande : <code>{problem.requestId}</code>
              </p>
            )}
            {children}
          </>
        }
      />
      {retry && passing && (
        <div className="fr-mt-2w">
          <Button priority="secondary" onClick={retry}>
            Réessayer
          </Button>
        </div>
      )}
    </div>
  )
}

/** A query of TanStack, over one reply or over the pages of a list. */
interface Read<T> {
  readonly data: T | undefined
  readonly isError: boolean
  readonly error: unknown
  readonly refetch: () => unknown
}

/** The four states of what is read: loading, refused, empty, there. */
export const Loaded = <T,>({
  query,
  lines = 5,
  empty,
  children,
}: {
  query: Read<T>
  lines?: number
  empty?: (data: T) => ReactNode | false | undefined
  children: (data: T) => ReactNode
}) => {
  if (query.data !== undefined) return <>{empty?.(query.data) || children(query.data)}</>
  if (query.isError) return <Refused problem={query.error} retry={() => void query.refetch()} />
  return <Skeleton lines={lines} />
}
