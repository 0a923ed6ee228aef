import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getIndicators, getReachedEmployers, type indicatorCodes } from '../../../contract/oversight/indicators.ts'
import type { Reply } from '../../../contract/route.ts'
import { getTerritory, listOrganisations } from '../../../contract/territory-and-register/territories.ts'
import { listCampaigns } from '../../../contract/work-with-employers/campaigns.ts'
import { call } from '../../platform/api.ts'
import { today } from '../../platform/format.ts'
import { useAddress } from '../../platform/navigation.ts'
import { useMe } from '../../platform/session.ts'
import { OrganisationField } from '../../territory-and-register/territories/organisation-field.tsx'
import { TerritoryField } from '../../territory-and-register/territories/territory-field.tsx'
import { organisationChoice, territoryChoice } from '../../territory-and-register/territories/words.ts'
import { DateField, SelectField, TagChoice } from '../../ui/index.ts'
import { periodNames, periodOf, periods } from './period.ts'

export type Code = (typeof indicatorCodes)[number]
export type Indicator = Reply<typeof getIndicators>['items'][number]

const known = ['periode', 'du', 'au', 'structure', 'territoire', 'campagne'] as const
const uuid = /^[0-9a-f-]{36}$/

/**
 * The filters as the address has them, and as the API asks for them. An address written by hand that means nothing is
 * passed over.
 */
export const useFilters = () => {
  const [address, setAddress] = useAddress()
  const period = periodOf(address, today())
  const { structure, territoire, campagne } = address
  const query = {
    from: period.from,
    to: period.to,
    ...(structure && uuid.test(structure) ? { organisation: structure } : {}),
    ...(territoire && /^\d{1,10}$/.test(territoire) ? { territory: Number(territoire) } : {}),
    ...(campagne && uuid.test(campagne) ? { campaign: campagne } : {}),
  }
  /** The same filters on another page. */
  const carried = (more: Record<string, string> = {}) => {
    const text = new URLSearchParams({
      ...Object.fromEntries(known.flatMap(name => (address[name] ? [[name, address[name]]] : []))),
      ...more,
    }).toString()
    return text && `?${text}`
  }
  return { address, setAddress, period, query, carried }
}

export const useIndicators = (query: ReturnType<typeof useFilters>['query']) =>
  useQuery({
    queryKey: ['indicators', 'figures', query],
    queryFn: ({ signal }) => call(getIndicators, { query, signal }),
    placeholderData: keepPreviousData,
    refetchOnMount: 'always',
  })

/** The figure of establishments by nature and size of the employer. */
export const useReachedEmployers = (query: ReturnType<typeof useFilters>['query'], enabled: boolean) =>
  useQuery({
    queryKey: ['indicators', 'employers', query],
    queryFn: ({ signal }) => call(getReachedEmployers, { query, signal }),
    placeholderData: keepPreviousData,
    enabled,
  })

export const IndicatorFilters = ({
  filters: { setAddress, period, query },
}: {
  filters: ReturnType<typeof useFilters>
}) => {
  const me = useMe()
  const territories = [...new Map(me.rights.map(({ territory }) => [territory.id, territory])).values()]
  const territory = useQuery({
    queryKey: ['territories', query.territory],
    queryFn: ({ signal }) => call(getTerritory, { params: { territoryId: query.territory! }, signal }),
    enabled: query.territory !== undefined,
    staleTime: 300_000,
  })
  const organisations = useQuery({
    queryKey: ['choices', 'organisations', 'all'],
    queryFn: ({ signal }) => call(listOrganisations, { query: { limit: 200 }, signal }),
    enabled: query.organisation !== undefined,
    staleTime: 300_000,
  })
  const campaigns = useQuery({
    queryKey: ['campaigns', 'list', 'names'],
    queryFn: ({ signal }) => call(listCampaigns, { query: { limit: 200 }, signal }),
    staleTime: 60_000,
  })
  const organisation = organisations.data?.items.find(({ id }) => id === query.organisation)
  return (
    <section aria-label="Filtres" className="cc-indicator-filters">
      <div className="cc-filters">
        <TagChoice
          label="Période"
          value={period.name}
          options={periods.map(value => ({ value, label: periodNames[value] }))}
          onChange={name =>
            setAddress({
              periode: name,
              ...(name === 'libre' ? { du: period.from, au: period.to } : { du: undefined, au: undefined }),
            })
          }
        />
      </div>
      {period.name === 'libre' && (
        <div className="cc-filters">
          <DateField
            name="du"
            label="Du"
            hint="Premier jour compris"
            required
            value={period.from}
            onChange={value => value && setAddress({ du: value })}
          />
          <DateField
            name="au"
            label="Au"
            hint="Dernier jour compris"
            required
            value={period.to}
            onChange={value => value && setAddress({ au: value })}
          />
        </div>
      )}
      <div className="cc-filters">
        <OrganisationField
          name="structure"
          label="Structure"
          placeholder="Toutes"
          value={
            query.organisation
              ? organisationChoice(
                  organisation ?? { id: query.organisation, name: organisations.isSuccess ? 'Structure choisie' : '' },
                )
              : null
          }
          onChange={choice => setAddress({ structure: choice?.value })}
        />
        <TerritoryField
          name="territoire"
          label="Territoire"
          placeholder="Tout mon périmètre"
          likely={territories}
          value={
            query.territory === undefined
              ? null
              : territory.data
                ? territoryChoice(territory.data)
                : { value: String(query.territory), label: '' }
          }
          onChange={choice => setAddress({ territoire: choice?.value })}
        />
        <SelectField
          name="campagne"
          label="Campagne"
          placeholder="Toutes"
          value={query.campaign ?? ''}
          onChange={value => setAddress({ campagne: value })}
          options={campaigns.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        />
      </div>
    </section>
  )
}
