import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Reply } from '../../../contract/route.ts'
import { targetStatuses } from '../../../contract/work-with-employers/campaigns.ts'
import { countTargets } from '../../../contract/work-with-employers/targets.ts'
import { call } from '../../platform/api.ts'
import { formatNumber } from '../../platform/format.ts'
import { shortOrganisation } from '../../platform/names.ts'
import { Button, Checkbox, SelectField, TextField } from '../../ui/index.ts'
import { withinKey } from '../campaigns/queries.ts'
import { targetStatusWords } from '../campaigns/words.ts'
import { type TargetFilter, useTargetFilter } from './targets-filter.ts'

export const useTargetCounts = (campaignId: string, filter: TargetFilter) =>
  useQuery({
    queryKey: withinKey(campaignId, 'counts', filter),
    queryFn: ({ signal }) => call(countTargets, { params: { campaignId }, query: filter, signal }),
    placeholderData: keepPreviousData,
    refetchOnMount: 'always',
  })
type Counts = Reply<typeof countTargets>
export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const counted = (label: string, count: number | undefined) =>
  count === undefined ? label : `${label} (${formatNumber(count)})`

/** Each choice says how many targets it would leave, the other filters kept. */
export const TargetFilters = ({ campaignId }: { campaignId: string }) => {
  const {
    filter,
    filtered,
    address: { q = '' },
    setAddress,
    clear,
  } = useTargetFilter()
  const { status: _status, ...withoutStatus } = filter
  const { organisation: _organisation, free: _free, ...withoutOrganisation } = filter
  const { territory: _territory, commune: _commune, ...withoutZone } = filter
  const { activity: _activity, ...withoutActivity } = filter
  const statuses = useTargetCounts(campaignId, withoutStatus).data?.statuses
  const organisations = useTargetCounts(campaignId, withoutOrganisation).data?.organisations ?? []
  const zones = useTargetCounts(campaignId, withoutZone).data?.zones ?? []
  const activities = useTargetCounts(campaignId, withoutActivity).data?.activities ?? []
  const [wanted, setWanted] = useState(false)
  const open = wanted || !!(filter.organisation || filter.free || filter.territory || filter.commune || filter.activity)
  return (
    <search aria-label="Filtrer les cibles">
      <div className="cc-filters cc-target-filters">
        <Words q={q} set={words => setAddress({ q: words })} />
        <SelectField
          name="statut"
          label="État"
          required
          placeholder="Tous"
          value={filter.status ?? ''}
          onChange={value => setAddress({ statut: value })}
          options={targetStatuses.map(one => ({
            value: one,
            label: counted(
              capital(targetStatusWords[one].word),
              statuses && (statuses.find(({ status }) => status === one)?.count ?? 0),
            ),
          }))}
        />
        <Checkbox
          label="Les miennes"
          checked={!!filter.mine}
          onChange={on => setAddress({ miennes: on ? '1' : undefined })}
        />
        <Button
          priority="tertiary no outline"
          expanded={open}
          icon={open ? 'fr-icon-arrow-up-s-line' : 'fr-icon-arrow-down-s-line'}
          iconPosition="right"
          onClick={() => {
            setWanted(!open)
            if (open) setAddress({ structure: undefined, zone: undefined, commune: undefined, activite: undefined })
          }}
        >
          {open ? 'Moins de filtres' : 'Plus de filtres'}
        </Button>
        {filtered && (
          <Button priority="tertiary" onClick={clear}>
            Effacer les filtres
          </Button>
        )}
      </div>
      {open && <MoreFilters organisations={organisations} zones={zones} activities={activities} />}
    </search>
  )
}

/** Filters by holder, zone and activity of the targets. */
const MoreFilters = ({ organisations, zones, activities }: Pick<Counts, 'organisations' | 'zones' | 'activities'>) => {
  const {
    filter,
    address: { structure, zone, commune, activite },
    setAddress,
  } = useTargetFilter()
  const zoneOrCommune = filter.territory ? `zone:${zone}` : filter.commune ? `commune:${commune}` : ''
  return (
    <div className="cc-filters cc-target-filters">
      <SelectField
        name="structure"
        label="Structure qui s’en occupe"
        required
        placeholder="Toutes"
        value={filter.free ? 'personne' : (filter.organisation ?? '')}
        onChange={value => setAddress({ structure: value })}
        options={kept(
          structure,
          organisations.map(({ organisation, count }) => ({
            value: organisation?.id ?? 'personne',
            label: counted(organisation ? shortOrganisation(organisation.name) : 'Aucune', count),
          })),
        )}
      />
      <SelectField
        name="zone"
        label="Zone"
        required
        placeholder="Toutes"
        value={zoneOrCommune}
        onChange={value => {
          const [kind, code] = value.split(':')
          setAddress({ zone: kind === 'zone' ? code : undefined, commune: kind === 'commune' ? code : undefined })
        }}
        options={kept(
          zoneOrCommune,
          zones.flatMap(({ zone: one, name, count }) =>
            one === null
              ? []
              : [{ value: `${typeof one === 'number' ? 'zone' : 'commune'}:${one}`, label: counted(name, count) }],
          ),
        )}
      />
      <SelectField
        name="activite"
        label="Activité"
        required
        placeholder="Toutes"
        value={filter.activity ?? ''}
        onChange={value => setAddress({ activite: value })}
        options={kept(
          activite,
          activities.flatMap(({ code, label, count }) =>
            code === null ? [] : [{ value: code, label: counted(label, count) }],
          ),
        )}
      />
    </div>
  )
}
/** A choice stays in the list, even when nothing is left of it. */
const kept = (chosen: string | undefined, options: readonly { value: string; label: string }[]) =>
  !chosen || options.some(({ value }) => value === chosen)
    ? options
    : [...options, { value: chosen, label: chosen === 'personne' ? 'Aucune (0)' : 'Celle de l’adresse (0)' }]

const Words = ({ q, set }: { q: string; set: (words: string) => void }) => {
  const [words, setWords] = useState(q)
  useEffect(() => setWords(q), [q])
  useEffect(() => {
    const timer = setTimeout(() => words.trim() !== q && set(words.trim()), 300)
    return () => clearTimeout(timer)
  }, [words, q, set])
  return (
    <TextField
      name="q"
      label="Nom, commune ou SIRET"
      type="search"
      required
      value={words}
      onChange={setWords}
      maxLength={80}
    />
  )
}
