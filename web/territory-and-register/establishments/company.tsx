import { lazy, Suspense, useState } from 'react'
import { listSiblings } from '../../../contract/territory-and-register/establishments.ts'
import { call } from '../../platform/api.ts'
import { formatCount, formatDay, formatSiret } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { type Line, notDiffused, townWords } from '../../platform/names.ts'
import { holds, useMe } from '../../platform/session.ts'
import { Badge, Button, Checkbox, Link, Loaded, Section } from '../../ui/index.ts'
import { cautiousWords, useKnownContacts } from '../../work-with-employers/finding/known-contacts.ts'
import { activityWords, type Establishment, headcountWords } from './words.ts'

const HistoryFollowed = lazy(() =>
  import('../../work-with-employers/portfolio/history-followed.tsx').then(m => ({ default: m.HistoryFollowed })),
)

/** Each with its last contact: the shop next door may have been called yesterday. */
const Lines = ({ items }: { items: readonly Line[] }) => {
  const known = useKnownContacts(items.map(({ siret }) => siret))
  const lines = items.map(line => ({ line, contact: known.get(line.siret) }))
  return (
    <ul className="cc-lines">
      {lines.map(({ line, contact }) => (
        <li key={line.siret}>
          <Link href={`/etablissements/${line.siret}`}>
            {line.sign ?? line.name ?? notDiffused}
            {line.town && `, ${townWords(line.town)}`}
          </Link>
          {line.headOffice && (
            <>
              {' '}
              <Badge>siège</Badge>
            </>
          )}
          {!line.active && (
            <>
              {' '}
              <Badge tone="warning">fermé</Badge>
            </>
          )}
          <span className="cc-lines__more">
            {[activityWords(line), headcountWords(line)].filter(Boolean).join(', ')}
          </span>
          {contact && <span className="cc-lines__more">{cautiousWords(contact)}</span>}
        </li>
      ))}
    </ul>
  )
}

/** The first of them come with the card; all of them, page by page, when asked. */
export const Siblings = ({
  establishment: {
    siret,
    siblings: { open, closed, items },
  },
}: {
  establishment: Establishment
}) => {
  const [all, setAll] = useState(false)
  const readsHires = holds(useMe(), 'fiche-recrutement')
  return (
    <Section title="Autres établissements de l’entreprise">
      {open + closed === 0 ? (
        <p className="fr-text--sm fr-mb-0">C’est le seul établissement de cette entreprise au répertoire.</p>
      ) : (
        <>
          <p className="fr-text--sm">
            {formatCount(open, 'ouvert', 'ouverts')}
            {closed > 0 && `, ${formatCount(closed, 'fermé', 'fermés')}`}.
            {readsHires && (
              <>
                {' '}
                <Link href={`/etablissements/${siret}/recrutements/entreprise`}>Recrutements de l’entreprise</Link>
              </>
            )}
          </p>
          {all ? (
            <AllSiblings siret={siret} closed={closed} />
          ) : (
            <>
              <Lines items={items} />
              {open + closed > items.length && (
                <Button size="small" priority="tertiary" onClick={() => setAll(true)}>
                  {open > items.length ? 'Les voir tous' : 'Voir aussi les fermés'}
                </Button>
              )}
            </>
          )}
        </>
      )}
    </Section>
  )
}

const AllSiblings = ({ siret, closed }: { siret: string; closed: number }) => {
  const [withClosed, setWithClosed] = useState(false)
  const { query, more } = useList(['establishments', 'siblings', siret, withClosed], (after, signal) =>
    call(listSiblings, {
      params: { siret },
      query: { closed: withClosed, limit: 25, ...(after ? { after } : {}) },
      signal,
    }),
  )
  return (
    <>
      {closed > 0 && <Checkbox label="Aussi les fermés" checked={withClosed} onChange={setWithClosed} />}
      <Loaded query={query} lines={4}>
        {({ items }) => <Lines items={items} />}
      </Loaded>
      {more && (
        <Button size="small" priority="tertiary" onClick={more.onMore} disabled={more.busy}>
          Afficher la suite
        </Button>
      )}
    </>
  )
}

/** Successions of establishments. Nothing is shown where nothing happened. `reads`: one reads what was recorded here. */
export const Successions = ({
  establishment: { siret, active, predecessors, successors },
  reads,
}: {
  establishment: Establishment
  reads: boolean
}) => {
  if (predecessors.length + successors.length === 0) return null
  const links = (title: string, all: Establishment['predecessors']) =>
    all.length > 0 && (
      <>
        <h3 className="fr-h6 fr-mb-1v">{title}</h3>
        <ul className="cc-lines fr-mb-2w">
          {all.map(({ siret, name, town, known, on, headOfficeTransfer, economicContinuity }) => (
            <li key={`${siret} ${on}`}>
              {known ? (
                <Link href={`/etablissements/${siret}`}>
                  {name ?? notDiffused}
                  {town && `, ${townWords(town)}`}
                </Link>
              ) : (
                <>SIRET {formatSiret(siret)}</>
              )}
              <span className="cc-lines__more">
                {[
                  'SIRENE, ',
                  formatDay(on),
                  headOfficeTransfer && ', transfert du siège',
                  economicContinuity ? ', l’activité continue' : ', sans continuité de l’activité',
                ]
                  .filter(Boolean)
                  .join('')}
              </span>
            </li>
          ))}
        </ul>
      </>
    )
  return (
    <Section title="Avant et après">
      {links('A pris la suite de', predecessors)}
      {links('Remplacé par', successors)}
      {reads && !active && successors.length > 0 && (
        <Suspense>
          <HistoryFollowed siret={siret} />
        </Suspense>
      )}
    </Section>
  )
}
