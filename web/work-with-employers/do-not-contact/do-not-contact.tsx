import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { markOriginLabels } from '../../../contract/work-with-employers/do-not-contact.ts'
import { PersonOf } from '../../people-and-rights/directory/person-link.tsx'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { Button, ButtonRow, Notice } from '../../ui/index.ts'
import { doNotContactQuery, type DoNotContact as Known, type Mark } from './marked.ts'

type Act = Known['allowed'][number]
const ActDialog = lazy(() => import('./act-dialog.tsx').then(m => ({ default: m.ActDialog })))
const words: Record<Act, string> = {
  mark: 'Marquer « ne pas contacter »',
  renew: 'Changer la date de fin',
  lift: 'Lever la marque',
}

/** On the card, before anything else about contacts: whether one may, why not, and what stood before. */
export const DoNotContact = ({ siret, name }: { siret: string; name: string }) => {
  const { data } = useQuery(doNotContactQuery(siret))
  const [act, setAct] = useState<Act | null>(null)
  if (!data || (!data.current && data.past.length === 0 && data.allowed.length === 0)) return null
  const { current, past, allowed } = data
  const buttons = allowed.length > 0 && (
    <ButtonRow>
      {allowed.map(one => (
        <Button key={one} size="small" priority={current ? 'secondary' : 'tertiary'} onClick={() => setAct(one)}>
          {words[one]}
        </Button>
      ))}
    </ButtonRow>
  )
  return (
    <div id="ne-pas-contacter">
      {current ? (
        <Notice tone="warning" title={`Ne pas contacter jusqu’au ${formatDay(current.until)}`}>
          <Said mark={current} />
          {buttons || (
            <p className="fr-text--sm fr-mb-0">
              {current.organisation.name} et les responsables de campagnes de ce territoire peuvent lever cette marque.
            </p>
          )}
        </Notice>
      ) : (
        buttons
      )}
      {past.length > 0 && <Past marks={past} />}
      {act && (
        <Suspense fallback={null}>
          <ActDialog act={act} siret={siret} name={name} current={current} onClose={() => setAct(null)} />
        </Suspense>
      )}
    </div>
  )
}

const Said = ({ mark: { origin, reason, author, organisation, markedAt } }: { mark: Mark }) => (
  <p>
    {markOriginLabels[origin]} : « {reason} ». Noté par <PersonOf person={author} structure={organisation.name} />,{' '}
    {formatInstant(markedAt)}.
  </p>
)

const Past = ({ marks }: { marks: readonly Mark[] }) => (
  <details className="cc-operation">
    <summary>Marques « ne pas contacter » passées ({marks.length})</summary>
    <ul>
      {marks.map(mark => (
        <li key={mark.id}>
          Du {formatDay(mark.startsOn)} au {formatDay(mark.until)}, <Ended mark={mark} /> <Said mark={mark} />
        </li>
      ))}
    </ul>
  </details>
)

const Ended = ({ mark: { ended } }: { mark: Mark }) =>
  ended ? (
    <>
      {ended.how === 'renewed' ? 'remplacée' : 'levée'} par{' '}
      <PersonOf person={ended.by} structure={ended.organisation.name} />, {formatInstant(ended.at)}
      {ended.how === 'renewed' ? '.' : ` : « ${ended.reason} ».`}
    </>
  ) : (
    'arrivée à sa date.'
  )
