import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import type { Static } from 'typebox'
import { getTerritory } from '../../../contract/territory-and-register/territories.ts'
import { call } from '../../platform/api.ts'
import { formatCount, formatNumber } from '../../platform/format.ts'
import { usePathParams } from '../../platform/navigation.ts'
import { asProblem } from '../../platform/problem.ts'
import { Columns, DataTable, Facts, Link, Loaded, Page, Refused, Section } from '../../ui/index.ts'
import { TaskForceSection } from './task-force.tsx'
import { GroundSection } from './territory-map.tsx'
import { editionName, kindName, territoryName } from './words.ts'
import './territories.css'
import './territory.css'

const BudgetSection = lazy(() =>
  import('../../work-with-employers/solicitations/budget-section.tsx').then(m => ({ default: m.BudgetSection })),
)

type Territory = Static<(typeof getTerritory)['reply']>
const home = [{ label: 'Territoires', href: '/territoires' }]

export default function TerritoryPage() {
  const id = Number(usePathParams<{ territoryId: string }>().territoryId)
  const query = useQuery({
    queryKey: ['territories', id],
    queryFn: ({ signal }) => call(getTerritory, { params: { territoryId: id }, signal }),
    staleTime: 300_000,
  })
  if (query.isError)
    return (
      <Page title={asProblem(query.error).title} breadcrumb={home} width="narrow">
        <Refused problem={query.error} retry={() => void query.refetch()} />
      </Page>
    )
  return (
    <Page
      title={query.data ? territoryName(query.data) : 'Territoire'}
      breadcrumb={home}
      {...(query.data ? { lead: inOneSentence(query.data) } : {})}
    >
      <Loaded query={query} lines={8}>
        {territory => <TerritoryBody territory={territory} />}
      </Loaded>
    </Page>
  )
}

const inOneSentence = ({ alias, communeCount, epcis }: Territory) =>
  `${alias ? `Appelé « ${alias} ». ` : ''}${formatCount(communeCount, 'commune')}${epcis.length ? `, ${formatCount(epcis.length, 'EPCI', 'EPCI')}` : ''}.`

const TerritoryBody = ({ territory }: { territory: Territory }) => (
  <>
    {territory.kind === 'clpe' && <TaskForceSection territoryId={territory.id} />}
    {territory.kind === 'clpe' && (
      <Suspense>
        <BudgetSection territoryId={territory.id} />
      </Suspense>
    )}
    <GroundSection territoryId={territory.id} label={`Carte : ${territoryName(territory)}`} />
    <Columns>
      <Section title="Le territoire">
        <Facts
          items={[
            ['Sorte', kindName(territory.kind)],
            ['Code', territory.code],
            territory.kind === 'clpe' && ['Nom d’usage', territory.alias && `« ${territory.alias} »`],
            territory.edition !== null && ['Découpage', editionName(territory.edition)],
            territory.parents.length > 0 && [
              'Situé dans',
              <ul key="parents" className="fr-raw-list">
                {territory.parents.map(parent => (
                  <li key={parent.id}>
                    <Link href={`/territoires/${parent.id}`}>{territoryName(parent)}</Link>
                  </li>
                ))}
              </ul>,
            ],
          ]}
        />
      </Section>
      {territory.editions.length > 0 && (
        <Section title="Éditions du découpage">
          <p className="fr-text--sm">
            Un même code peut désigner un autre territoire d’une édition à l’autre : ce sont les communes qui font le
            CLPE.
          </p>
          <DataTable
            caption="Éditions du découpage de ce CLPE"
            hideCaption
            keys={false}
            rows={territory.editions}
            keyOf={({ edition }) => edition}
            columns={[
              { head: 'Édition', cell: ({ edition }) => editionName(edition) },
              { head: 'Code', cell: ({ code }) => code },
              { head: 'Nom', cell: ({ name }) => name },
              { head: 'Communes', cell: ({ communeCount }) => formatNumber(communeCount), numeric: true },
            ]}
          />
        </Section>
      )}
    </Columns>
    {territory.communes.length > 0 && <Communes territory={territory} />}
  </>
)

/** Grouped by EPCI: that is how people know them. */
const Communes = ({ territory: { communes, communeCount, epcis } }: { territory: Territory }) => {
  const names = new Map(epcis.map(({ id, name }) => [id as number | null, name]))
  const groups = Map.groupBy(communes, ({ epciId }) => (names.has(epciId) ? epciId : null))
  return (
    <Section title="Communes">
      {communes.length < communeCount && (
        <p className="fr-text--sm">
          Les {formatNumber(communes.length)} premières communes sur {formatNumber(communeCount)}.
        </p>
      )}
      <div className="cc-communes">
        {[...groups]
          .sort(([one], [other]) => (names.get(one) ?? 'zz').localeCompare(names.get(other) ?? 'zz', 'fr'))
          .map(([epciId, inside]) => (
            <details key={epciId ?? 'autres'} open={groups.size === 1}>
              <summary>
                <strong>{names.get(epciId) ?? (epcis.length ? 'Autres communes' : 'Toutes les communes')}</strong> —{' '}
                {formatCount(inside.length, 'commune')}
              </summary>
              {epciId !== null && epcis.length > 1 && (
                <p className="fr-text--sm fr-ml-3w fr-mb-1w">
                  <Link href={`/territoires/${epciId}`}>
                    Page de cet EPCI<span className="fr-sr-only"> : {names.get(epciId)}</span>
                  </Link>
                </p>
              )}
              <ul>
                {inside
                  .toSorted((one, other) => one.name.localeCompare(other.name, 'fr'))
                  .map(({ code, name }) => (
                    <li key={code}>
                      <span className="cc-communes__code">{code}</span>
                      {name}
                    </li>
                  ))}
              </ul>
            </details>
          ))}
      </div>
    </Section>
  )
}
