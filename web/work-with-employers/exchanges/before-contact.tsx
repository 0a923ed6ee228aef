import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import type { Reply } from '../../../contract/route.ts'
import type { getBeforeContact } from '../../../contract/work-with-employers/exchanges.ts'
import { PersonOf } from '../../people-and-rights/directory/person-link.tsx'
import { formatCount, formatDay, formatShortDay } from '../../platform/format.ts'
import { Button, Card, Link, Loaded } from '../../ui/index.ts'
import { CompanyBrief, CompanyRelations } from './company-relations.tsx'
import { contactWords } from './contact-words.tsx'
import { type LastTime, lastTime } from './last-time.ts'
import { beforeContactQuery } from './queries.ts'
import { actionWords, plannedWords } from './words.ts'
import './exchange.css'

type Known = Reply<typeof getBeforeContact>
const SolicitationsLeft = lazy(() => import('../solicitations/left.tsx').then(m => ({ default: m.SolicitationsLeft })))
const Referents = lazy(() => import('../referents/referents.tsx').then(m => ({ default: m.Referents })))
const LeftBrief = lazy(() => import('../solicitations/left.tsx').then(m => ({ default: m.LeftBrief })))

/** Before one calls: who did, when, with what result, and what is planned (EST-7). */
export const BeforeContact = ({ siret }: { siret: string }) => {
  const query = useQuery(beforeContactQuery(siret))
  return (
    <Card title="Avant de contacter" tone="info">
      <Loaded query={query} lines={2}>
        {known => (
          <>
            {known.lastContacts.length === 0 && (
              <p className="fr-mb-0">
                Le réseau n’a encore noté aucun contact avec cet employeur : le vôtre sera le premier que liront les
                autres structures.
              </p>
            )}
            {known.lastContacts.length > 0 && (
              <>
                <p className="fr-mb-1w">
                  {known.contactsThisMonth === 0
                    ? 'Aucun contact du réseau ce mois-ci.'
                    : `Le réseau l’a contacté ${formatCount(known.contactsThisMonth, 'fois', 'fois')} ce mois-ci.`}
                </p>
                <ul className="cc-known">
                  {known.lastContacts.slice(0, 3).map((contact, at) => (
                    <li key={contact.exchangeId ?? at}>
                      {contact.exchangeId ? (
                        <Link href={`/echanges/${contact.exchangeId}`}>{formatDay(contact.occurredOn)}</Link>
                      ) : (
                        formatDay(contact.occurredOn)
                      )}{' '}
                      — {contactWords(contact, true)}
                      {contact.notes && <span className="cc-known__notes">« {contact.notes} »</span>}
                    </li>
                  ))}
                </ul>
                {known.lastContacts.length > 3 && (
                  <p className="fr-mb-1v">
                    <Link href={`/etablissements/${siret}#historique`}>Tous les contacts</Link>
                  </p>
                )}
              </>
            )}
            {known.planned.length > 0 && <Planned known={known} />}
            <Suspense>
              <SolicitationsLeft siret={siret} />
            </Suspense>
            <Suspense>
              <Referents siret={siret} />
            </Suspense>
            <CompanyRelations siret={siret} />
          </>
        )}
      </Loaded>
    </Card>
  )
}

const Planned = ({ known }: { known: Known }) => (
  <>
    <h3 className="fr-text--md fr-mb-1v fr-mt-2w">Prévu</h3>
    <ul className="cc-known">
      {known.planned.map(({ organisation, kind, dueOn, owner }) => (
        <li key={`${owner.id} ${dueOn} ${kind}`}>
          {plannedWords({ kind, dueOn })}, par <PersonOf person={owner} structure={organisation.name} />
        </li>
      ))}
    </ul>
  </>
)

/**
 * The same in two lines, at the top of the panel: it opens from lists too. `onSame`: answers as last time, as long as
 * nothing was answered.
 */
export const BeforeContactBrief = ({
  siret,
  onSame,
}: {
  siret: string
  onSame?: ((last: LastTime) => void) | undefined
}) => {
  const { data } = useQuery(beforeContactQuery(siret))
  if (!data) return null
  const [last] = data.lastContacts
  const [next] = data.planned
  const same = onSame && lastTime(data.lastContacts)
  return (
    <div className="cc-exchange__known">
      <p>
        {last ? (
          <>
            Dernier contact : {formatShortDay(last.occurredOn)}, {contactWords(last)}.
          </>
        ) : (
          'Aucun contact du réseau n’est encore noté.'
        )}
      </p>
      {next && (
        <p>
          Prévu : {actionWords[next.kind].toLowerCase()} le {formatShortDay(next.dueOn)}, par{' '}
          <PersonOf person={next.owner} structure={next.organisation.name} />.
        </p>
      )}
      <Suspense>
        <LeftBrief siret={siret} />
      </Suspense>
      <CompanyBrief siret={siret} />
      {same && (
        <p>
          <Button size="small" priority="tertiary" icon="fr-icon-refresh-line" onClick={() => onSame(same)}>
            Comme la dernière fois : {same.words}
          </Button>
        </p>
      )}
    </div>
  )
}
